"""Forms that anyone sends without signing in, of which something is kept: orders of materials, complaints."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registry.web.attempts import reasons_on
from registry.web.downloads import not_kept
from registry.web.limits import count, is_too_often, refuse_unread

#: In an hour, from one connection.
MOST_SENT = 10


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Without session or cookie, so that a forged form has nothing to borrow."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return not_kept(view(request, *args, **kwargs))

    return csrf_exempt(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown)))


def receive(
    request: HttpRequest, form: Form, action: Callable[..., Any], *, what: str, at: datetime
) -> tuple[int, Any]:
    """The status of the page, and what the action made of the form that was sent; None where there is nothing yet."""
    if request.method != "POST":
        return 200, None
    if is_too_often(request, what, most=MOST_SENT, at=at):
        refuse_unread(form, _("Too much has come from this connection. Try again in an hour, or ring us."))
        return 429, None
    count(request, what, at=at)
    if form.is_valid():
        with reasons_on(form):
            language = get_language() or settings.LANGUAGE_CODE
            return 200, action(**form.cleaned_data, language=language, by=None, at=at)
    return 422, None
