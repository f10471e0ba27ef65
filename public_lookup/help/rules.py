"""Whether pay is below the minimum wage, and where a postcode is.

`config/static/help/calculator.js` counts the same on the device: `tests/public_lookup/help/wages.json` is tried on both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

#: A number with up to two decimals, by a point or a comma.
NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
#: A postcode with or without its second half.
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")
#: The columns of a list of places that help, each with the most characters that it may hold; and those that may be empty.
COLUMNS = {
    "name": 200,
    "kind": 20,
    "address": 300,
    "town": 100,
    "postcode": 10,
    "telephone": 40,
    "languages": 200,
    "hours": 200,
}
MAY_BE_EMPTY = frozenset({"telephone", "languages", "hours"})


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What a worker says of some time: hundredths of hours, nights, and pence."""

    hours: int
    pay: int
    taken: int = 0
    rent: int = 0
    nights: int = 0


@dataclass(frozen=True, slots=True)
class WageAnswer:
    """In pence: the least that was due, the pay that counts, and what is missing."""

    due: int
    counted: int
    short: int


def hundredths(typed: str) -> int | None:
    """A number as it is typed, times a hundred: pounds are pence then. None where it is no number."""
    plain = re.sub(r"[\s£]", "", typed)
    if not NUMBER.fullmatch(plain):
        return None
    whole, _point, part = plain.replace(",", ".").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")


def wage_of(work: WorkDone, *, rate: int, offset: int) -> WageAnswer:
    """Compare pay with the minimum; `rate` is for an hour, `offset` for a night of housing.

    Rent up to the offset does not count, what is above lowers the pay, and free housing raises it by the offset.
    """
    due = (work.hours * rate + 50) // 100
    allowed = offset * work.nights
    housing = allowed if not work.rent else -max(0, work.rent - allowed)
    counted = work.pay - work.taken + housing
    return WageAnswer(due, counted, max(0, due - counted))


def pounds(pence: int) -> str:
    """£1,234.50, and -£3.00 below zero."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) / 100:,.2f}"


def outward_of(typed: str) -> str:
    """The first half of a postcode, PE21 of "pe21 6ab"; empty where it is none."""
    found = POSTCODE.fullmatch("".join(c for c in typed.upper() if c.isalnum()))
    return found[1] if found else ""


def place_faults(row: Mapping[Any, Any], kinds: Mapping[str, Any]) -> Iterator[Reason]:
    """Why a row of a list of places that help cannot be used; `kinds` are those there are."""
    if set(row) != set(COLUMNS) or None in row.values():
        yield Reason("columns", _("There are too many or too few columns."))
        return
    for column, text in row.items():
        yield from _cell_faults(column, text)
    if row["kind"] not in kinds:
        text = format_lazy(_("The kind must be one of: {kinds}."), kinds=", ".join(kinds))
        yield Reason("kind", text, "kind")
    if not outward_of(row["postcode"]):
        yield Reason("postcode", _("The postcode is not complete."), "postcode")


def _cell_faults(column: str, text: str) -> Iterator[Reason]:
    if not text.strip() and column not in MAY_BE_EMPTY:
        yield Reason("empty", format_lazy(_("The column {column} is empty."), column=column), column)
    if len(text) > COLUMNS[column]:
        yield Reason("too_long", format_lazy(_("The column {column} is too long."), column=column), column)
