"""The pages that are shown when something went wrong."""

import logging
import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from config.ready import NOT_SET_UP, lacks_migrations
from registry import web

logger = logging.getLogger(__name__)

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
    """Asks nothing of the session or a context processor, as they may be what has failed; of the database only why it has."""
    fault = sys.exc_info()[1]
    if isinstance(fault, DatabaseError) and lacks_migrations():
        logger.error("%s", NOT_SET_UP)
        return web.unavailable(request, page="503_upgrading.html")
    if answer := web.page_while_away(request, fault):
        return answer
    return HttpResponse(render_to_string("500.html", web.without_the_site()), status=500)
