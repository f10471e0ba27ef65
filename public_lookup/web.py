"""What all public pages share: no cookie, no session, no trace, and any fault says that we cannot tell."""

import logging
from collections.abc import Callable
from functools import wraps
from traceback import format_tb
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from public_lookup import queries
from registry.web import for_workers

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """For everyone, leaving no trace: the forms post, without session or cookie, and only ask (trust.md T27).

    Any fault answers "we cannot tell now": never a default (trust.md G3). What was asked stays out of the log.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except queries.NotShown as missing:
            return not_kept(render(request, "public_lookup/not_shown.html", {"missing": missing}, status=404))
        except Exception as fault:
            note(fault)
            return _cannot_tell()

    return for_workers(csrf_exempt(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown))))


def note(fault: Exception) -> None:
    """Where it happened, for those who mend it; never the message, which may hold what was asked (trust.md G15)."""
    logger.error("the look-up cannot tell: %s\n%s", type(fault).__name__, "".join(format_tb(fault.__traceback__)))


def posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, so that the same page can be asked for in another language without an address that holds it."""
    return [(name, str(value)) for name, value in request.POST.items()]


def status_of(*filled: forms.Form) -> int:
    return 422 if any(form.errors for form in filled) else 200


def not_kept(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and found by no search engine (trust.md T28)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def asked_for_anew(response: HttpResponse, etag: str) -> HttpResponse:
    """May be kept, but must be asked for each time: a revocation is seen at once."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _cannot_tell() -> HttpResponse:
    """Asks neither the database nor the base page: either may be what has failed."""
    facts = {"telephone": settings.CONTACT_TELEPHONE, "stylesheet": _stylesheet()}
    page = render_to_string("public_lookup/cannot_tell.html", facts)
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})


def _stylesheet() -> str:
    try:
        return static("vendor/public.css")
    except ValueError:  # the static files were never collected: the words matter more
        return ""
