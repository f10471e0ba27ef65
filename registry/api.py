"""What every endpoint for programs of the authority shares: the key by which it is asked, its lists, the shape of a problem."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.security import HttpBearer
from pydantic import create_model

from registry import permissions, web
from registry.accounts.actions import keys
from registry.accounts.models import ApiKey, Scope, User
from registry.errors import Reason
from registry.filtersets import COUNTED, FilterSet, parameters
from registry.organisations.models import Organisation


class OutOfScope(PermissionDenied):
    """The key may not be used for this, whatever its person may do."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(_("This key may not be used for this: %(scope)s.") % {"scope": scope.label})


class ByKey(web.SignedIn):
    """A request of a program: `user` is the person whose key it is, whoever may be signed in in the browser that sends it."""

    api_key: ApiKey


class Key(HttpBearer):
    """A key in force, of somebody who works for the authority now, that may be used for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        now = timezone.now()
        key = ApiKey.objects.of_secret(token, at=now)
        if key is None or not permissions.is_staff(key.user):
            return None
        request.user = key.user
        request.api_key = key  # type: ignore[attr-defined]
        keys.use(key, by=key.user, at=now)
        if self.scope not in key.scopes:
            raise OutOfScope(self.scope)
        return key


class ReasonOut(Schema):
    code: str
    text: str
    where: str = Field("", description="The parameter or field that it is about, if any")


class Problem(Schema):
    """What went wrong, as RFC 9457 has it; the reasons are the sentences that the page says."""

    type: str = Field(description="A stable name of the problem", examples=["/problems/refused"])
    title: str
    status: int
    detail: str = ""
    instance: str = Field(description="The id of this request, to quote when you ask us about it")
    reasons: list[ReasonOut] = []


PROBLEMS: dict[int, Any] = {
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
    429: Problem,
    503: Problem,
}


class MoveOut(Schema):
    """Something that this person may do; `reasons` say why not now, and are empty when it is possible."""

    name: str
    title: str
    reasons: list[ReasonOut]


class OrganisationOut(Schema):
    reference: str
    name: str


class PersonOut(Schema):
    reference: str
    name: str


class Done(Schema):
    """What was acted on, and where it stands now."""

    reference: str
    status: str


def reasons_out(reasons: Iterable[Reason]) -> list[ReasonOut]:
    return [ReasonOut(code=one.code, text=str(one.text), where=one.where) for one in reasons]


def moves_out(moves: Iterable[Any]) -> list[MoveOut]:
    """The moves of a page: each with a name, a title, and what stands against it now."""
    return [MoveOut(name=one.name, title=str(one.title), reasons=reasons_out(one.blockers)) for one in moves]


def organisation_out(organisation: Organisation) -> dict[str, Any]:
    return {"reference": organisation.reference, "name": organisation.legal_name}


def person_out(user: User | None) -> dict[str, Any] | None:
    return {"reference": user.reference, "name": str(user)} if user else None


# --- lists


class Unreadable(Exception):
    """A filter that cannot be read, so that none is passed over in silence: with what the page says beside it."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons = reasons


class ListOut(Schema):
    count: int
    count_is_exact: bool = Field(description="False when there are more than were counted")
    following: str = Field(description="What to give as `page` for the rows that follow; empty at the end")


PAGE = Field("", description="`following` of the page before; the first, if left out", max_length=400)
SORT = Field(
    "", description="The order, as the address of the page says it; with - before it from the end", max_length=40
)


def add_list(
    router: Router,
    name: str,
    *,
    filters: type[FilterSet[Any]],
    find: Callable[[Any, User, date], FilterSet[Any]],
    told: Callable[[Any], Any],
    row: type[Schema],
    sees: tuple[str, ...],
    about: str,
) -> None:
    """One work list for programs: the rows, filters and order of its page, a page at a time, for whoever sees the page.

    `find` is the query of the page, `told` says one of its rows as `row`; `sees` are the permissions of which one is enough.
    """
    words = name.title().replace("-", "")
    asked_of: Any = parameters(f"AskedOf{words}", filters, page=(str, PAGE), sort=(str, SORT))
    answer: Any = create_model(f"{words}Out", __base__=ListOut, items=(list[row], ...))  # type: ignore[valid-type]

    def listed(request: ByKey, asked: Query[asked_of]) -> Any:
        permissions.require_one(request.user, *sees)
        return _page_out(find(request.GET, request.user, timezone.localdate()), request.GET.get("page", ""), told)

    operation = name.replace("-", "_")
    router.get(
        f"/{name}",
        response={200: answer, **PROBLEMS},
        auth=Key(Scope.READ),
        operation_id=operation,
        summary=operation.replace("_", " ").title(),
        description=about,
        url_name=f"staff_api_{operation}",
    )(listed)


def _page_out(found: FilterSet[Any], asked: str, told: Callable[[Any], Any]) -> dict[str, Any]:
    if not found.form.is_valid():
        raise Unreadable(list(_unread(found)))
    page = found.page(asked)
    return {
        "count": min(page.count, COUNTED),
        "count_is_exact": page.is_counted,
        "following": page.following,
        "items": [told(row) for row in page.rows],
    }


def _unread(found: FilterSet[Any]) -> Iterator[Reason]:
    for field, errors in found.form.errors.items():
        yield from (Reason("invalid", str(error), field) for error in errors)
