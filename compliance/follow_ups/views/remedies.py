"""For the authority: what the workers of one business got back because of inspections."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from compliance.follow_ups import queries
from compliance.follow_ups.lists import SEES_ALL
from registry import web
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation


@web.page(SEES_ALL)
def of_organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the workers of one business got back: sums of what is confirmed, and each piece with what shows it."""
    conflicted = Conflict.objects.organisations_of(request.user)
    organisation = get_object_or_404(Organisation.objects.exclude(pk__in=conflicted), reference=reference)
    own = queries.remedies_for(organisation, by=request.user)
    page = {"organisation": organisation, "remedies": list(own), "sums": queries.sums(own)}
    return render(request, "compliance/follow_ups/officer_remedies_of.html", page)
