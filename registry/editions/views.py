"""Editions of the statistics for those who prepare and sign them, with the preview of what the public will see."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from registry import web
from registry.editions.models import Edition
from registry.editions.queries import desk, files, making
from registry.editions.queries.followed import followed_page
from registry.editions.queries.pages import page_of
from registry.editions.rules.quarters import in_words
from registry.editions.states import PUBLISHES
from registry.editions.steps import EDITION
from registry.trail.queries import history


@web.page(PUBLISHES)
def edition(request: web.SignedIn, reference: str) -> HttpResponse:
    one = EDITION.subject(request.user, reference=reference)
    facts = {
        "edition": one,
        "quarter": in_words(one.code),
        "buttons": EDITION.buttons(one, by=request.user, on=timezone.localdate()),
        "versions": desk.versions_of(one),
        "asked_for": making.asked_for(one),
        "readers": desk.readers_of(one),
        "events": history.in_words(history.history_of(("edition", one.reference)), about=one.reference),
    }
    return render(request, "registry/editions/edition.html", facts)


@web.page(PUBLISHES)
def preview(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the public will read, made of the same frozen tables by the same template."""
    shown = _previewed(request, reference)
    facts = {"page": page_of(shown, timezone.now()), "followed": followed_page(shown), "is_preview": True}
    return render(request, "registry/editions/preview.html", facts)


@web.page(PUBLISHES)
def preview_files(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = _previewed(request, reference)
    response = HttpResponse(files.zip_of(shown), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="preview-{shown.code}.zip"'
    return web.not_kept(response)


def _previewed(request: web.SignedIn, reference: str) -> desk.PreviewedEdition:
    one = get_object_or_404(Edition.objects.visible_to(request.user), code=reference)
    shown = desk.preview_of(one)
    if shown is None:
        raise Http404
    return shown
