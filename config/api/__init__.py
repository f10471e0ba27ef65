"""The API: one document, one shape of problem, and every endpoint of every app gathered here."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from config.api.documents import Api, drawn
from config.directory import keys
from licensing import api as licensing
from public_lookup.board import api as board_api
from public_lookup.bulk_checks import api as bulk_check_api
from public_lookup.lookup import api as public_lookup
from public_lookup.lookup.queries import replica
from public_lookup.lookup.queries.entries import NotShown
from public_lookup.lookup.queries.instants import UnknownParameter, UnreadableQuestion
from public_lookup.open_data import api as open_data_api
from public_lookup.statistics import api as statistics
from public_lookup.web import from_register, open_to_sites
from registry.accounts.models import Scope, User
from registry.api import Key, OutOfScope
from registry.errors import NotWritable, Reason, Refused
from registry.web import Limit, LimitSpent, note, status_of_fault

#: What anybody may read without signing in; every other endpoint is behind a key or the sign-in, like every other page.
OPEN_TO_ALL = frozenset(
    {"api-root", "changes", "check_many", "register", "register_entry", "statistics_editions", "statistics_tables"}
)

#: By a key, or by the sign-in of a browser: each asks for one of them, and answers nobody else.
BY_KEY_OR_SIGNED_IN = frozenset({"supplier_boards", "supplier_board"})

limit = Limit("api")
#: A question of hundreds of rows costs as much as dozens of others.
limit_of_many = Limit("api_check_many")


def signed_in(request: HttpRequest) -> User | None:
    """The person who is signed in in the browser that asks."""
    return request.user if isinstance(request.user, User) else None


api = Api(
    title="Labour licensing register",
    version="1",
    description="Who is licensed to supply workers, today and as it was on any past day. "
    "Read `licensed` together with `as_at`; when the answer is a problem, it is not a no.",
    urls_namespace="api-1",
    openapi_url=None,
    docs_url=None,
)
api.add_router("/register", public_lookup.router)
api.add_router("/changes", open_data_api.feed)
api.add_router("/statistics", statistics.router)
api.add_router("/check-many", bulk_check_api.router)
api.add_router("/suppliers", board_api.router, auth=[Key(Scope.SUPPLIERS), signed_in])
api.add_router("/staff/decisions", licensing.router)


def problem(
    request: HttpRequest,
    code: str,
    title: str,
    status: int,
    *,
    detail: str = "",
    licensed: bool | None = None,
    reasons: Iterable[Reason] = (),
) -> HttpResponse:
    """RFC 9457: a stable type for programs, a title and a detail for people, and an id to quote."""
    body = {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{uuid.uuid4()}",
        "licensed": licensed,
        "reasons": [{"code": one.code, "text": str(one.text), "where": one.where} for one in reasons],
    }
    response = api.create_response(request, body, status=status)
    response.headers["Content-Type"] = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


@api.exception_handler(NotShown)
def not_shown(request: HttpRequest, missing: NotShown) -> HttpResponse:
    detail = (
        _("It was not on the register on that day.")
        if missing.ever
        else _("There has never been such a number or code.")
    )
    return problem(request, "not-found", _("Not on the register"), 404, detail=detail, licensed=False)


@api.exception_handler(UnknownParameter)
def unknown_parameter(request: HttpRequest, refused: UnknownParameter) -> HttpResponse:
    title = _("We could not read the question")
    return problem(request, "unknown-parameter", title, 422, reasons=refused.reasons)


@api.exception_handler(UnreadableQuestion)
def misread(request: HttpRequest, refused: UnreadableQuestion) -> HttpResponse:
    return problem(request, "not-understood", _("We could not read the question"), 422, reasons=refused.reasons)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problem(request, "refused", _("This cannot be done now"), 409, reasons=refusal.reasons)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [Reason(one["type"], one["msg"], _where(one["loc"])) for one in error.errors]
    return problem(request, "not-understood", _("We could not read the question"), 422, reasons=reasons)


def _where(place: Sequence[str | int]) -> str:
    """A parameter, or the way to a field of the body: `rows.3.name`."""
    named = place[2:] if place[0] == "body" and len(place) > 2 else place[1:]
    return (".".join(map(str, named)) or str(place[-1]))[:200]


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, denied: PermissionDenied) -> HttpResponse:
    detail = str(denied) if isinstance(denied, OutOfScope) else ""
    return problem(request, "forbidden", _("You may not do this"), 403, detail=detail)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, _error: AuthenticationError | None = None) -> HttpResponse:
    return problem(request, "not-signed-in", _("Sign in first"), 401)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _missing: Http404) -> HttpResponse:
    return problem(request, "not-found", _("There is nothing here"), 404)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, _error: Throttled | None = None) -> HttpResponse:
    return problem(request, "too-many-requests", _("Too many requests: wait a little"), 429)


@api.exception_handler(LimitSpent)
def too_many_questions(request: HttpRequest, spent: LimitSpent) -> HttpResponse:
    return spent.allowance.told(too_many(request))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, "not-understood", str(error), error.status_code)


@api.exception_handler(SuspiciousOperation)
def client_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Too large, or too many fields."""
    return problem(request, "not-understood", _("We could not read the question"), status_of_fault(fault))


