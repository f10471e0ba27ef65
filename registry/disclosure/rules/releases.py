"""What may be published about people: several tables of the same people, quarter by quarter, with no number under the threshold.

Each table waits until it can be shown with at least `groups` numbers to compare: a quarter, else a half-year, a year, two
years. Where even two years do not suffice, or part of the longer window has already been published, only the total is shown, or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registry.disclosure.rules.merging import MergedRows, merge
from registry.disclosure.rules.windows import PublishedTotals, Window, block_start, window_of

TOTAL = ""
#: The row with the sum of the rows that are shown together.
TOGETHER = "together"
Rows = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class CountedRows:
    """One way of dividing the people: the number in each row in each quarter, the rows in the order in which they are kept.

    `mentions`: a person may be in several rows or in none, so that the rows have no sum. `coarser`: rows that are each made of
    some of these, shown where one of these is too small.
    """

    code: str
    rows: tuple[str, ...]
    counts: Mapping[int, Mapping[str, int]]
    mentions: bool = False
    groups: int = 2
    coarser: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def within(self, window: Window) -> dict[str, int]:
        return {row: sum(self.counts.get(quarter, {}).get(row, 0) for quarter in window.all) for row in self.rows}

    def coarsely_within(self, window: Window) -> dict[str, int]:
        counts = self.within(window)
        return {row: sum(counts[one] for one in parts) for row, parts in self.coarser.items()}


@dataclass(frozen=True, slots=True)
class Threshold:
    """Under which number people are not shown, and whether zero is."""

    smallest: int
    prints_zero: bool


@dataclass(slots=True)
class _Table:
    counted: CountedRows
    waiting: list[int] = field(default_factory=list)
    published: dict[Window, Rows] = field(default_factory=dict)

    def wait(self, quarter: int) -> Window | None:
        """The window that has come to its end with this quarter, if there is one. No window reaches over two years."""
        if quarter == block_start(quarter):
            self.waiting.clear()
        self.waiting.append(quarter)
        return window_of(self.waiting)


Released = Mapping[str, Mapping[Window, Rows]]


def disclose(
    tables: Sequence[CountedRows],
    totals: Mapping[int, int],
    quarters: Iterable[int],
    threshold: Threshold,
    *,
    former: Released | None = None,
) -> dict[str, dict[Window, Rows]]:
    """What may be published of each table, by window. `totals` is how many people there are in each quarter.

    `quarters` begin with a block of two years (`block_start`) and are over. What was published `former`ly of a window is not
    changed: a difference of two releases would say what has changed.
    """
    made = [_Table(one) for one in tables]

    def may_be_told(window: Window) -> bool:
        return all(_merged(one, window, threshold).is_open for one in tables if not one.mentions)

    known = PublishedTotals(totals, threshold.smallest, threshold.prints_zero, may_be_told)
    for quarter in quarters:
        for one in made:
            window = one.wait(quarter)
            if window is not None:
                _publish(one, window, known, threshold, (former or {}).get(one.counted.code, {}))
    return {one.counted.code: one.published for one in made}


def _publish(
    table: _Table, window: Window, known: PublishedTotals, threshold: Threshold, former: Mapping[Window, Rows]
) -> None:
    """Publish the window, or wait for a longer one; in the last resort only the total, or nothing.

    What was published of a longer window before is not divided now.
    """
    if any(one != window and one.holds(window) for one in former):
        return
    before = former.get(window)
    rows, groups = (before, 0) if before is not None else rows_of(table.counted, window, known.totals, threshold)
    allowed = known.allow(window)
    if before is None and not (allowed and groups >= table.counted.groups) and window.can_grow:
        return
    table.waiting.clear()
    if before is None and not allowed:
        known.hidden.add(window)
        table.published[window] = dict.fromkeys(rows)
        return
    table.published[window] = rows
    if any(number is not None for number in rows.values()):
        known.known.add(window)


def rows_of(table: CountedRows, window: Window, totals: Mapping[int, int], threshold: Threshold) -> tuple[Rows, int]:
    """Each row of the window with its number or None, and how many numbers there are to compare."""
    counts, total = table.within(window), sum(totals.get(quarter, 0) for quarter in window.all)
    if table.mentions:
        return _mentions(counts, total, threshold)
    merged = _merged(table, window, threshold)
    rows: dict[str, int | None] = {row: merged.shown.get(row) for row in (*merged.shown, *merged.together)}
    apart = any(merged.shown.values())
    rows[TOGETHER] = merged.number if merged.together and apart else None
    rows[TOTAL] = total
    return rows, merged.groups


def _merged(table: CountedRows, window: Window, threshold: Threshold) -> MergedRows:
    """The rows as they are, if none is too small; otherwise the coarser ones, if there are any, or some of them together."""
    finest = merge(table.within(window), smallest=threshold.smallest, prints_zero=threshold.prints_zero)
    if not finest.together or not table.coarser:
        return finest
    return merge(table.coarsely_within(window), smallest=threshold.smallest, prints_zero=threshold.prints_zero)


def _mentions(counts: Mapping[str, int], total: int, threshold: Threshold) -> tuple[Rows, int]:
    """A row is shown if neither those in it nor those who are not are few."""

    def may_be_told(number: int) -> bool:
        return number >= threshold.smallest or (threshold.prints_zero and number == 0)

    rows = {
        row: number if may_be_told(number) and may_be_told(total - number) else None for row, number in counts.items()
    }
    return rows, 1 + sum(bool(number) for number in rows.values())
