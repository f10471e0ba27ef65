"""What the public would read of an applicant: licensing knows the answers, public_lookup draws an entry."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries.preview import previewed_entry
from public_lookup.lookup.queries.entries import PublicEntry
from registry import web


@web.page("licensing.apply", "licensing.enter_paper_application")
def preview_entry(request: web.SignedIn, reference: str) -> HttpResponse:
    """Of an application for a licence: one that alters a licence has no answers about the rest of it.

    The answer of the look-up is left out, so that no picture of this page says "licensed".
    """
    own = Application.objects.filled_in_by(request.user).filter(alters=None).select_related("organisation")
    application, now = get_object_or_404(own, reference=reference), timezone.now()
    entry = previewed_entry(application, at=now)
    shown = PublicEntry(entry, [entry], now)
    page = {
        "application": application,
        "entry": entry,
        "shown": shown,
        "shows_applicants": shown.scheme.public.show_applicants,
    }
    return render(request, "preview_entry.html", page)
