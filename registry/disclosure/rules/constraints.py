"""The register of what is published about people: every number, total, percentage and sentence as a bound on a sum of counts.

The unknowns are the people in each row of each table in each quarter, and all people in each quarter. What follows about an
unknown from all of it together is looked for by narrowing bounds. Tests ask a solver too (tests/registry/disclosure).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from registry.disclosure.rules.releases import TOGETHER, TOTAL, CountedRows, Released
from registry.disclosure.rules.windows import Window

#: A row of a table in a quarter or a longer window; all people of the quarter have no table and no row.
Cell = tuple[str, str, int | Window]
#: Between which numbers an unknown is; None: there is no upper one.
Bounds = tuple[int, int | None]
ALL = ""
#: Bounds that lean on each other may creep; what settles does so before.
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Constraint:
    """A sum of counts is from `low` to `high`; `source` says where it is published, or why it is known."""

    terms: Mapping[Cell, int]
    low: int
    high: int | None
    source: str


def everyone(quarter: int | Window) -> Cell:
    return (ALL, ALL, quarter)


def structure(tables: Sequence[CountedRows], quarters: Sequence[int]) -> Iterator[Constraint]:
    """What everyone knows: the rows of a table are all people, a row of mentions holds no more than all."""
    for table in tables:
        for quarter in quarters:
            whole: dict[Cell, int] = {everyone(quarter): -1}
            if table.mentions:
                for row in table.rows:
                    yield Constraint(
                        {**whole, (table.code, row, quarter): 1}, -(10**9), 0, f"{table.code}: each row is of all"
                    )
            else:
                rows: dict[Cell, int] = {(table.code, row, quarter): 1 for row in table.rows}
                yield Constraint({**whole, **rows}, 0, 0, f"{table.code}: the rows are all")


def published(tables: Sequence[CountedRows], released: Released) -> Iterator[Constraint]:
    """Every number of the tables."""
    for table in tables:
        for window, rows in released.get(table.code, {}).items():
            for row, number in rows.items():
                if number is not None:
                    cells = cells_of(table, row, window, rows)
                    yield Constraint(cells, number, number, f"{table.code}, {window}: {row or 'all'}")


def cells_of(table: CountedRows, row: str, window: Window, rows: Mapping[str, int | None]) -> dict[Cell, int]:
    """What a published row is a sum of."""
    if row == TOTAL:
        return {everyone(quarter): 1 for quarter in window.all}
    named = [one for one in rows if rows[one] is None and one != TOTAL] if row == TOGETHER else [row]
    parts = [part for one in named for part in table.coarser.get(one, (one,))]
    return {(table.code, part, quarter): 1 for part in parts for quarter in window.all}


def percentage(
    part: Iterable[Cell], whole: Iterable[Cell], percent: int, *, of: int, source: str
) -> tuple[Constraint, ...]:
    """A sentence such as "20 in 100": the part is between half a per cent less and half a per cent more of `of` people.

    `of` is the number that the whole is printed with elsewhere.
    """
    low, high = Fraction(2 * percent - 1, 200) * of, Fraction(2 * percent + 1, 200) * of
    return (
        Constraint(dict.fromkeys(part, 1), max(0, ceil(low)), floor(high), source),
        Constraint(dict.fromkeys(whole, 1), of, of, source),
    )


def narrowed(constraints: Sequence[Constraint], bounds: Mapping[Cell, Bounds] | None = None) -> dict[Cell, Bounds]:
    """Between which numbers each unknown must be, as far as narrowing bound by bound shows."""
    found: dict[Cell, Bounds] = dict.fromkeys((cell for one in constraints for cell in one.terms), (0, None))
    found.update(bounds or {})
    waiting = list(constraints)
    of_cell: dict[Cell, list[Constraint]] = {}
    for one in constraints:
        for cell in one.terms:
            of_cell.setdefault(cell, []).append(one)
    for _round in range(ROUNDS):
        changed = {cell for one in waiting for cell in _narrow(one, found)}
        if not changed:
            break
        waiting = list({id(one): one for cell in changed for one in of_cell[cell]}.values())
    return found


def _narrow(constraint: Constraint, found: dict[Cell, Bounds]) -> Iterator[Cell]:
    """Tighten the bounds of each cell by those of the others; says which changed."""
    for cell, times in constraint.terms.items():
        others = [_times(found[other], by) for other, by in constraint.terms.items() if other != cell]
        least = _sum(low for low, _high in others)
        most = _sum(high for _low, high in others)
        low = None if most is None else constraint.low - most
        high = None if least is None or constraint.high is None else constraint.high - least
        tighter = _within(found[cell], _divided(low, high, times))
        if tighter != found[cell]:
            found[cell] = tighter
            yield cell


def _times(bounds: Bounds, by: int) -> tuple[int | None, int | None]:
    low, high = bounds
    upper = None if high is None else high * by
    return (low * by, upper) if by > 0 else (upper, low * by)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(number or 0 for number in known)


def _divided(low: int | None, high: int | None, times: int) -> tuple[int | None, int | None]:
    if times < 0:
        low, high, times = None if high is None else -high, None if low is None else -low, -times
    return None if low is None else -(-low // times), None if high is None else high // times


def _within(bounds: Bounds, tighter: tuple[int | None, int | None]) -> Bounds:
    (low, high), (new_low, new_high) = bounds, tighter
    if new_low is not None:
        low = max(low, new_low)
    if new_high is not None:
        high = new_high if high is None else min(high, new_high)
    return low, high
