"""Monthly bulletins: written, released by a second person, and read by authorities with an agreement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.bulletins import actions, forms, queries
from compliance.bulletins.models import Bulletin
from compliance.bulletins.states import READS, SEES, WRITES
from compliance.bulletins.steps import STEPS
from registry import web
from registry.editions.states import READS_SHARED, REVIEWS
from registry.trail.queries import history


@require_safe
@web.needs(*READS)
def bulletins(request: web.SignedIn) -> HttpResponse:
    rows = [(one, queries.title_of(one)) for one in queries.bulletins(request.user)]
    return render(request, "compliance/bulletins/bulletins.html", {"rows": rows})


@require_safe
@web.needs(*READS)
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


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WRITES)
def write(request: web.SignedIn) -> HttpResponse:
    shown = queries.newest(timezone.now())
    months = queries.months_to_write(timezone.localdate())
    draft = queries.draft_of(shown) if shown else ""
    form = forms.WriteBulletin(web.typed(request), months=months, initial={"text": draft})
    tried = web.attempt(request, form, actions.write_bulletin, typed=lambda: form.given)
    if tried.is_done:
        return redirect("bulletin", tried.result.reference)
    return web.show_form(
        request, form, title=_("Write a bulletin"), press=_("Save for a second person"), back=reverse("bulletins")
    )


@require_safe
@web.needs(READS_SHARED)
def partner_bulletins(request: web.SignedIn) -> HttpResponse:
    rows = [(one, queries.title_of(one)) for one in queries.for_partner(request.user, timezone.localdate())]
    return render(request, "compliance/bulletins/partner_bulletins.html", {"rows": rows})


@require_safe
@web.needs(READS_SHARED)
def partner_bulletin(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(queries.for_partner(request.user, timezone.localdate()), reference=reference)
    web.shows(request, one, way="page")
    page = {"one": one, "title": queries.title_of(one)}
    return render(request, "compliance/bulletins/partner_bulletin.html", page)
