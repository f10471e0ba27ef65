"""A column of a work list: what it is called, where its value is read, and how page, CSV and API say it."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from registry.accounts.models import User

Text = str | Promise
Kind = Literal[
    "text", "reference", "choice", "status", "day", "moment", "number", "money", "yes_no", "organisation", "person"
]
Place = Literal["page", "csv", "api"]

EVERYWHERE: tuple[Place, ...] = ("page", "csv", "api")
#: In the CSV and for programs: what a page has no room for.
FILES: tuple[Place, ...] = ("csv", "api")

#: Kinds of which the row has a code and words: `get_…_display` of Django.
_CODED = frozenset({"choice", "status"})


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a column in one row of the page, with the values below it in the same cell of the table."""

    column: "Column"
    row: Any
    value: object
    code: str
    href: str
    is_late: bool
    below: tuple["Cell", ...] = ()

    @property
    def is_numeric(self) -> bool:
        return self.column.is_numeric

    @property
    def is_empty(self) -> bool:
        return self.value is None or self.value == ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, for page, CSV and API.

    `value`: where to read it: a path of attributes, or a function of the row and today; `name` if left out.
    `link`: the name of the page that the value leads to, by the reference of `link_to` (a path; the row itself if left out).
    `under`: on the page, the value goes below that of the column of this name, in the same cell.
    `needs`: what the query must add for it: names to follow (`select_related`), or a function of the rows and the moment.
    `permission`: who lacks it neither sees the column nor gets it in the CSV or through the API.
    `heading` is its name on the page, where that differs; `at_end`: on the page it comes after the others.
    `sort`: what `sort` says in the address, where the FilterSet has such an order.
    `late`: of a day on the page: whether the row is marked as overdue today.
    `template`: draws the cell of the page, where a kind is not enough; it is given `row` and `cell`.
    `is_wide`: it takes half of the width of the page.
    `absent`: said on the page where there is no value. `words`, `letters`: as many are shown on the page, at most.
    `type` (where it is not that of the kind), `may_be_empty`, `about`: for the document of the API.
    """

    name: str
    label: Text
    kind: Kind = "text"
    _: KW_ONLY
    value: str | Callable[[Any, date], object] = ""
    link: str = ""
    link_to: str = ""
    under: str = ""
    sort: str = ""
    show: tuple[Place, ...] = ("page", "csv")
    needs: tuple[str, ...] | Callable[["QuerySet[Any]", datetime], "QuerySet[Any]"] = ()
    permission: str = ""
    late: Callable[[Any, date], bool] | None = None
    heading: Text = ""
    at_end: bool = False
    absent: Text = ""
    template: str = ""
    is_wide: bool = False
    words: int = 0
    letters: int = 0
    type: Any = None
    may_be_empty: bool = False
    about: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("number", "money")

    def is_seen_by(self, user: User) -> bool:
        return not self.permission or user.has_perm(self.permission)

    def with_needs(self, rows: "QuerySet[Any]", at: datetime) -> "QuerySet[Any]":
        if callable(self.needs):
            return self.needs(rows, at)
        return rows.select_related(*self.needs) if self.needs else rows

    def plain(self, row: Any, on: date) -> Any:
        """The value itself: of a choice its code."""
        return self.value(row, on) if callable(self.value) else _at(row, self.value or self.name)

    def said(self, row: Any, on: date) -> object:
        """The value as people read it, in the page and in the CSV."""
        if self.kind not in _CODED:
            found = self.plain(row, on)
            return str(found) if found is not None and self.kind in ("organisation", "person") else found
        if callable(self.value):
            found = self.value(row, on)
            return getattr(found, "label", found)
        *path, last = (self.value or self.name).split(".")
        return getattr(reduce(_get, path, row), f"get_{last}_display")()

    def cell(self, row: Any, on: date, below: tuple[Cell, ...] = ()) -> Cell:
        """What the page shows of the row in this column."""
        code = str(self.plain(row, on)) if self.kind == "status" else ""
        late = self.late is not None and self.late(row, on)
        return Cell(self, row, self.said(row, on), code, self._address(row), late, below)

    def _address(self, row: Any) -> str:
        to = _at(row, self.link_to) if self.link_to else row
        return reverse(self.link, args=[to.reference]) if self.link and to is not None else ""


def _at(row: Any, path: str) -> Any:
    """What is at the end of a path of attributes; nothing where something on the way is nothing."""
    return reduce(_get, path.split("."), row)


def _get(thing: Any, name: str) -> Any:
    return None if thing is None else getattr(thing, name)
