"""Before a release is published: what follows from all of it, and from everything else that is published, is looked for.

A window of a table from which a small number follows is withdrawn, so that a sentence elsewhere cannot give away what a table
leaves out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.disclosure.rules.constraints import Bounds, Cell, Constraint, cells_of, narrowed, published, structure
from registry.disclosure.rules.releases import TOGETHER, TOTAL, CountedRows, Released, Rows, Threshold
from registry.disclosure.rules.windows import Window


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """A small number that a table leaves out: what an attacker wants."""

    table: str
    row: str
    window: Window
    number: int

    @property
    def cell(self) -> Cell:
        return (self.table, self.row, self.window)


def targets(
    tables: Sequence[CountedRows], totals: Mapping[int, int], released: Released, threshold: Threshold
) -> Iterator[HiddenNumber]:
    """Every number under the threshold that is left out, totals too."""
    for table in tables:
        for window, rows in released.get(table.code, {}).items():
            counts = {
                **table.within(window),
                **table.coarsely_within(window),
                TOTAL: sum(totals.get(quarter, 0) for quarter in window.all),
            }
            for row, number in rows.items():
                if number is None and row != TOGETHER and is_small(counts[row], threshold):
                    yield HiddenNumber(table.code, row, window, counts[row])


def is_small(number: int, threshold: Threshold) -> bool:
    return int(threshold.prints_zero) <= number < threshold.smallest


def register(
    tables: Sequence[CountedRows],
    released: Released,
    wanted: Iterable[HiddenNumber],
    quarters: Sequence[int],
    claims: Sequence[Constraint] = (),
) -> list[Constraint]:
    """Everything published, with one unknown for each number that is wanted."""
    by_code = {one.code: one for one in tables}
    sums = [_sum_of(one, by_code[one.table]) for one in wanted]
    return [*structure(tables, quarters), *published(tables, released), *claims, *sums]


def _sum_of(target: HiddenNumber, table: CountedRows) -> Constraint:
    parts = cells_of(table, target.row, target.window, {})
    return Constraint({**parts, target.cell: -1}, 0, 0, "what an attacker wants")


def known_of(wanted: Iterable[HiddenNumber], released: Released, threshold: Threshold) -> dict[Cell, Bounds]:
    """What the strongest attacker knows beforehand: which gaps are under the threshold, and, beside zeros, that they are not zero."""
    return {
        one.cell: (int(threshold.prints_zero and _is_told(released[one.table][one.window])), threshold.smallest - 1)
        for one in wanted
    }


def _is_told(rows: Rows) -> bool:
    return any(number is not None for number in rows.values())


def given_away(
    tables: Sequence[CountedRows],
    totals: Mapping[int, int],
    released: Released,
    threshold: Threshold,
    *,
    claims: Sequence[Constraint] = (),
) -> list[HiddenNumber]:
    """The small numbers that follow, for someone who knows which gaps are small."""
    quarters = sorted(totals)
    wanted = list(targets(tables, totals, released, threshold))
    known = known_of(wanted, released, threshold)
    bounds = narrowed(register(tables, released, wanted, quarters, claims), known)
    return [one for one in wanted if bounds[one.cell] == (one.number, one.number)]


def withdraw(
    tables: Sequence[CountedRows],
    totals: Mapping[int, int],
    released: Mapping[str, Mapping[Window, Rows]],
    threshold: Threshold,
    *,
    claims: Sequence[Constraint] = (),
) -> dict[str, dict[Window, Rows]]:
    """The release without the windows of tables from which a small number follows."""
    kept = {code: dict(windows) for code, windows in released.items()}
    while True:
        found = given_away(tables, totals, kept, threshold, claims=claims)
        out = {(one.table, one.window) for one in found if _is_told(kept[one.table][one.window])}
        if not out:
            return kept
        for code, window in out:
            kept[code][window] = dict.fromkeys(kept[code][window])
