"""The page of one match with a list."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.watchlist_matches.models import WatchlistMatch
from licensing.watchlist_matches.states import SEES
from licensing.watchlist_matches.steps import WATCHLIST_MATCH
from registry import web
from registry.trail.queries import history


@web.page(SEES)
def watchlist_match(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = WatchlistMatch.objects.visible_to(request.user)
    one = get_object_or_404(seen.select_related("organisation", "closed_by", "considered_by"), reference=reference)
    facts = {
        "match": one,
        "buttons": WATCHLIST_MATCH.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.in_words(history.history_of(("watchlistmatch", one.reference)), about=one.reference),
    }
    return render(request, "licensing/watchlist_matches/officer_match.html", facts)
