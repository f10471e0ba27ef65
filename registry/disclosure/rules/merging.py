"""Rows that are too small are shown together, so that a table about people keeps what matters and no row gives a person away.

The order of the rows is published with the scheme: the first are kept longest. Rows under the threshold are shown as one
number together; where that number would say too much about one of them, the last row that is left joins them, until each of
the small ones could be any number under the threshold.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MergedRows:
    """The rows that are shown, and those that are shown as one number together.

    `is_open`: each small row could be any number under the threshold. It cannot where all rows together are too few.
    """

    shown: Mapping[str, int]
    together: tuple[str, ...] = ()
    number: int = 0
    is_open: bool = True

    @property
    def groups(self) -> int:
        """How many numbers with someone in them a reader can compare."""
        return sum(number > 0 for number in self.shown.values()) + bool(self.number)


def merge(counts: Mapping[str, int], *, smallest: int, prints_zero: bool) -> MergedRows:
    """Merge the small rows; `counts` are in the order in which rows are kept. Without shown rows, only the total may be told."""
    low = int(prints_zero)
    small = [row for row, number in counts.items() if low <= number < smallest]
    kept = [row for row, number in counts.items() if number >= smallest]
    zeros = {row: 0 for row, number in counts.items() if prints_zero and number == 0}
    joined: list[str] = []
    while small and kept and not _is_open(counts, small, joined, low=low, smallest=smallest):
        joined.insert(0, kept.pop())
    together = tuple(row for row in counts if row in {*small, *joined})
    shown = {row: number for row, number in counts.items() if row in {*kept, *zeros}}
    is_open = not small or _is_open(counts, small, joined, low=low, smallest=smallest)
    return MergedRows(shown, together, sum(counts[row] for row in together), is_open)


def _is_open(counts: Mapping[str, int], small: list[str], joined: list[str], *, low: int, smallest: int) -> bool:
    """Whether each small row could be any number under the threshold, to someone who knows which are small and reads the sum.

    The sum is a number of people as well, and not under the threshold itself.
    """
    total, others = sum(counts[row] for row in (*small, *joined)), len(small) - 1
    least = others * low + len(joined) * smallest
    most = None if joined else others * (smallest - 1)
    return total >= smallest and least + smallest - 1 <= total and (most is None or total <= low + most)
