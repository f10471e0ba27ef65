"""A spreadsheet of suppliers: what its columns hold, and each row read or refused with its number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import days, names
from registry.errors import Reason
from registry.form_fields import is_plain_number

#: Faults of rows that are said at once.
MOST_SAID = 50
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})")


class BoardColumn(TextChoices):
    SITE = "site", _("Site")
    PROVIDER = "provider", _("Provider")
    NUMBER = "number", _("Licence number")
    WORKERS = "workers", _("Workers")
    STARTS = "from", _("From")
    UNTIL = "until", _("Until")
    SUPPLIER_OF = "sub_supplier_of", _("Sub-supplier of")


_HEADINGS: dict[BoardColumn, str] = {
    BoardColumn.SITE: "site, location, place, depot, safle, lleoliad",
    BoardColumn.PROVIDER: "provider, labour provider, name, supplier, agency, company, darparwr, enw, cyflenwr",
    BoardColumn.NUMBER: "number, licence number, licence, licence no, urn, rhif, rhif trwydded, rhif y drwydded",
    BoardColumn.WORKERS: "workers, number of workers, headcount, people, gweithwyr",
    BoardColumn.STARTS: "from, start, starts, first day, since, o, dechrau",
    BoardColumn.UNTIL: "until, to, end, ends, last day, tan, hyd, diwedd",
    BoardColumn.SUPPLIER_OF: "sub supplier of, subsupplier of, supplier of, through, is gyflenwr i",
}
_COLUMNS = {names.fold(said): column for column, all_said in _HEADINGS.items() for said in all_said.split(", ")}
assert "" not in _COLUMNS


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One supplier as it was typed or stood in a row. `of`: the name or number of the provider that it supplies through."""

    site: str
    name: str
    number: str
    starts: date
    until: date | None = None
    workers: int | None = None
    of: str = ""
    row: int = 0

    @property
    def who(self) -> tuple[str, str]:
        return self.name.casefold(), self.number.casefold()


@dataclass(slots=True)
class ReadRows:
    """What a spreadsheet holds, or why it is refused: with one faulty row, none is taken."""

    lines: list[GivenLine] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


def read_rows(rows: Sequence[Sequence[str]], *, today: date) -> ReadRows:
    """The rows below the headings. A first day that is not given is today."""
    columns = [_COLUMNS.get(names.fold(cell)) for cell in rows[0]]
    read = ReadRows(reasons=list(_heading_faults(columns)))
    if read.reasons:
        return read
    for number, row in enumerate(rows[1:], 2):
        cells = {column: cell for column, cell in zip(columns, row, strict=True) if column}
        faults, line = _line_of(cells, number, today)
        read.reasons += (_of_row(number, text) for text in faults)
        read.lines += [line] if line else []
    read.reasons += _faults_of_all(read.lines)
    if len(read.reasons) > MOST_SAID:
        more = _("%(count)s more rows have faults.") % {"count": len(read.reasons) - MOST_SAID}
        read.reasons = [*read.reasons[:MOST_SAID], Reason("more_faults", more, "file")]
    return read


def _of_row(number: int, text: str | Promise) -> Reason:
    return Reason("row", _("Row %(number)s: %(text)s") % {"number": number, "text": text}, "file")


def _heading_faults(columns: Sequence[BoardColumn | None]) -> Iterator[Reason]:
    if BoardColumn.SITE not in columns or not {BoardColumn.PROVIDER, BoardColumn.NUMBER} & set(columns):
        text = _(
            "The first row must hold headings: Site, Provider or Licence number, Workers, From, Until, Sub-supplier of."
        )
        yield Reason("no_headings", text, "file")
    for column in BoardColumn:
        if columns.count(column) > 1:
            twice = _("Only one column can be: %(kind)s.") % {"kind": column.label}
            yield Reason("column_twice", twice, "file")


def _line_of(
    cells: Mapping[BoardColumn, str], number: int, today: date
) -> tuple[list[str | Promise], GivenLine | None]:
    faults: list[str | Promise] = []
    site, name, licence = (
        cells.get(column, "") for column in (BoardColumn.SITE, BoardColumn.PROVIDER, BoardColumn.NUMBER)
    )
    if not site or len(site) > 100:
        faults.append(_("Enter the name of the site, with at most 100 characters."))
    if not (name or licence) or len(name) > 200 or len(licence) > 60:
        faults.append(_("Enter the name or the licence number of the provider."))
    starts = _day(cells.get(BoardColumn.STARTS, ""), today, faults)
    until = _day(cells.get(BoardColumn.UNTIL, ""), today, faults)
    workers = _whole(cells.get(BoardColumn.WORKERS, ""), faults)
    if starts and until and until < starts:
        faults.append(_("The last day must be the first day or a later one."))
    if faults:
        return faults, None
    of = cells.get(BoardColumn.SUPPLIER_OF, "")
    return faults, GivenLine(site, name, licence, starts or today, until, workers, of, number)


def _day(text: str, today: date, faults: list[str | Promise]) -> date | None:
    if not text:
        return None
    if (found := read_day(text)) is None or not days.is_possible(found, today=today):
        faults.append(
            _("“%(text)s” is not a date that we can read. Write it like 2026-03-27 or 27/03/2026.")
            % {"text": text[:30]}
        )
        return None
    return found


def read_day(text: str) -> date | None:
    """A day with the year first, or with the day first as in Britain; an instant at midnight as spreadsheets write it."""
    if found := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole(text: str, faults: list[str | Promise]) -> int | None:
    if not text:
        return None
    if is_plain_number(text) and text.isdecimal() and len(text) < 7:
        return int(text)
    faults.append(_("The number of workers must be a whole number, like 12."))
    return None


def _faults_of_all(lines: Sequence[GivenLine]) -> Iterator[Reason]:
    """What can be seen only of all rows: a provider that no row names, and the same provider twice."""
    providers = {(line.site.casefold(), said) for line in lines if not line.of for said in line.who if said}
    seen: set[object] = set()
    for line in lines:
        if line.of and (line.site.casefold(), line.of.casefold()) not in providers:
            text = _("No row names “%(name)s” as a provider at this site.") % {"name": line.of[:60]}
            yield _of_row(line.row, text)
        key = (line.site.casefold(), line.of.casefold(), line.who, line.starts)
        if key in seen:
            yield _of_row(line.row, _("This provider is named twice for this site and this first day."))
        seen.add(key)
