"""What a holder was called and where it was on past days, as another authority tells us, and how that divides its standings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.take_overs.rules.tables import TableRow

#: The columns of an address, in holders.csv and in addresses.csv.
ADDRESS = ("line_1", "line_2", "town", "county", "postcode", "country")


def judge_names(rows: list[TableRow], *, today: date) -> None:
    """Put the past names of a holder in order and judge them; each row that is at fault says so itself."""
    for before, after in _judged(rows, today=today):
        text = _("It was still called “{name}” then. A holder has one legal name at a time.")
        after.fault("since", format_lazy(text, name=before["name"]))


def judge_addresses(rows: list[TableRow], *, today: date) -> None:
    """The same of its past addresses."""
    for row in rows:
        if not address_of(row):
            row.fault("line_1", _("The address is empty. Fill it in, or remove the row."))
    for before, after in _judged(rows, today=today):
        text = _("It was still at “{address}” then. A holder has one address at a time.")
        after.fault("since", format_lazy(text, address=", ".join(address_of(before).values())))


def _judged(rows: list[TableRow], *, today: date) -> Iterator[tuple[TableRow, TableRow]]:
    """The rows are put in order and their days judged; gives those that overlap."""
    rows.sort(key=lambda row: row["since"])
    for row in rows:
        if row["until"] <= row["since"]:
            row.fault("until", _("The last day is before the first. Correct one."))
        elif row["until"] > today:
            row.fault("until", _("The day is in the future. What is so today is for holders.csv."))
    for before, after in pairwise(rows):
        if after["since"] < before["until"]:
            yield before, after


def address_of(row: TableRow) -> dict[str, str]:
    """Without what is empty, as an organisation and an entry hold it."""
    return {name: row[name] for name in ADDRESS if row[name]}


def name_on(rows: Sequence[TableRow], day: date, *, now: str) -> str:
    """Its legal name on that day: that of today where the files name no other."""
    return next((row["name"] for row in _on(rows, day)), now)


def address_on(rows: Sequence[TableRow], day: date) -> Mapping[str, str] | None:
    """Its address on that day; None where the files say no other than that of today."""
    return next((address_of(row) for row in _on(rows, day)), None)


def _on(rows: Sequence[TableRow], day: date) -> Iterator[TableRow]:
    return (row for row in rows if row["since"] <= day < row["until"])


def former_names(rows: Sequence[TableRow], day: date, *, also: Sequence[str]) -> list[str]:
    """The names that it had had by that day, and had no more; `also` are those of which no days are known."""
    gone = [row["name"] for row in rows if row["until"] <= day]
    return [one for one in dict.fromkeys([*also, *gone]) if one != name_on(rows, day, now="")]


def divided(rows: Sequence[TableRow], first: date, until: date | None) -> list[date]:
    """The days from which something else was shown in a standing of these days: its first, and each of another name or address."""
    changes = {day for row in rows for day in (row["since"], row["until"])}
    return [first, *sorted(day for day in changes if first < day and (until is None or day < until))]


def periods(
    told: Sequence[tuple[TableRow, Any]], rows: Sequence[TableRow]
) -> Iterator[tuple[TableRow, Any, date, Any]]:
    """Standings, oldest first, divided by the days of names and addresses: each with what goes with it, its first day, and the day of the next."""
    following = [row["first_day"] for row, _of in told[1:]]
    for (row, of), until in zip_longest(told, following):
        for first, after in pairwise([*divided(rows, row["first_day"], until), until]):
            yield row, of, first, after
