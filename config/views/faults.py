"""The pages that are shown when something went wrong."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language, gettext

from registry import web
from registry.schemes import contact as authority_contact

# --- when something goes wrong ---


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Not for this person; also a form that has waited too long, for which Django gives a reason.

    A sealed one, sent after signing in anew in another window, is shown once more with what was typed, to be saved.
    """
    if reason and web.hold(request):
        return redirect(request.get_full_path())
    return render(request, "403.html", {"form_expired": bool(reason)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, the session or a context processor: any of them may be what has failed."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html", without_the_site()), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: nothing is saved, and what was typed is on the page, to be sent once more."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    facts = {
        **without_the_site(),
        "is_sent": request.method == "POST",
        # A password is never written into a page.
        "typed": [] if any("password" in name for name, _value in typed) else typed,
        "has_files": bool(request.FILES),
        "address": request.get_full_path(),
    }
    return HttpResponse(
        render_to_string("503.html", facts), status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"}
    )


def without_the_site() -> dict[str, str]:
    try:
        stylesheets = {"stylesheet": static("vendor/public.css"), "brand": static("brand/brand.css")}
    except ValueError:  # the static files were never collected: the words matter more
        stylesheets = {}
    return {
        **stylesheets,
        "language": get_language() or settings.LANGUAGE_CODE,
        "service": gettext(settings.SERVICE_NAME),
        "organisation": gettext(settings.ORGANISATION_NAME),
        "email": authority_contact.email(timezone.localdate()),
        "telephone": authority_contact.telephone(timezone.localdate()),
    }
