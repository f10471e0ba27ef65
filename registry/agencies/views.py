"""Other authorities that are asked: who they are, how they are asked, what they answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from registry import web
from registry.agencies import queries
from registry.agencies.steps import MANAGE
from registry.trail.queries import history


@web.page(MANAGE)
def agencies(request: web.SignedIn) -> HttpResponse:
    return render(request, "registry/agencies/agencies.html", {"agencies": queries.agencies()})


@web.page(MANAGE)
def agency(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(queries.agencies(), reference=reference)
    events = history.in_words(history.history_of(("agency", reference)), about=reference)
    facts = {"agency": shown, "rows": queries.agency_in_words(shown, timezone.localdate()), "events": events}
    return render(request, "registry/agencies/agency.html", facts)
