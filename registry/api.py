"""What every endpoint for programs of the authority shares: the key by which it is asked, its lists, the shape of a problem."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
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
from registry.steps import Step
from registry.worklists import Column, Kind, WorkList


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


class RefusalProblem(Schema):
    """What went wrong, as RFC 9457 has it; the reasons are the sentences that the page says."""

    type: str = Field(description="A stable name of the problem", examples=["/problems/refused"])
    title: str
    status: int
    detail: str = ""
    instance: str = Field(description="The id of this request, to quote when you ask us about it")
    reasons: list[ReasonOut] = []


PROBLEMS: dict[int, Any] = {
    401: RefusalProblem,
    403: RefusalProblem,
    404: RefusalProblem,
    409: RefusalProblem,
    422: RefusalProblem,
    429: RefusalProblem,
    503: RefusalProblem,
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


class UnreadableFilter(Exception):
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

    def answer(asked: Any, by: User, at: datetime) -> dict[str, Any]:
        return _page_out(find(asked, by, timezone.localdate(at)), asked.get("page", ""), told)

    _add_list(router, name, filters=filters, answer=answer, row=row, sees=sees, about=about)


def add_work_list(router: Router, name: str, work_list: WorkList, *, row: type[Schema], about: str) -> None:
    """A declared list for programs, under this name. `row` is `row_of` the list."""

    def answer(asked: Any, by: User, at: datetime) -> dict[str, Any]:
        found, on = work_list.found(asked, "api", by=by, at=at), timezone.localdate(at)
        return _page_out(found, asked.get("page", ""), lambda one: row_out(work_list, one, by=by, on=on))

    sees = work_list.permissions
    _add_list(router, name, filters=work_list.filters, answer=answer, row=row, sees=sees, about=about)


def _add_list(
    router: Router,
    name: str,
    *,
    filters: type[FilterSet[Any]],
    answer: Callable[[Any, User, datetime], dict[str, Any]],
    row: type[Schema],
    sees: tuple[str, ...],
    about: str,
) -> None:
    words = name.title().replace("-", "")
    asked_of: Any = parameters(f"AskedOf{words}", filters, page=(str, PAGE), sort=(str, SORT))
    out: Any = create_model(f"{words}Out", __base__=ListOut, items=(many(row), ...))

    def listed(request: ByKey, asked: Query[asked_of]) -> Any:
        permissions.require_one(request.user, *sees)
        return answer(request.GET, request.user, timezone.now())

    operation = name.replace("-", "_")
    router.get(
        f"/{name}",
        response={200: out, **PROBLEMS},
        auth=Key(Scope.READ),
        operation_id=operation,
        summary=operation.replace("_", " ").title(),
        description=about,
        url_name=f"staff_api_{operation}",
    )(listed)


#: What the document says of the values of a column, by its kind.
TYPES: dict[Kind, Any] = {"day": date, "moment": datetime, "number": int, "money": Decimal, "yes_no": bool}
TYPES |= {"organisation": OrganisationOut, "person": PersonOut}


def many(row: type[Schema]) -> Any:
    """A list of rows whose shape is made of a declared list: the type checker knows no such type."""
    return list[row]  # type: ignore[valid-type]


def row_of(work_list: WorkList, name: str, *, about: str | None = None) -> type[Schema]:
    """One row of a declared list, as the document names it: a field for each of its columns that the API shows."""
    fields: dict[str, Any] = {}
    for column in work_list.columns:
        if "api" in column.show:
            type_ = column.type or TYPES.get(column.kind, str)
            may_be_none = column.may_be_empty or column.permission
            said = Field(description=column.about) if column.about else ...
            fields[column.name] = (type_ | None if may_be_none else type_, said)
    schema: type[Schema] = create_model(name, __base__=Schema, __doc__=about, **fields)
    return schema


def row_out(work_list: WorkList, row: Any, *, by: User, on: date) -> dict[str, Any]:
    """One row for programs; nothing in a column that this person may not see."""
    seen = work_list.shown("api", by)
    shown = (column for column in work_list.columns if "api" in column.show)
    return {column.name: _value_out(column, row, on) if column in seen else None for column in shown}


def _value_out(column: Column, row: Any, on: date) -> Any:
    value = column.plain(row, on)
    if column.kind == "organisation":
        return organisation_out(value)
    return person_out(value) if column.kind == "person" else value


def _page_out(found: FilterSet[Any], asked: str, told: Callable[[Any], Any]) -> dict[str, Any]:
    if not found.form.is_valid():
        raise UnreadableFilter(list(_unread(found)))
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


# --- steps


def add_step(
    router: Router,
    path: str,
    step: Step,
    subject: str,
    *,
    find: Callable[[ByKey, str], Any],
    scope: Scope,
    about: str,
    body: type[Schema] | None = None,
) -> None:
    """A declared step for programs, at `<path>/<step>`: what it takes is `body`, if it takes anything.

    `subject` ends the names of the operation and of its address; `find` gives the thing of this reference, if this person may
    take the step with it.
    """
    asked: Any = body

    def with_body(request: ByKey, reference: str, body: asked) -> Any:
        return step.action(find(request, reference), **body.dict(), by=request.user, at=timezone.now())

    def without_body(request: ByKey, reference: str) -> Any:
        return step.action(find(request, reference), by=request.user, at=timezone.now())

    words = step.name.replace("_", " ")
    router.post(
        f"{path}/{step.name.replace('_', '-')}",
        response={200: Done, **PROBLEMS},
        auth=Key(scope),
        operation_id=f"{step.name}_{subject}",
        summary=words.title(),
        description=about,
        url_name=f"staff_api_{step.name}_{subject}",
    )(with_body if body else without_body)
