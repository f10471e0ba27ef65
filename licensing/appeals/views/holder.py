"""An appeal as whoever appeals sees it: what the decision is, by when and how, what becomes of it; and that it was sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from licensing.appeals import forms, rules
from licensing.appeals.actions import appeals as actions
from licensing.appeals.queries import appeals as appeal_queries
from licensing.applications.queries import applications, holders
from licensing.decisions.models.decisions import Decision
from licensing.due_dates.queries.about import dates_of
from registry import permissions, web
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.schemes import said


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def own_appeal(request: web.SignedIn, reference: str) -> HttpResponse:
    mine = Decision.objects.about(Organisation.objects.acted_for_by(request.user)).exclude(appeal_by=None)
    decision, today = get_object_or_404(mine, reference=reference), timezone.localdate()
    form = forms.HasAppealed(web.typed(request), initial={"sent_on": today})
    tried = web.attempt(request, form, actions.tell, decision)
    if tried.is_done:
        return redirect("own_appeal", reference)
    who_may = permissions.act_blockers(request.user, decision.organisation, Act.REPLY, on=today)
    scheme = applications.scheme_of(decision.subject)
    shown = appeal_queries.appeals_of(decision)
    facts = {
        "decision": decision,
        "subject": decision.subject,
        "appeals": [(one, appeal_queries.meanwhile(one), dates_of(one, on=today)) for one in shown],
        "can_tell": not list(rules.tell_blockers(decision, sent_on=None, today=today)),
        "form": form,
        "blockers": list(who_may),
        "to": said(scheme.appeal.to, request.user.language),
        "address": scheme.appeal.address,
        "how": said(scheme.appeal.how, request.user.language),
        "letters": holders.letters_about(decision.subject.reference, organisation=decision.organisation),
    }
    return web.form_page(request, "licensing/appeals/holder_appeal.html", facts)