@api.exception_handler(Error)
def database_fault(request: HttpRequest, fault: Error) -> HttpResponse:
    """One of the replica goes on to `from_register`, which asks the primary the same, as for a page."""
    if replica.is_read_now():
        raise fault
    return cannot_tell(request, fault)


@api.exception_handler(Exception)
def cannot_tell(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Any fault at all: neither licensed nor not licensed. What was asked stays out of the log (docs/rules.md G3, G15)."""
    note(fault, what="the API cannot tell")
    response = problem(request, "cannot-tell", _("We cannot tell now"), 503, detail=_("Try again in a few minutes."))
    response.headers["Retry-After"] = "60"
    return response


#: Which problem each kind of refusal and fault becomes, here and for programs with a key.
HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    UnknownParameter: unknown_parameter,
    UnreadableQuestion: misread,
    Refused: refused,
    ValidationError: invalid,
    PermissionDenied: forbidden,
    Http404: not_found,
    Throttled: too_many,
    LimitSpent: too_many_questions,
    HttpError: http_error,
    SuspiciousOperation: client_fault,
    Exception: cannot_tell,
}


def document(request: HttpRequest) -> HttpResponse:
    """What can be asked here and what is answered: OpenAPI 3.1."""
    return api.create_response(request, drawn(api, get_language(), timezone.localdate()), status=200)


def for_everybody(view: Callable[..., HttpResponse], *, of: str = "", route: str = "") -> Callable[..., HttpResponse]:
    """Open without signing in, and to the pages of any site: they send no cookie along. It must be asked for anew."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowance = (limit_of_many if of == "check_many" else limit).spend(request)
        if allowance.is_spent:
            response = too_many(request)
        else:
            response = api.misasked(request, route) or _answered(view, request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return allowance.told(open_to_sites(response))

    return login_not_required(shown)


def _answered(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        answer: HttpResponse = from_register(view, request, *args, **kwargs)
    except NotWritable as fault:  # with a clock that was set back it would answer as of a time that has passed
        return cannot_tell(request, fault)
    return answer


def within_limit(request: HttpRequest, limit: Limit, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a key, or to an address where there is none; no one keeps a copy."""
    allowance = limit.spend(request, client=request.headers.get("Authorization", ""))
    response = too_many(request) if allowance.is_spent else _by_directory(request) or answer()
    if response.status_code == 401:
        # Each invented key would have a limit of its own: they count for the address that they come from.
        allowance = limit.spend(request)
        response = too_many(request) if allowance.is_spent else response
    response.headers["Cache-Control"] = "no-store, private"
    return allowance.told(response)


def _by_directory(request: HttpRequest) -> HttpResponse | None:
    """Why a key is not answered whose person signs in by the directory."""
    try:
        if not keys.refuses(request, at=timezone.now()):
            return None
    except keys.ProviderSilent as silent:
        return cannot_tell(request, silent)
    detail = _("The directory has not confirmed the owner of this key. Its owner must sign in.")
    return problem(request, "no-key", _("A key is needed"), 401, detail=detail)


def for_one_person(view: Callable[..., HttpResponse], route: str) -> Callable[..., HttpResponse]:
    """Open to the sign-in or the key that the endpoint asks for."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return within_limit(request, limit, lambda: api.misasked(request, route) or view(request, *args, **kwargs))

    return login_not_required(shown)


def urls() -> tuple[list[URLPattern], str, str]:
    """The routes of the API and its document, with what is open to all marked so."""
    patterns, app_name, namespace = api.urls
    routes = [path("openapi.json", for_everybody(require_safe(document)), name="openapi-json")]
    for route in patterns:
        assert isinstance(route, URLPattern)
        if route.name in OPEN_TO_ALL:
            route.callback = for_everybody(route.callback, of=route.name, route=str(route.pattern))
        elif route.name in BY_KEY_OR_SIGNED_IN:
            route.callback = for_one_person(route.callback, str(route.pattern))
        routes.append(route)
    return routes, app_name, namespace
