"""The API for programs of the authority: with a key that names a person, and never without one."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja.errors import AuthenticationError

from compliance.contradictions import api as contradictions
from compliance.exhibits import api as exhibits
from compliance.inspections import api as compliance
from config.api import HANDLERS, problem, within_limit
from config.api.documents import Api, drawn
from licensing import api as licensing
from registry.accounts.models import ApiKey
from registry.api.lists import UnreadableFilter
from registry.tasks import api as tasks
from registry.web import Limit

logger = logging.getLogger("staff_api")
limit = Limit("staff_api")

api = Api(
    title="Labour licensing casework",
    version="1",
    description="The lists, cases and actions of the staff pages, for programs. Each request carries a key, which acts as the "
    "person who made it: `Authorization: Bearer lk_…`. What a page refuses is refused here, in the same words.",
    urls_namespace="staff-api-1",
    openapi_url=None,
    docs_url=None,
)
api.add_router("", licensing.lists)
for router in (
    licensing.cases,
    licensing.requests,
    licensing.licences,
    licensing.changes,
    licensing.look_alikes,
    licensing.overrides,
    licensing.waivers,
    licensing.appeals,
    compliance.router,
    contradictions.router,
    exhibits.router,
    tasks.router,
):
    api.add_router("", router)
api.add_router("/decisions", licensing.decisions)
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)


@api.exception_handler(UnreadableFilter)
def unreadable(request: HttpRequest, found: UnreadableFilter) -> HttpResponse:
    return problem(request, "not-understood", _("We could not read the question"), 422, reasons=found.reasons)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    detail = _(
        "Give a key that is in force. A key does not work if it was revoked, has expired, or its owner has lost access."
    )
    response = problem(request, "no-key", _("A key is needed"), 401, detail=detail)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def document(request: HttpRequest) -> HttpResponse:
    """What can be asked here and what is answered: OpenAPI 3.1. It tells nothing of any case."""
    return api.create_response(request, drawn(api, get_language(), timezone.localdate()), status=200)


def by_key(view: Callable[..., HttpResponse], route: str) -> Callable[..., HttpResponse]:
    """Outside the sign-in of browsers, whose cookie lets nobody in here; each call is written down as of its person."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = within_limit(request, limit, lambda: api.misasked(request, route) or view(request, *args, **kwargs))
        _write_down(request, response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(login_not_required(answered))


def _write_down(request: HttpRequest, response: HttpResponse) -> None:
    """Who asked what by which key, and what came of it; the words that were searched for are in no log."""
    key: ApiKey | None = getattr(request, "api_key", None)
    if key is not None:
        logger.info(
            "%s %s by %s with %s: %s",
            request.method,
            request.path,
            key.user.reference,
            key.reference,
            response.status_code,
        )


def urls() -> tuple[list[URLPattern], str, str]:
    """The routes: each of an endpoint by key, and the document, which is open to all like that of the register."""
    patterns, app_name, namespace = api.urls
    routes = []
    for route in patterns:
        assert isinstance(route, URLPattern)
        route.callback = by_key(route.callback, str(route.pattern))
        routes.append(route)
    return routes, app_name, namespace


openapi = login_not_required(require_safe(document))
