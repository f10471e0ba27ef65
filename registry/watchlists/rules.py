"""What a list to check against must hold, row by row."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.companies.rules import LONGEST_CELL, day_of
from registry.errors import Reason
from registry.identifiers import InvalidIdentifier, company_number

# The columns of a list to check against, by our names.
LISTED_COLUMNS = ("name", "aliases", "date_of_birth", "company_number", "reference", "from", "to", "source")

#: With what a reader marks a line of which it makes no row.
NOT_READ = "not_read"


def listed_faults(row: Mapping[str, str]) -> Iterator[Reason]:
    """Why a row of a list to check against cannot be used."""
    if row.get(NOT_READ):
        yield Reason("not_read", _("This line cannot be read as an entity."))
        return
    if not row["name"].strip():
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column="name"), "name")
    if not (row["date_of_birth"].strip() or row["company_number"].strip()):
        yield Reason(
            "unfindable",
            _("Enter the date of birth or the company number: a name alone is not enough to find a match."),
        )
    for column in [one for one in ("date_of_birth", "from", "to") if row[one].strip() and listed_day(row[one]) is None]:
        yield Reason("no_day", format_lazy(_("The column {column} holds no day."), column=column), column)
    if row["company_number"].strip() and listed_number(row["company_number"]) is None:
        yield Reason("number", _("There is no company number of 8 characters."), "company_number")
    yield from _too_long(row)


def _too_long(row: Mapping[str, str]) -> Iterator[Reason]:
    most = {"aliases": 25 * LONGEST_CELL, "reference": LONGEST_CELL // 2}
    for column, text in row.items():
        if len(text) > most.get(column, LONGEST_CELL):
            yield Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
    if not "".join(row.values()).replace("\n", " ").isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"))


def listed_day(text: str) -> date | None:
    """A day as such lists write it: 2015-03-27 or 27/03/2015. None when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return day_of(text)


def listed_number(text: str) -> str | None:
    """A company number in its eight characters. None when it is none."""
    try:
        return company_number(text)
    except InvalidIdentifier:
        return None
