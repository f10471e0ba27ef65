"""An appeal as whoever appeals sees it: what the decision is, by when and how, what becomes of it; and that it was sent."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.appeals import forms
from licensing.appeals.actions import appeals as actions
from licensing.appeals.actions import appellant
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.rules import appeals as rules
from licensing.appeals.states import AppealStatus
from licensing.applications.queries import applications, holders
from licensing.decisions.models.decisions import Decision
from licensing.duties.queries.duties import duties_below
from registry import permissions, web
from registry.documents.models import Document
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.schemes import said


@web.page_with_form("licensing.apply")
def own_appeal(request: web.SignedIn, reference: str) -> HttpResponse:
    decision, today = _own_decision(request, reference), timezone.localdate()
    form = forms.HasAppealed(web.typed(request), initial={"sent_on": today})
    tried = web.attempt(request, form, actions.tell, decision, done=_("You have told us that you appeal."))
    if tried.is_done:
        return redirect("own_appeal", reference)
    who_may = permissions.act_blockers(request.user, decision.organisation, Act.REPLY, on=today)
    scheme = applications.scheme_of(decision.subject)
    address = reverse("own_appeal", args=[reference])
    duties, pending = duties_below(address, organisation=decision.organisation, by=request.user, today=today)
    facts = {
        "decision": decision,
        "subject": decision.subject,
        "appeals": [(one, appeal_queries.meanwhile(one)) for one in appeal_queries.appeals_of(decision)],
        "listed": decision.appeals.filter(status=AppealStatus.LISTED).exclude(hearing_on=None).first(),
        "duties": duties,
        "pending": pending,
        "can_tell": not list(rules.tell_blockers(decision, sent_on=None, today=today)),
        "form": form,
        "blockers": list(who_may),
        **_secretariat(decision, request.user.language),
        "how": said(scheme.appeal.how, request.user.language),
        "letters": holders.letters_about(decision.subject.reference, organisation=decision.organisation),
    }
    return web.form_page(request, "licensing/appeals/holder_appeal.html", facts)


@web.page_with_form("licensing.apply")
def submit_to_tribunal(request: web.SignedIn, reference: str) -> HttpResponse:
    """Where statements and representations for the hearing go, and that they have gone there."""
    decision, today = _own_decision(request, reference), timezone.localdate()
    appeal = get_object_or_404(decision.appeals.filter(status=AppealStatus.LISTED).exclude(hearing_on=None))
    form = forms.SubmitToTribunal(
        web.posted(request), request.FILES if request.method == "POST" else None, initial={"sent_on": today}
    )
    tried = web.attempt(
        request,
        form,
        appellant.submit,
        appeal,
        done=_("We have written down what you sent to the tribunal."),
        typed=lambda: {
            "kind": form.cleaned_data["kind"],
            "sent_on": form.cleaned_data["sent_on"],
            "uploads": form.uploads,
        },
    )
    if tried.is_done:
        return redirect("own_appeal", reference)
    facts = {
        "decision": decision,
        "appeal": appeal,
        "submissions": appeal_queries.submissions_of(appeal),
        "documents": Document.objects.about(appeal.reference).there(),
        "form": form,
        **_secretariat(decision, request.user.language),
        "blockers": [
            *permissions.act_blockers(request.user, decision.organisation, Act.REPLY, on=today),
            *rules.submit_blockers(appeal, today=today),
        ],
    }
    return web.form_page(request, "licensing/appeals/holder_submit.html", facts)


@web.page("licensing.apply")
def own_appeal_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    references = _own_decision(request, reference).appeals.values_list("reference", flat=True)
    return web.serve(get_object_or_404(Document.objects.about(*references).served(), reference=document))


def _own_decision(request: web.SignedIn, reference: str) -> Decision:
    mine = Decision.objects.about(Organisation.objects.acted_for_by(request.user)).exclude(appeal_by=None)
    return get_object_or_404(mine, reference=reference)


def _secretariat(decision: Decision, language: str) -> dict[str, Any]:
    """Where an appeal, and what belongs to it, is sent."""
    scheme = applications.scheme_of(decision.subject)
    return {"to": said(scheme.appeal.to, language), "address": scheme.appeal.address}
