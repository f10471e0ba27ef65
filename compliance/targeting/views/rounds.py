"""For those who choose whom to visit, and those who send the inspector: rounds, from the seed to the visit."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from compliance.targeting.lists import SEES
from compliance.targeting.models import VisitRound
from compliance.targeting.queries import published_rounds, rounds
from compliance.targeting.states import CHOOSES
from compliance.targeting.steps import ROUND
from registry import permissions, schemes, web
from registry.schemes import said

SENDS = "compliance.commission_inspection"


@web.page(*SEES)
def visit_round(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(VisitRound, reference=reference)
    page = {
        "file": rounds.round_file(one, by=request.user, on=timezone.localdate()),
        "round": one,
        "scheme_title": said(schemes.get(one.scheme, one.version).title, get_language()),
        "buttons": ROUND.buttons(one, by=request.user, on=timezone.localdate()),
        "may_choose": permissions.is_staff(request.user) and request.user.has_perm(CHOOSES),
        "may_send": request.user.has_perm(SENDS),
        "sees_scores": request.user.has_perm(SEES[0]),
    }
    return render(request, "compliance/targeting/round.html", page)


@web.page(*SEES)
def drawing(request: web.SignedIn, reference: str) -> HttpResponse:
    """What it takes to repeat the selection, with the numbers of the licences, as a file."""
    one = get_object_or_404(VisitRound, reference=reference)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.json"'}
    return JsonResponse(published_rounds.round_for_auditors(one), headers=headers)
