"""Base cells with their keys, and the tables that anyone may ask for: sums of base cells over up to three variables and time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from registry.disclosure.rules.noise import KEYS, published_number
from registry.editions.tables import CountedThing

#: How many variables a table may have beside time.
MOST_VARIABLES = 3


class TableTime(StrEnum):
    """How a table is divided by time."""

    ALL = "all"
    YEAR = "year"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class KeyedCell:
    """A number of people, reports or visits with the same value of every variable in one quarter, and its key."""

    quarter: int
    values: tuple[str, ...]
    number: int
    key: int


Group = tuple[str, ...]
#: A period: the year, the quarter, or 0 for all quarters.
Period = int
Sums = Mapping[tuple[Group, Period], tuple[int, int]]


def period_of(quarter: int, time: TableTime) -> Period:
    return {TableTime.ALL: 0, TableTime.YEAR: quarter // 4, TableTime.QUARTER: quarter}[time]


def sums_of(cells: Iterable[KeyedCell], places: Sequence[int], time: TableTime) -> Sums:
    """The number and key of each cell of a table by the variables at these places; the key does not depend on the table."""
    found: dict[tuple[Group, Period], tuple[int, int]] = {}
    for cell in cells:
        at = (tuple(cell.values[place] for place in places), period_of(cell.quarter, time))
        number, key = found.get(at, (0, 0))
        found[at] = (number + cell.number, (key + cell.key) % KEYS)
    return found


def table_of(
    cells: Iterable[KeyedCell],
    places: Sequence[int],
    values: Sequence[Sequence[str]],
    periods: Sequence[Period],
    time: TableTime,
    *,
    smallest: int,
    prints_zero: bool,
) -> list[tuple[Group, list[int | None]]]:
    """Each combination of the values of the variables at these places, with what is shown in each period."""
    sums = sums_of(cells, places, time)
    return [
        (
            group,
            [
                published_number(*sums.get((group, period), (0, 0)), smallest=smallest, prints_zero=prints_zero)
                for period in periods
            ],
        )
        for group in product(*(values[place] for place in places))
    ]


@dataclass(frozen=True, slots=True)
class CountsToFreeze:
    """The counts of one quarter by every variable: how many have these values, in the order of the variables."""

    subject: CountedThing
    scheme: str
    title: Mapping[str, str]
    quarter: int
    variables: Sequence[Mapping[str, Any]]
    numbers: Mapping[tuple[str, ...], int]
    smallest: int
    prints_zero: bool
