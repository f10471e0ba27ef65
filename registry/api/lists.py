"""Lists for programs: the rows, filters and order of the page, a page at a time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from ninja import Field, Query, Schema
from pydantic import create_model

from registry import permissions, web
from registry.accounts.models import User
from registry.api import ByKey, OrganisationOut, PersonOut, StaffRouter, organisation_out, person_out
from registry.errors import Reason
from registry.filtersets import COUNTED, FilterSet, parameters
from registry.worklists import Column, Kind, WorkList


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


def add_work_list(router: StaffRouter, name: str, work_list: WorkList, *, row: type[Schema], about: str) -> None:
    """A declared list for programs, under this name: the rows, filters and order of its page, for who sees the page.

    `row` is `row_of` the list.
    """
    words = name.title().replace("-", "")
    asked_of: Any = parameters(f"AskedOf{words}", work_list.filters, page=(str, PAGE), sort=(str, SORT))
    out: Any = create_model(f"{words}Out", __base__=ListOut, items=(many(row), ...))

    def listed(request: ByKey, asked: Query[asked_of]) -> Any:
        permissions.require_one(request.user, *work_list.permissions)
        by, at = request.user, timezone.now()
        found, on = work_list.found(request.GET, "api", by=by, at=at), timezone.localdate(at)
        return _page_out(request, found, lambda one: row_out(work_list, one, by=by, on=on))

    operation = name.replace("-", "_")
    router.reads(f"/{name}", operation, out, summary=operation.replace("_", " ").title(), description=about)(listed)


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
        return organisation_out(value) if value is not None else None
    return person_out(value) if column.kind == "person" else value


def _page_out(request: ByKey, found: FilterSet[Any], told: Callable[[Any], Any]) -> dict[str, Any]:
    if not found.form.is_valid():
        raise UnreadableFilter(list(_unread(found)))
    page = found.page(request.GET.get("page", ""))
    web.shows_rows(request, page.rows, way="api")
    return {
        "count": min(page.count, COUNTED),
        "count_is_exact": page.is_counted,
        "following": page.following,
        "items": [told(row) for row in page.rows],
    }


def _unread(found: FilterSet[Any]) -> Iterator[Reason]:
    for field, errors in found.form.errors.items():
        yield from (Reason("invalid", str(error), field) for error in errors)
