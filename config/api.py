"""The API: one document, one shape of problem, and every endpoint of every app gathered here."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from public_lookup import api as public_lookup
from public_lookup.queries import Misread, NotShown
from public_lookup.web import note
from registry.errors import Reason, Refused

#: What anybody may read without signing in; every other endpoint is behind the sign-in, like every other page.
OPEN_TO_ALL = frozenset({"openapi-json", "register", "register_entry"})


class Api(NinjaAPI):
    """Ninja, with problems in the document as problem+json and with what every answer carries."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        for path in document["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if status >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
        return document

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, data, **options)
        return _for_everybody(response)


def _for_everybody(response: HttpResponse) -> HttpResponse:
    # Pages of any site may read it: nothing that depends on who asks is ever sent with this header's permission,
    # because browsers send no cookies along with it. It must be asked for anew each time.
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    response.headers.setdefault("Access-Control-Expose-Headers", "ETag")
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


api = Api(
    title="Labour licensing register",
    version="1",
    description="Who is licensed to supply workers, today and as it was on any past day. "
    "Read `licensed` together with `as_at`; when the answer is a problem, it is not a no.",
    urls_namespace="api-1",
    openapi_url="/openapi.json",
    docs_url=None,
)
api.add_router("/register", public_lookup.router)


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
    return response


@api.exception_handler(NotShown)
def not_shown(request: HttpRequest, missing: NotShown) -> HttpResponse:
    detail = _("It was not on the register on that day.") if missing.ever else _("Nobody has had this number or code.")
    return problem(request, "not-found", _("Not on the register"), 404, detail=detail, licensed=False)


@api.exception_handler(Misread)
def misread(request: HttpRequest, refused: Misread) -> HttpResponse:
    return problem(request, "not-understood", _("We could not read the question"), 422, reasons=refused.reasons)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problem(request, "refused", _("This cannot be done now"), 409, reasons=refusal.reasons)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [Reason(one["type"], one["msg"], str(one["loc"][-1])) for one in error.errors]
    return problem(request, "not-understood", _("We could not read the question"), 422, reasons=reasons)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _denied: PermissionDenied) -> HttpResponse:
    return problem(request, "forbidden", _("You may not do this"), 403)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(request, "not-signed-in", _("Sign in first"), 401)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _missing: Http404) -> HttpResponse:
    return problem(request, "not-found", _("There is nothing here"), 404)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, _error: Throttled) -> HttpResponse:
    return problem(request, "too-many-requests", _("Too many requests: wait a little"), 429)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, "not-understood", str(error), error.status_code)


@api.exception_handler(Exception)
def cannot_tell(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Any fault at all: neither licensed nor not licensed. What was asked stays out of the log (trust.md G3, G15)."""
    note(fault)
    response = problem(request, "cannot-tell", _("We cannot tell now"), 503, detail=_("Try again in a few minutes."))
    response.headers["Retry-After"] = "60"
    return response


def urls() -> tuple[list[URLPattern], str, str]:
    """The routes of the API, with what is open to all marked so; Ninja's page about itself is left out."""
    patterns, app_name, namespace = api.urls
    kept = [one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in kept:
        if pattern.name in OPEN_TO_ALL:
            # What `login_not_required` does, for the routes that Ninja made.
            pattern.callback.login_required = False  # type: ignore[attr-defined]
    return kept, app_name, namespace
