"""A list as a page with its filters, views and CSV."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from itertools import chain, islice
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from registry.accounts.models import User
from registry.filtersets import CsvColumn, FilterSet
from registry.web.reading import note_shown, shows_rows
from registry.worklists.models import SavedView

#: What is not of a view: which page of the list is open, and which row is shown beside it.
PAGE, BESIDE = "page", "beside"
#: How a list is looked at, whatever it is narrowed by: kept when filters change, and by a view. `hide`: the columns left out.
LOOK = ("sort", "hide", BESIDE)


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at a list: what it is called, where it is, and whether it is what is looked at."""

    title: str | Promise
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The ways to look at a list that the page offers, and where to keep this one or take it away as a file."""

    offered: tuple[View, ...] = ()
    save: str = ""
    csv: str = ""


#: What a view is called, and the query of its address.
Offered = Sequence[tuple[str | Promise, str]]


def list_page(
    request: HttpRequest,
    template: str,
    found: FilterSet[Any],
    *,
    of_list: str = "",
    offered: Offered = (),
    is_wrong: bool = False,
    **facts: Any,
) -> HttpResponse:
    """A list with its filters, and the page of it that the address asks for; 422 when a filter cannot be read.

    `of_list` is the name of a declared list: views of it can be saved, beside those that are `offered` to everybody, and it can be
    taken away as a file. `is_wrong` when something else than a filter, that was typed on the page, cannot be done.
    """
    page = found.page(request.GET.get(PAGE, ""))
    shows_rows(request, page.rows, way="list")
    views = _views(request, of_list, offered) if of_list else Views()
    status = 200 if found.form.is_valid() and not is_wrong else 422
    return render(request, template, {"filter": found, "page": page, "views": views, **facts}, status=status)


def _views(request: HttpRequest, of_list: str, offered: Offered) -> Views:
    here, address, user = query_to_keep(request.GET), reverse(of_list), cast(User, request.user)
    saved = SavedView.objects.filter(user=user, of_list=of_list).order_by("name", "pk")
    every = [*offered, *((view.name, view.query) for view in saved)]
    ways = tuple(View(title, f"{address}?{query}", _same(query, here)) for title, query in every)
    may_take = user.has_perm("registry.export_lists")
    return Views(
        offered=ways,
        save=f"{reverse('keep_view', args=[of_list])}?{here}" if here and not any(one.is_here for one in ways) else "",
        csv=f"{reverse(f'{of_list}_csv')}?{here}" if may_take else "",
    )


def query_to_keep(query: QueryDict) -> str:
    """The filters and the order of a list, as its address says them; not the page of it, nor what was left empty."""
    kept = QueryDict(mutable=True)
    for name in query:
        if name not in (PAGE, BESIDE) and (values := [value for value in query.getlist(name) if value]):
            kept.setlist(name, values)
    return kept.urlencode()


def _same(one: str, other: str) -> bool:
    return sorted(QueryDict(one).lists()) == sorted(QueryDict(other).lists())


def address_of(view: SavedView) -> str:
    return f"{reverse(view.of_list)}?{view.query}"


#: What a spreadsheet takes for the beginning of a formula, in plain and in full-width forms (docs/rules.md T24).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


LINES_AT_ONCE = 500
BYTE_ORDER_MARK = "\ufeff"


def spreadsheet_cell(text: str) -> str:
    """The text as a cell of CSV: what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def list_file(
    request: HttpRequest,
    of_list: str,
    found: FilterSet[Any],
    columns: Sequence[CsvColumn[Any]],
    *,
    note: Callable[..., object],
) -> HttpResponseBase:
    """All rows of a list as CSV, in its order, read and sent a stretch at a time; back to the list when a filter cannot be read.

    `note` is the action that writes down who took it: `registry.trail.actions.exports.take_list`.
    """
    if not found.form.is_valid():
        return redirect(f"{reverse(of_list)}?{query_to_keep(request.GET)}")
    note_shown(request, ((read, "export") for read in found.reads()))
    at = timezone.now()
    note(of_list, chosen=found.chosen(), rows=found.how_many(), by=request.user, at=at)
    rows = ([column.read(row) for column in columns] for row in found.rows())
    return table_file(of_list, [column.heading for column in columns], rows, on=timezone.localdate(at))


def table_file(
    name: str, headings: Iterable[str | Promise], rows: Iterable[Iterable[object]], *, on: date
) -> StreamingHttpResponse:
    """A table as CSV to be saved (RFC 4180), in the language of the page, safe to open in a spreadsheet.

    A mark at the beginning says UTF-8: Excel takes it for another encoding otherwise.
    """
    parts = _in_parts(chain([headings], rows), get_language())
    # The first rows are read now: a fault must be an answer, not a file that ends early.
    first = next(parts)
    response = StreamingHttpResponse(chain([BYTE_ORDER_MARK + first], parts), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{on}.csv"'
    return response


def _in_parts(rows: Iterable[Iterable[object]], language: str | None) -> Iterator[str]:
    """Some hundred lines at a time, each put into words in that language: whoever sends them may speak another by then."""
    waiting = iter(rows)
    while True:
        lines = StringIO()
        with translation.override(language):
            csv.writer(lines).writerows(map(_cell, row) for row in islice(waiting, LINES_AT_ONCE))
        if not lines.tell():
            return
        yield lines.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")[:16]
    return "" if value is None else spreadsheet_cell(str(value))
