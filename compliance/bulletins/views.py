"""Monthly bulletins: written, released by a second person, and read by authorities with an agreement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.bulletins import queries
from compliance.bulletins.models import Bulletin
from compliance.bulletins.states import READS, SEES
from compliance.bulletins.steps import STEPS
from registry import web
from registry.editions.states import READS_SHARED, REVIEWS
from registry.trail.queries import history


@web.page(*READS)
def bulletins(request: web.SignedIn) -> HttpResponse:
    rows = [(one, queries.title_of(one)) for one in queries.bulletins(request.user)]
    return render(request, "compliance/bulletins/bulletins.html", {"rows": rows})


@web.page(*READS)
def bulletin(request: web.SignedIn, reference: str) -> HttpResponse:
    """One bulletin: what was drafted, what it says, and everyone of another authority who has read it."""
    rows = Bulletin.objects.visible_to(request.user).select_related("written_by", "decided_by", "version__edition")
    one = get_object_or_404(rows, reference=reference)
    page = {
        "one": one,
        "title": queries.title_of(one),
        "buttons": STEPS.buttons(one, by=request.user, on=timezone.localdate()),
        "readings": queries.readings_of(one) if any(map(request.user.has_perm, (SEES, REVIEWS))) else None,
        "events": history.in_words(history.history_of(("bulletin", reference)), about=reference),
    }
    return render(request, "compliance/bulletins/bulletin.html", page)


@web.page(READS_SHARED)
def partner_bulletins(request: web.SignedIn) -> HttpResponse:
    rows = [(one, queries.title_of(one)) for one in queries.for_partner(request.user, timezone.localdate())]
    return render(request, "compliance/bulletins/partner_bulletins.html", {"rows": rows})


@web.page(READS_SHARED)
def partner_bulletin(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(queries.for_partner(request.user, timezone.localdate()), reference=reference)
    web.shows(request, one, way="page")
    page = {"one": one, "title": queries.title_of(one)}
    return render(request, "compliance/bulletins/partner_bulletin.html", page)
