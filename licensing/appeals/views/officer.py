"""The page of one appeal, how it is received, and its bundle."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.appeals import forms as appeal_forms
from licensing.appeals.actions import appeals as actions
from licensing.appeals.lists import SEES
from licensing.appeals.models import AppealBundle
from licensing.appeals.queries import appeals as queries
from licensing.appeals.rules import appeals as rules
from licensing.appeals.steps import APPEAL, HANDLES, moves
from licensing.correspondence.queries import entries_on
from licensing.decisions.views.officer import visible as visible_decision
from licensing.due_dates.queries.about import dates_of
from registry import web
from registry.documents.models import Document


@web.page(SEES)
def appeal(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = APPEAL.subject(request.user, reference=reference), timezone.localdate()
    file = queries.appeal_file(one, on=today)
    facts = {
        "file": file,
        "moves": moves(one, by=request.user, on=today),
        "appeal": one,
        "decision": one.decision,
        "dates": dates_of(one, on=today),
        "submissions": queries.submissions_of(one),
        "documents": Document.objects.about(one.reference).there().select_related("uploaded_by"),
        "entries": entries_on(one, by=request.user),
        "bundle": AppealBundle.objects.newest_of(one),
    }
    return render(request, "licensing/appeals/officer_appeal.html", facts)


@web.page(SEES)
def appeal_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """A copy that the appellant has given us of what it sent to the tribunal."""
    about = Document.objects.about(APPEAL.subject(request.user, reference=reference).reference)
    return web.serve(get_object_or_404(about.served(), reference=document))


@web.page_with_form(HANDLES)
def receive(request: web.SignedIn, reference: str) -> HttpResponse:
    decision = visible_decision(request, reference)
    form = appeal_forms.Receive(web.typed(request))
    tried = web.attempt(request, form, actions.receive, decision, previews=True)
    if tried.is_done:
        return redirect("appeal", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Write down an appeal"),
        about=_(
            "That it has arrived with the secretariat. A licence that was revoked, and not at once, goes on until the appeal "
            "is decided, and the register says so."
        ),
        press=_("Write it down"),
        back=reverse("decision", args=[reference]),
        blockers=rules.receive_blockers(decision, today=timezone.localdate()),
        heading="licensing/parts/officer_heading.html",
        decision=decision,
        previews=True,
        letters=tried.letters,
    )
