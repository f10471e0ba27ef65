"""A work list: its page, its CSV, their addresses, and what the home page says of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from registry import web
from registry.accounts.models import User
from registry.filtersets import CsvColumn, FilterSet, ListPage
from registry.tasks.filters import staff_tasks_about
from registry.trail.actions import exports
from registry.worklists.columns import Cell, Column, Place, Text
from registry.worklists.models import offer_views_of

TEMPLATE = "registry/work_list.html"
EXPORTS = "registry.export_lists"
#: The columns that are left out, in the address.
HIDE = "hide"
NOTHING = _("Nothing matches. Take a filter off, or look for other words.")


def _tasks_about(row: Any, by: User, at: datetime) -> Mapping[str, Any]:
    """What waits for someone about the row, of what this person may do or give away."""
    about = staff_tasks_about(type(row)).visible_to(by, timezone.localdate(at)).filter(subject_pk=row.pk)
    return {"tasks": [(task, task.is_overdue(at)) for task in about.first_due().select_related("owner")]}


@dataclass(frozen=True, slots=True)
class RowPreview:
    """What is shown of one row beside the list, on a wide screen: its columns and its tasks, where no template says otherwise.

    `facts` are for the template, of the row that this person may see, at a moment. `key` is the field by which the address names
    a row. `more` is a template that is drawn between the columns and the tasks.
    """

    template: str = "registry/worklists/preview.html"
    facts: Callable[[Any, User, datetime], Mapping[str, Any]] = _tasks_about
    key: str = "reference"
    more: str = ""


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list of staff, said once.

    `name` is that of its page among the addresses (the CSV is `<name>_csv`), in saved views and on the trail.
    `permission`: one of these is enough. `query` gives what this person may see, in one of the `filters`: the order is theirs.
    `count_in_words` says how many rows match: `ngettext_lazy("%(how_many)s case", "%(how_many)s cases", "n")`.
    `views` are offered to everyone, or are a function of the person: what each is called, and the query of its address.
    `template` extends `registry/work_list.html` where a list has parts of its own; `facts` are for those.
    `about` says in the menu what the list is.
    `has_csv`: whether it can be downloaded, and views of it saved.
    """

    name: str
    title: Text
    _: KW_ONLY
    url: str
    permission: str | tuple[str, ...]
    query: Callable[[Mapping[str, Any], User, datetime], FilterSet[Any]]
    filters: type[FilterSet[Any]]
    columns: tuple[Column, ...]
    count_in_words: Any  # the types of Django have no name for what ngettext_lazy gives
    views: web.Offered | Callable[[User], web.Offered] = ()
    nothing: Text = NOTHING
    template: str = TEMPLATE
    facts: Callable[[web.SignedIn, FilterSet[Any], datetime], Mapping[str, Any]] = lambda request, found, at: {}
    about: Text = ""
    has_csv: bool = True
    preview: RowPreview | None = None

    @property
    def permissions(self) -> tuple[str, ...]:
        return (self.permission,) if isinstance(self.permission, str) else self.permission

    def shown(self, place: Place, user: User) -> tuple[Column, ...]:
        """The columns that this person gets on the page, in the CSV or through the API."""
        return tuple(column for column in self.columns if place in column.show and column.is_seen_by(user))

    def found(self, asked: Mapping[str, Any], place: Place, *, by: User, at: datetime) -> FilterSet[Any]:
        """The rows that are left, with all that the columns of this place need."""
        found = self.query(asked, by, at)
        found.at = at
        for column in self.shown(place, by):
            found.queryset = column.with_needs(found.queryset, at)
        return found

    def page(self, request: web.SignedIn, *, is_wrong: bool = False, **more: Any) -> HttpResponse:
        """The page; `is_wrong` when something else than a filter, that was typed on it, cannot be done, with `more` facts."""
        at = timezone.now()
        found = self.found(request.GET, "page", by=request.user, at=at)
        return web.list_page(
            request,
            self.template,
            found,
            of_list=self.name if self.has_csv else "",
            offered=self.views(request.user) if callable(self.views) else self.views,
            is_wrong=is_wrong,
            title=self.title,
            shown=self._as_looked_at(request, at),
            **{**self.facts(request, found, at), **more},
        )

    def _as_looked_at(self, request: web.SignedIn, at: datetime) -> "Shown":
        """The list with the columns that are not hidden; and beside it the row that the address names."""
        query, on = request.GET, timezone.localdate(at)
        shown = Shown(self, self.shown("page", request.user), on, hidden=frozenset(query.getlist(HIDE)), query=query)
        if self.preview is None or web.BESIDE not in query:
            return shown
        rows = self.found({}, "page", by=request.user, at=at).queryset
        row = rows.filter(**{self.preview.key: query[web.BESIDE]}).first()
        web.shows(request, row, way="preview")
        return replace(shown, beside=row, facts_beside=self.preview.facts(row, request.user, at) if row else {})

    def csv(self, request: web.SignedIn) -> HttpResponseBase:
        at = timezone.now()
        on, found = timezone.localdate(at), self.found(request.GET, "csv", by=request.user, at=at)
        columns = [CsvColumn(one.label, partial(one.said, on=on)) for one in self.shown("csv", request.user)]
        return web.list_file(request, self.name, found, columns, note=exports.take_list)

    def urls(self) -> list[URLPattern]:
        needs = web.needs(*self.permissions)
        patterns = [path(self.url, require_safe(needs(self.page)), name=self.name)]
        if self.has_csv:
            view = require_POST(needs(web.needs(EXPORTS)(self.csv)))
            patterns.append(path(f"{self.url}list.csv", view, name=f"{self.name}_csv"))
        return patterns


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as one person sees it: what the template asks of it.

    `hidden`: the names of columns that are left out, never the first. `beside`: the row that is shown next to the list.
    """

    work_list: WorkList
    columns: tuple[Column, ...]
    on: date
    hidden: frozenset[str] = frozenset()
    query: QueryDict = field(default_factory=QueryDict)
    beside: Any = None
    facts_beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def every_heading(self) -> tuple[Column, ...]:
        shown = [column for column in self.columns if not column.under]
        return tuple(sorted(shown, key=lambda column: column.at_end))

    @property
    def headings(self) -> tuple[Column, ...]:
        first, *others = self.every_heading
        return (first, *(column for column in others if column.name not in self.hidden))

    @property
    def is_beside(self) -> bool:
        """Whether the reference of a row opens it next to the list."""
        return self.work_list.preview is not None and web.BESIDE in self.query

    @property
    def without_columns(self) -> list[tuple[str, str]]:
        """What the address says of all but the columns, for the form in which they are chosen."""
        return [(name, value) for name in self.query if name != HIDE for value in self.query.getlist(name)]

    def opens_beside(self, row: Any) -> str:
        """The address of this list with that row next to it; with nothing next to it for no row."""
        key = getattr(row, self.work_list.preview.key) if self.work_list.preview and row else ""
        return web.query_with(self.query, **{web.BESIDE: str(key)})

    def cells(self, row: Any) -> list[Cell]:
        cells = [column.cell(row, self.on, self._below(column, row)) for column in self.headings]
        if self.is_beside:
            cells[0] = replace(cells[0], href=f"{self.opens_beside(row)}#beside")
        return cells

    @property
    def cells_beside(self) -> list[Cell]:
        """Every column of the row next to the list, those below another as well."""
        return [column.cell(self.beside, self.on) for column in self.columns]

    @property
    def page_beside(self) -> str:
        """The address of the page of that row."""
        return next((cell.href for cell in self.cells_beside if cell.href), "")

    def _below(self, above: Column, row: Any) -> tuple[Cell, ...]:
        return tuple(column.cell(row, self.on) for column in self.columns if column.under == above.name)

    def how_many(self, page: ListPage[Any]) -> str:
        return str(self.work_list.count_in_words % {"n": page.count, "how_many": page.how_many})

    @property
    def nothing(self) -> str | Promise:
        return self.work_list.nothing


_declared: dict[str, WorkList] = {}


def declare(work_lists: Iterable[WorkList]) -> None:
    """Called by each app when it is ready, with its lists: views of them can be saved, and tests find them."""
    for work_list in work_lists:
        _declared[work_list.name] = work_list
        if work_list.has_csv:
            offer_views_of(work_list.name, work_list.title)


def declared() -> tuple[WorkList, ...]:
    """The lists of all apps, in the order in which they were declared."""
    return tuple(_declared.values())


def urls(work_lists: Iterable[WorkList]) -> list[URLPattern]:
    return [pattern for work_list in work_lists for pattern in work_list.urls()]
