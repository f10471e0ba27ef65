"""The shape of a table that is released: what each app declares, what is frozen, and what pages and files show.

Numbers are kept with their mark, so that nothing that reads a table has to guess why a cell is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """Why a cell has no number (the marks of official statistics)."""

    HIDDEN = "c"  # so that no person can be recognised
    IMPOSSIBLE = "z"  # the figure cannot exist
    UNKNOWN = "x"  # not available


class CountedThing(StrEnum):
    """What is counted: people have a threshold of ten, firms and visits are public business and have none."""

    FIRMS = "firms"
    VISITS = "visits"
    CASES = "cases"
    PEOPLE = "people"
    REPORTS = "reports"


Cell = int | float | Mark


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of dividing: its code and, in order, the code of each value with its title in each language of the site."""

    code: str
    title: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """One table of one edition: its dimensions, its measures, and a row for each combination that is shown.

    `rows`: the value's code of each dimension, in order, then the cell of each measure, in order.
    `source` says in a sentence how the figures are counted, `query` names the published query (docs/statistics.md).
    """

    code: str
    counts: CountedThing
    title: Mapping[str, str]
    about: Mapping[str, str]
    dimensions: tuple[Dimension, ...]
    measures: Mapping[str, Mapping[str, str]]  # code -> title by language
    units: Mapping[str, str]  # measure -> "businesses", "visits", "people", "working days", "per cent", "pounds"
    rows: tuple[tuple[str | Cell, ...], ...]
    query: str = ""
    notes: tuple[Mapping[str, str], ...] = field(default=())
