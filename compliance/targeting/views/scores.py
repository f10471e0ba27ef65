"""For those who choose whom to visit: what licences score, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.targeting.actions import evaluation as counting
from compliance.targeting.models import LicenceScore
from compliance.targeting.queries import evaluation as evaluation_queries
from compliance.targeting.queries import scores as scores_queries
from registry import web
from registry.editions.states import REVIEWS

SEES = "compliance.view_scores"


@web.page(SEES)
def score(request: web.SignedIn, number: str) -> HttpResponse:
    mine = LicenceScore.objects.visible_to(request.user).current().select_related("licence__organisation")
    seen = get_object_or_404(mine, licence__number=number)
    return render(request, "compliance/targeting/score.html", {"file": scores_queries.score_file(seen)})


@web.page(SEES, REVIEWS)
def evaluation(request: web.SignedIn) -> HttpResponse:
    found = evaluation_queries.evaluations()
    page = {"evaluations": found, "counted_at": min((one.counted_at for one in found), default=None)}
    return render(request, "compliance/targeting/evaluation.html", page)


@web.button(SEES)
def evaluate_again(request: web.SignedIn) -> HttpResponse:
    """Count it now, and not in the next night."""
    counting.evaluate(by=request.user, at=timezone.now())
    messages.success(request, _("Everything has been counted again."))
    return redirect("evaluation")
