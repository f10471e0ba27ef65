"""The page of one change that a holder has told."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.due_dates.queries.about import dates_of
from licensing.holding.models import Change
from licensing.holding.queries import changes as change_queries
from licensing.holding.steps import CHANGE
from registry import web

SEES = "licensing.view_changes"


def visible(request: web.SignedIn, reference: str) -> Change:
    about = ("licence__organisation", "told_by", "closed_by")
    return get_object_or_404(Change.objects.visible_to(request.user).select_related(*about), reference=reference)


@web.page(SEES)
def change(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    today = timezone.localdate()
    facts = {
        "file": change_queries.change_file(one, by=request.user, on=today),
        "buttons": CHANGE.buttons(one, by=request.user, on=today),
        "change": one,
        "licence": one.licence,
        "dates": dates_of(one, on=today),
    }
    return render(request, "licensing/holding/officer_change.html", facts)
