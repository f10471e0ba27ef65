"""Tables of shares with their intervals: what is drawn of them, and the sentence that they allow."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.editions.queries.declaring import ALL, word
from registry.editions.queries.published import Key, cells_of
from registry.editions.tables import Cell, ReleaseTable

#: The measures of a table of shares that are drawn as intervals, and the value of a row that is a difference.
INTERVALS = ("rate", "low", "high")
DIFFERENCE = "difference"
#: Of each value of the first dimension as many comparisons are on the page.
MOST_COMPARED = 6
ALL_IN_FILE = gettext_lazy("The standards that were most often not met are shown here. All of them are in the file.")


@dataclass(frozen=True, slots=True)
class PlottedShare:
    """A share, or a difference of two, with its interval, as a plot takes it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlottedRow:
    """One row of a plot of intervals."""

    label: str
    estimate: PlottedShare


def has_intervals(table: ReleaseTable) -> bool:
    return set(INTERVALS) <= set(table.measures)


def on_page(table: ReleaseTable) -> tuple[ReleaseTable, bool]:
    """What the page shows of a table, and whether that is all: of shares the first comparisons, as each has several rows."""
    if not has_intervals(table):
        return table, True
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row in table.rows:
        of = groups.setdefault(str(row[0]), [])
        if (key := _compared(row[: len(table.dimensions)])) not in of:
            of.append(key)
    shown = {key for of in groups.values() for key in of[:MOST_COMPARED]}
    rows = tuple(row for row in table.rows if _compared(row[: len(table.dimensions)]) in shown)
    return replace(table, rows=rows), len(rows) == len(table.rows)


def _compared(key: tuple[str | Cell, ...]) -> tuple[str, ...]:
    """What is compared with what it is compared with: all but the last dimension, which says which of these a row is."""
    return tuple(map(str, key[:-1]))


def plot_of(table: ReleaseTable) -> tuple[PlottedRow, ...]:
    """The rows that have an interval, of each comparison the difference last; none of a table without intervals."""
    if not has_intervals(table):
        return ()
    found: dict[tuple[str, ...], list[tuple[bool, PlottedRow]]] = {}
    for key, cells in cells_of(table).items():
        rows = found.setdefault(_compared(key), [])
        numbers = [one for one in (cells[name] for name in INTERVALS) if isinstance(one, int | float)]
        if len(numbers) == len(INTERVALS):
            names = ", ".join(word(one.values[value]) for one, value in zip(table.dimensions, key, strict=True))
            rows.append((DIFFERENCE in key, PlottedRow(names, PlottedShare(*(one / 100 for one in numbers)))))
    return tuple(row for rows in found.values() for _is_last, row in sorted(rows, key=lambda one: one[0]))


def verdict_of(table: ReleaseTable) -> str:
    """What the intervals of the differences over all standards say, for each scheme; nothing of a table without any."""
    if not has_intervals(table):
        return ""
    said = []
    for key, cells in cells_of(table).items():
        if key[-1] == DIFFERENCE and _is_of_all(key):
            scheme = word(table.dimensions[0].values[key[0]])
            said.append(f"{scheme}: {_told_apart(cells['low'], cells['high'])}")
    return " ".join(said)


def _is_of_all(key: Key) -> bool:
    return set(key[1:-1]) <= {ALL}


def _told_apart(low: Cell, high: Cell) -> str:
    if isinstance(low, int | float) and low > 0:
        return _("targeted visits found more than visits selected at random.")
    if isinstance(high, int | float) and high < 0:
        return _("targeted visits found less than visits selected at random.")
    return _("we cannot tell yet whether targeted visits find more than visits selected at random.")
