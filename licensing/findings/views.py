"""The page on which licensing considers the outcome of an inspection."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.findings.models import FindingToConsider
from licensing.findings.states import SEES
from licensing.findings.steps import FINDING
from registry import web
from registry.trail.queries import history


@web.page(SEES)
def finding(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = FindingToConsider.objects.visible_to(request.user)
    about = ("inspection", "organisation", "licence", "application", "decision", "considered_by", "proposed_by")
    one = get_object_or_404(seen.select_related(*about), inspection__reference=reference)
    facts = {
        "finding": one,
        "buttons": FINDING.buttons(one, by=request.user, on=timezone.localdate()),
        "events": history.in_words(history.history_of(("findingtoconsider", one.reference)), about=one.reference),
    }
    return render(request, "licensing/findings/officer_finding.html", facts)
