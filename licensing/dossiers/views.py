"""The dossier of a report that was handed over: the cleared text, what is known of the organisation, and what can be done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.queries import events_of
from compliance.hand_overs.states import SEES
from compliance.hand_overs.steps import HAND_OVER
from compliance.reports.steps import HANDED_OVER
from licensing.dossiers import actions, letters
from licensing.dossiers.steps import DOSSIER
from registry import web


def _one(request: web.SignedIn, reference: str) -> HandOver:
    seen = HandOver.objects.visible_to(request.user).select_related(
        "organisation", "agency", "inspection", "handed_by", "report", "intelligence"
    )
    return get_object_or_404(seen, reference=reference)


@require_safe
@web.needs(SEES)
def dossier_pdf(request: web.SignedIn, reference: str) -> HttpResponse:
    """Printed for the one who asks."""
    one, at = _one(request, reference), timezone.now()
    language, shown = request.user.language, actions.print_dossier(one, by=request.user, at=at)
    return web.as_pdf(
        request,
        lambda: letters.dossier(one, shown, by=request.user, language=language, at=at),
        name=f"{one.reference}-dossier",
    )


@require_safe
@web.needs(SEES)
def hand_over(request: web.SignedIn, reference: str) -> HttpResponse:
    one, on = _one(request, reference), timezone.localdate()
    facts = {
        "hand_over": one,
        "result": one.result_in_words,
        "buttons": [
            button
            for table in (HANDED_OVER, HAND_OVER, DOSSIER)
            for button in table.buttons(one, by=request.user, on=on)
        ],
        "dossier": actions.read_dossier(one, by=request.user, at=timezone.now()),
        "events": list(events_of(one)),
    }
    return render(request, "licensing/dossiers/hand_over.html", facts)
