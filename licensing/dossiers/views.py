"""The dossier of a report that was handed over: the cleared text, what is known of the organisation, and what can be done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.queries import events_of
from compliance.hand_overs.states import SEES
from compliance.hand_overs.steps import HAND_OVER
from compliance.joint_cases.steps import OF_REPORT
from compliance.passed_on.queries import messages_of
from compliance.passed_on.steps import PARTNER_ASKS
from compliance.reports.steps import HANDED_OVER
from compliance.sharing_requests.steps import GUARDED_HAND_OVER
from licensing.dossiers import actions, letters, queries
from licensing.dossiers.steps import DOSSIER
from registry import web
from registry.form_fields import Press


def _one(request: web.SignedIn, reference: str) -> HandOver:
    seen = HandOver.objects.visible_to(request.user).select_related(
        "organisation", "agency", "inspection", "handed_by", "report", "intelligence"
    )
    return get_object_or_404(seen, reference=reference)


@web.button(SEES)
def open_dossier(request: web.SignedIn, reference: str) -> HttpResponse:
    """For an hour the page shows it; the trail keeps who opened it and what it showed."""
    one = _one(request, reference)
    web.attempt(request, Press(web.posted(request)), actions.read_dossier, one)
    return redirect("hand_over", reference)


@web.button(SEES)
def dossier_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    """Printed for the one who asks."""
    one, at = _one(request, reference), timezone.now()
    language, shown = request.user.language, actions.print_dossier(one, by=request.user, at=at)
    return web.as_pdf(
        request,
        lambda: letters.dossier(one, shown, by=request.user, language=language, at=at),
        name=f"{one.reference}-dossier",
    )


@web.page(SEES)
def hand_over(request: web.SignedIn, reference: str) -> HttpResponse:
    one, on = _one(request, reference), timezone.localdate()
    dossier = queries.dossier_of(one, by=request.user)
    is_open = queries.is_noted(one, dossier, by=request.user, at=timezone.now())
    web.shows(request, one, way="page")
    facts = {
        "hand_over": one,
        "result": one.result_in_words,
        "buttons": [
            button
            for table in (HANDED_OVER, HAND_OVER, PARTNER_ASKS, GUARDED_HAND_OVER, OF_REPORT, DOSSIER)
            for button in table.buttons(one, by=request.user, on=on)
        ],
        "dossier": dossier if is_open else None,
        "messages_of": messages_of(one),
        "events": list(events_of(one)),
    }
    return render(request, "licensing/dossiers/hand_over.html", facts)
