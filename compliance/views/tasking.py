"""For those who choose whom to visit: what licences score, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compliance import queries
from compliance.models import LicenceScore
from registry import web

SEES = "compliance.view_scores"


@require_safe
@web.needs(SEES)
def scores(request: web.SignedIn) -> HttpResponse:
    found = queries.scores(request.GET, by=request.user, on=timezone.localdate())
    return web.list_page(request, "compliance/tasking/scores.html", found, title=_("Whom to visit"))


@require_safe
@web.needs(SEES)
def score(request: web.SignedIn, number: str) -> HttpResponse:
    mine = LicenceScore.objects.visible_to(request.user).current().select_related("licence__organisation")
    seen = get_object_or_404(mine, licence__number=number)
    return render(request, "compliance/tasking/score.html", {"file": queries.score_file(seen)})


@require_safe
@web.needs(SEES)
def evaluation(request: web.SignedIn) -> HttpResponse:
    found = queries.evaluations(timezone.localdate())
    return render(request, "compliance/tasking/evaluation.html", {"evaluations": found})
