"""The sanitised text of one piece of intelligence: how far it is released, who released it, and what was answered of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from compliance.intelligence.lists import READS
from compliance.intelligence.steps import why_first
from compliance.releases import queries
from compliance.releases.steps import TEXT
from registry import web


@web.page(READS)
def text(request: web.SignedIn, reference: str) -> HttpResponse:
    """Shown, as the piece is, to a person who has said within the hour why they read it."""
    one = TEXT.subject(request.user, reference=reference)
    if address := why_first(one, request.user, timezone.now()):
        return redirect(address)
    page = {
        "one": one,
        "readings": queries.readings_of(one),
        "buttons": TEXT.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/releases/text.html", page)
