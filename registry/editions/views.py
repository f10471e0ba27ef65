"""Editions of the statistics for those who prepare and sign them, with the preview of what the public will see."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.editions import actions, forms
from registry.editions.models import Edition
from registry.editions.queries import desk, files, making
from registry.editions.queries.followed import followed_page
from registry.editions.queries.pages import page_of
from registry.editions.rules.quarters import in_words
from registry.editions.states import PUBLISHES
from registry.editions.steps import EDITION
from registry.trail.queries import history


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(PUBLISHES)
def announce(request: web.SignedIn) -> HttpResponse:
    form = forms.AnnounceEdition(web.typed(request), quarters=desk.quarters_to_announce(timezone.localdate()))
    tried = web.attempt(request, form, actions.announce_edition)
    if tried.is_done:
        return redirect("edition", tried.result.code)
    return web.show_form(
        request,
        form,
        title=_("Announce a date"),
        press=_("Announce the date"),
        back=reverse("editions"),
        back_text=_("Statistics releases"),
        about=(
            _(
                "Everyone can read the date at once. It must be at least 28 days ahead, and can only be moved to a later one, with a public reason."
            ),
        ),
    )


@require_safe
@web.needs(PUBLISHES)
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


@require_safe
@web.needs(PUBLISHES)
def preview(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the public will read, made of the same frozen tables by the same template."""
    shown = _previewed(request, reference)
    facts = {"page": page_of(shown, timezone.now()), "followed": followed_page(shown), "is_preview": True}
    return render(request, "registry/editions/preview.html", facts)


@require_safe
@web.needs(PUBLISHES)
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
