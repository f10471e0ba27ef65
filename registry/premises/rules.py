"""What a list of places of work must hold, row by row."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

# How the lists write the countries, and how addresses keep them. Islands that are not in the United Kingdom have lists of
# theirs in ours.
COUNTRIES = {
    "england": "england",
    "scotland": "scotland",
    "wales": "wales",
    "northern ireland": "northern_ireland",
    "jersey": "elsewhere",
    "guernsey": "elsewhere",
    "isle of man": "elsewhere",
}
# The columns of a list of premises, each with the most characters that it may hold; those that must not be empty.
COLUMNS = {
    "approval_number": 30,
    "trading_name": 200,
    "address_1": 200,
    "address_2": 200,
    "address_3": 200,
    "town": 100,
    "postcode": 20,
    "country": 30,
    "local_authority": 100,
    "activities": 2000,
}
COMPULSORY = ("approval_number", "trading_name", "town", "country")
REPEATS = _("The same place as on an earlier line: taken once.")
CONTRADICTS = _("An earlier line has this approval number and name with other particulars: only that one was taken.")


def listing_faults(row: Mapping[Any, Any]) -> Iterator[Reason]:
    """Why a row of a list of premises cannot be used. Values by column; what stands beyond the last column is under None."""
    if set(row) != set(COLUMNS) or None in row.values():
        yield Reason("columns", _("There are too many or too few columns."))
        return
    for column, text in row.items():
        yield from _cell_faults(column, " ".join(text.split()))
    country = row["country"].strip()
    if country and country.lower() not in COUNTRIES:
        yield Reason(
            "country", format_lazy(_("“{country}” is no country that lists name."), country=country), "country"
        )


def _cell_faults(column: str, text: str) -> Iterator[Reason]:
    if not text and column in COMPULSORY:
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column=column), column)
    if len(text) > COLUMNS[column]:
        yield Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
    if not text.isprintable():
        yield Reason("unreadable", _("There are characters that cannot be read: is the file in UTF-8?"), column)
