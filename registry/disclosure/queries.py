"""Tables that anyone may ask for, made of the frozen counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from registry.disclosure.models import KeyedCounts
from registry.disclosure.rules.cells import MOST_VARIABLES, Group, KeyedCell, Period, TableTime, period_of, table_of
from registry.editions.queries.published import not_published
from registry.editions.rules.quarters import quarter_number
from registry.editions.tables import CountedThing

#: How many cells a table may have: more is a file for programs, not a table.
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class CountedSubject:
    """What a table can be made of: people, reports or visits, of one scheme or of all."""

    subject: CountedThing
    scheme: str
    title: Mapping[str, str]

    @property
    def code(self) -> str:
        return f"{self.subject}-{self.scheme}" if self.scheme else str(self.subject)


@dataclass(frozen=True, slots=True)
class Variable:
    """A way of dividing, with its values in the order of its pack."""

    code: str
    title: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class FrozenCounts:
    """Everything frozen of one subject."""

    about: CountedSubject
    digests: tuple[str, ...]
    variables: tuple[Variable, ...]
    cells: tuple[KeyedCell, ...]
    quarters: tuple[int, ...]
    smallest: int
    prints_zero: bool


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The table that was asked for: its variables, periods, and a row for each combination."""

    variables: tuple[Variable, ...]
    time: TableTime
    periods: tuple[Period, ...]
    quarters: tuple[int, ...]
    rows: tuple[tuple[Group, list[int | None]], ...]
    has_noise: bool


class TooLarge(ValueError):
    """The table would have more than `MOST_CELLS` cells."""


def subjects(at: datetime) -> list[CountedSubject]:
    """What can be read by now, people first."""
    order = [CountedThing.PEOPLE, CountedThing.REPORTS, CountedThing.VISITS]
    found = _readable(at).order_by("quarter").values_list("subject", "scheme", "title")
    newest = {(subject, scheme): title for subject, scheme, title in found}
    return sorted(
        (CountedSubject(CountedThing(subject), scheme, title) for (subject, scheme), title in newest.items()),
        key=lambda one: (order.index(one.subject), one.scheme),
    )


def _readable(at: datetime) -> "QuerySet[KeyedCounts]":
    """What is frozen, without quarters whose edition is announced and not published: no figure is read before its minute."""
    waiting = map(quarter_number, not_published(at).values_list("code", flat=True))
    return KeyedCounts.objects.filter(frozen_at__lte=at).exclude(quarter__in=list(waiting))


def frozen_counts(about: CountedSubject, at: datetime) -> FrozenCounts:
    """All quarters of a subject, by the variables of the newest one."""
    rows = _readable(at).filter(subject=about.subject, scheme=about.scheme)
    return _read(about.subject, about.scheme, tuple(rows.order_by("quarter").values_list("digest", flat=True)))


@lru_cache(maxsize=16)
def _read(subject: CountedThing, scheme: str, digests: tuple[str, ...]) -> FrozenCounts:
    """What is frozen does not change, so each process reads it once."""
    rows = list(KeyedCounts.objects.filter(digest__in=digests).order_by("quarter"))
    variables = _variables(rows)
    codes = [one.code for one in variables]
    return FrozenCounts(
        CountedSubject(subject, scheme, rows[-1].title),
        digests,
        variables,
        tuple(cell for row in rows for cell in _cells(row, codes)),
        tuple(row.quarter for row in rows),
        max(row.smallest for row in rows),
        all(row.prints_zero for row in rows),
    )


def _variables(rows: Sequence[KeyedCounts]) -> tuple[Variable, ...]:
    """Those of the newest quarter, with the values of older ones behind its own."""
    newest = rows[-1].variables
    values: dict[str, dict[str, Any]] = {one["code"]: dict(one["values"]) for one in newest}
    for row in reversed(rows[:-1]):
        for one in row.variables:
            if one["code"] in values:
                values[one["code"]] = {**values[one["code"]], **_new(one["values"], values[one["code"]])}
    return tuple(Variable(one["code"], one["title"], values[one["code"]]) for one in newest)


def _new(older: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    return {code: title for code, title in older.items() if code not in known}


def _cells(row: KeyedCounts, codes: Sequence[str]) -> Iterable[KeyedCell]:
    own = [one["code"] for one in row.variables]
    places = [own.index(code) if code in own else -1 for code in codes]
    for *values, number, key in row.cells:
        yield KeyedCell(row.quarter, tuple(values[place] if place >= 0 else "" for place in places), number, key)


def own_table(counts: FrozenCounts, chosen: Sequence[str], time: TableTime) -> OwnTable:
    """A table over up to three variables and time.

    Raises ValueError for an unknown or repeated variable or more than three, TooLarge for a table with too many cells.
    """
    by_code = {one.code: place for place, one in enumerate(counts.variables)}
    places = [by_code[code] for code in dict.fromkeys(chosen) if code in by_code]
    if len(places) != len(chosen) or len(places) > MOST_VARIABLES:
        raise ValueError("unknown, repeated or too many variables")
    periods = tuple(dict.fromkeys(period_of(quarter, time) for quarter in counts.quarters))
    size = len(periods)
    for place in places:
        size *= len(counts.variables[place].values)
    if size > MOST_CELLS:
        raise TooLarge
    rows = _rows_of(counts.about.subject, counts.about.scheme, counts.digests, tuple(places), periods, time)
    chosen_variables = tuple(counts.variables[place] for place in places)
    return OwnTable(chosen_variables, time, periods, counts.quarters, rows, bool(counts.smallest))


@lru_cache(maxsize=64)
def _rows_of(
    subject: CountedThing,
    scheme: str,
    digests: tuple[str, ...],
    places: tuple[int, ...],
    periods: tuple[Period, ...],
    time: TableTime,
) -> tuple[tuple[Group, list[int | None]], ...]:
    """A table that was asked for is likely to be asked for again: as a file, or in another language."""
    counts = _read(subject, scheme, digests)
    values = [tuple(one.values) for one in counts.variables]
    rows = table_of(
        counts.cells, places, values, periods, time, smallest=counts.smallest, prints_zero=counts.prints_zero
    )
    return tuple(rows)
