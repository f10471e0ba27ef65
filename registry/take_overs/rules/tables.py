"""The files that a register is taken over from: which columns each has, and how a cell is read. Every fault is said at once."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import days, identifiers
from registry.identifiers import InvalidIdentifier
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations.models import LegalStatus, RoleKind
from registry.register.states import LICENSED_STANDINGS, Standing

#: How days may be written; no day reads as another one in two of these.
DATES = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD/MM/YYYY": "%d/%m/%Y",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD Mon YYYY": "%d %b %Y",
    "DD Month YYYY": "%d %B %Y",
}
#: What the manifest says of a column that is not read.
NOT_READ = "-"
#: What separates the parts of a cell that holds several.
SEVERAL = ";"
#: The standings that a licence can have: one that was applied for or refused is none.
STANDINGS = (*sorted(LICENSED_STANDINGS), Standing.SUSPENDED, Standing.REVOKED, Standing.EXPIRED, Standing.SURRENDERED)


class RowFault(NamedTuple):
    """What is wrong in which row of which file, and what to do. Row 0 is the file as a whole."""

    file: str
    row: int
    field: str
    text: str


class Unreadable(ValueError):
    """A cell that is not what its column holds; says what to do."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    name: str
    reads: Callable[[str, "TableTerms"], Any]
    required: bool = False
    longest: int = 0
    empty: Any = ""
    spared: bool = False  # the public never reads it: what is wrong in it leaves the cell out, and keeps no holder out


@dataclass(frozen=True, slots=True)
class TableTerms:
    """What the manifest says of all files, and the codes of the scheme. `codes` has, by column, ours for each of theirs."""

    dates: Sequence[str]
    codes: Mapping[str, Mapping[str, str]]
    today: date
    sectors: frozenset[str]
    nations: frozenset[str]
    standards: frozenset[str]
    languages: frozenset[str]


@dataclass(slots=True)
class TableRow:
    """One row with its values by column, and the number that a spreadsheet shows beside it."""

    file: str
    number: int
    values: dict[str, Any]
    faults: list[RowFault] = field(default_factory=list)
    left_out: list[RowFault] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def fault(self, name: str, text: Any) -> None:
        self.faults.append(RowFault(self.file, self.number, name, str(text)))

    def leave_out(self, name: str, text: Any) -> None:
        """Something is not taken over as it is told, and a person is asked about it. It keeps no holder out."""
        self.left_out.append(RowFault(self.file, self.number, name, str(text)))


def _text(cell: str, _terms: TableTerms) -> str:
    return " ".join(cell.split())


def folded(text: str) -> str:
    """As the headings and codes of other files are compared."""
    return " ".join(text.casefold().split())


def _words(cell: str, _terms: TableTerms) -> str:
    return cell.strip()


def _several(cell: str, _terms: TableTerms) -> list[str]:
    return [part for one in cell.split(SEVERAL) if (part := " ".join(one.split()))]


def _day(cell: str, terms: TableTerms) -> date:
    for form in terms.dates:
        with suppress(ValueError):
            found = date(*time.strptime(cell.strip(), DATES[form])[:3])
            if days.is_possible(found, today=terms.today):
                return found
    like = " / ".join(date(2026, 3, 27).strftime(DATES[form]) for form in terms.dates)
    raise Unreadable(format_lazy(_("Enter a real date like {like}."), like=like))


def _birthday(cell: str, terms: TableTerms) -> date:
    if (found := _day(cell, terms)) > terms.today:
        raise Unreadable(_("Enter a day of birth in the past."))
    return found


def _identifier(read: Callable[[str], str]) -> Callable[[str, TableTerms], str]:
    def reads(cell: str, _terms: TableTerms) -> str:
        try:
            return read(cell)
        except InvalidIdentifier as wrong:
            raise Unreadable(wrong.text) from None

    return reads


def _one_of(choices: Sequence[str]) -> Callable[[str, TableTerms], str]:
    def reads(cell: str, _terms: TableTerms) -> str:
        code = "_".join(cell.lower().split())
        if code not in choices:
            raise Unreadable(format_lazy(_("Enter one of: {codes}."), codes=", ".join(choices)))
        return code

    return reads


def _codes(name: str) -> Callable[[str, TableTerms], list[str]]:
    """Codes that the scheme has, under this name of `TableTerms`."""

    def reads(cell: str, terms: TableTerms) -> list[str]:
        known = getattr(terms, name)
        found = _several(cell, terms)
        if unknown := [code for code in found if code not in known]:
            text = _("“{unknown}” is no code of the scheme. Use {codes}.")
            raise Unreadable(format_lazy(text, unknown=", ".join(unknown), codes=", ".join(sorted(known))))
        return found

    return reads


def _code(name: str) -> Callable[[str, TableTerms], str]:
    several = _codes(name)

    def reads(cell: str, terms: TableTerms) -> str:
        return ", ".join(several(cell, terms))

    return reads


def _wanted(name: str, reads: Callable[[str, TableTerms], Any] = _text, longest: int = 0) -> TableColumn:
    return TableColumn(name, reads, required=True, longest=longest)


def _day_or_none(*names: str) -> Iterator[TableColumn]:
    return (TableColumn(name, _day, empty=None) for name in names)


