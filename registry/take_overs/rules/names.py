"""What a holder was called on past days, as another authority tells us, and how that divides its standings."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.take_overs.rules.tables import TableRow


def judge_names(rows: list[TableRow], *, today: date) -> None:
    """Put the past names of a holder in order and judge them; each row that is at fault says so itself."""
    rows.sort(key=lambda row: row["since"])
    for row in rows:
        if row["until"] <= row["since"]:
            row.fault("until", _("The last day is before the first. Correct one."))
        elif row["until"] > today:
            row.fault("until", _("The day is in the future. A name that it has today is for holders.csv."))
    for before, after in pairwise(rows):
        if after["since"] < before["until"]:
            text = _("It was still called “{name}” then. A holder has one legal name at a time.")
            after.fault("since", format_lazy(text, name=before["name"]))


def name_on(rows: Sequence[TableRow], day: date, *, now: str) -> str:
    """Its legal name on that day: that of today where the files name no other."""
    return next((row["name"] for row in rows if row["since"] <= day < row["until"]), now)


def former_names(rows: Sequence[TableRow], day: date, *, also: Sequence[str]) -> list[str]:
    """The names that it had had by that day, and had no more; `also` are those of which no days are known."""
    gone = [row["name"] for row in rows if row["until"] <= day]
    return [one for one in dict.fromkeys([*also, *gone]) if one != name_on(rows, day, now="")]


def divided(rows: Sequence[TableRow], first: date, until: date | None) -> list[date]:
    """The days from which something else was shown in a standing of these days: its first, and each of another name."""
    changes = {day for row in rows for day in (row["since"], row["until"])}
    return [first, *sorted(day for day in changes if first < day and (until is None or day < until))]


def periods(
    told: Sequence[tuple[TableRow, Any]], rows: Sequence[TableRow]
) -> Iterator[tuple[TableRow, Any, date, Any]]:
    """Standings, oldest first, divided by the days of names: each with what goes with it, its first day, and the day of the next."""
    following = [row["first_day"] for row, _of in told[1:]]
    for (row, of), until in zip_longest(told, following):
        for first, after in pairwise([*divided(rows, row["first_day"], until), until]):
            yield row, of, first, after