_ADDRESS = tuple(TableColumn(name, _text, longest=100) for name in ("line_1", "line_2", "town", "county", "postcode"))
_CONTACT = (
    TableColumn("telephone", _identifier(identifiers.telephone), spared=True),
    TableColumn("email", _identifier(identifiers.email), spared=True),
)

TABLES: dict[str, tuple[TableColumn, ...]] = {
    "holders": (
        _wanted("holder", longest=60),
        _wanted("legal_name", longest=200),
        TableColumn("trading_names", _several, empty=()),
        TableColumn("former_names", _several, empty=()),
        TableColumn("legal_status", _one_of(LegalStatus.values)),
        TableColumn("company_number", _identifier(identifiers.company_number)),
        TableColumn("utr", _identifier(identifiers.utr), spared=True),
        TableColumn("vat_number", _identifier(identifiers.vat), spared=True),
        *_ADDRESS,
        TableColumn("country", _code("nations")),
        *_CONTACT,
        TableColumn("website", _identifier(identifiers.website), longest=200),
        TableColumn("language", _code("languages")),
    ),
    "people": (
        _wanted("holder", longest=60),
        _wanted("role", _one_of(RoleKind.values)),
        TableColumn("full_name", _text, longest=200),
        TableColumn("title", _text, longest=200),
        TableColumn("date_of_birth", _birthday, empty=None, spared=True),
        TableColumn("nino", _identifier(identifiers.nino), spared=True),
        *_CONTACT,
        _wanted("since", _day),
        *_day_or_none("until"),
    ),
    "names": (
        _wanted("holder", longest=60),
        _wanted("name", longest=200),
        _wanted("since", _day),
        _wanted("until", _day),
    ),
    "addresses": (
        _wanted("holder", longest=60),
        *_ADDRESS,
        TableColumn("country", _code("nations")),
        _wanted("since", _day),
        _wanted("until", _day),
    ),
    "licences": (
        _wanted("licence_number", longest=60),
        _wanted("holder", longest=60),
        _wanted("granted_on", _day),
        _wanted("valid_from", _day),
        _wanted("valid_until", _day),
        _wanted("status", _one_of(LicenceStatus.values)),
        *_day_or_none("status_from", "suspended_from", "suspended_until"),
        _wanted("sectors", _codes("sectors")),
        TableColumn("countries_supplied", _codes("nations"), empty=()),
    ),
    "conditions": (
        _wanted("licence_number", longest=60),
        _wanted("standard", _code("standards")),
        _wanted("requirement", _words, longest=2000),
        _wanted("imposed_on", _day),
        _wanted("due_on", _day),
        _wanted("status", _one_of(ConditionStatus.values)),
        *_day_or_none("closed_on"),
    ),
    "standings": (
        _wanted("licence_number", longest=60),
        _wanted("first_day", _day),
        _wanted("standing", _one_of([str(one) for one in STANDINGS])),
        _wanted("term_from", _day),
        _wanted("term_until", _day),
        *_day_or_none("suspended_until", "gone_from"),
        TableColumn("number_then", _text, longest=60),
    ),
    "documents": (
        _wanted("holder", longest=60),
        _wanted("file", _text, longest=200),
        TableColumn("title", _text, longest=100),
    ),
}
#: Files that may be missing: an authority may keep none of these.
OPTIONAL = frozenset({"people", "names", "addresses", "conditions", "documents"})


def header_faults(table: str, header: Sequence[str]) -> Iterator[RowFault]:
    """What is wrong with the headings: without the right ones no row can be read."""
    known = {column.name for column in TABLES[table]}
    file = f"{table}.csv"
    read = [name for name in header if name != NOT_READ]
    for name in read:
        if name not in known:
            text = format_lazy(
                _("There is no column “{name}”. Use {names}."), name=name, names=", ".join(sorted(known))
            )
            yield RowFault(file, 1, name, str(text))
    for column in TABLES[table]:
        if column.required and column.name not in header:
            yield RowFault(file, 1, column.name, str(_("The column is missing. Add it.")))
    if len(set(read)) < len(read):
        yield RowFault(file, 1, "", str(_("Two columns have the same heading. Remove one.")))


def read_row(table: str, number: int, cells: Mapping[str, str], terms: TableTerms) -> TableRow:
    """One row, with a fault for each cell that cannot be used."""
    row = TableRow(f"{table}.csv", number, {})
    for column in TABLES[table]:
        try:
            row.values[column.name] = _cell(column, cells.get(column.name, ""), terms)
        except Unreadable as wrong:
            row.values[column.name] = column.empty if column.spared else None
            (row.leave_out if column.spared else row.fault)(column.name, wrong)
    return row


def _cell(column: TableColumn, cell: str, terms: TableTerms) -> Any:
    if codes := terms.codes.get(column.name):
        cell = SEVERAL.join(codes.get(folded(part), part) for part in cell.split(SEVERAL))
    if not cell.strip():
        if column.required:
            raise Unreadable(_("The cell is empty. Fill it in."))
        return column.empty
    if column.longest and len(cell) > column.longest:
        raise Unreadable(format_lazy(_("Use at most {most} characters."), most=column.longest))
    return column.reads(cell, terms)
