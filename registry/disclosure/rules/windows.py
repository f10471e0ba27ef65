"""Periods of published counts: quarter, half-year, year, two years. Each lies wholly within or wholly outside each other one.

Because of that, every total that follows from published totals is a sum of totals that do; and those are looked at here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

#: How many quarters a window may have, the shortest first.
SIZES = (1, 2, 4, 8)


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """Some quarters in a row; `first` counts quarters since the year 0."""

    first: int
    quarters: int = 1

    @property
    def last(self) -> int:
        return self.first + self.quarters - 1

    @property
    def all(self) -> range:
        return range(self.first, self.last + 1)

    def holds(self, other: "Window") -> bool:
        return self.first <= other.first and other.last <= self.last

    @property
    def longer(self) -> "Window | None":
        """The next longer one in which this one is; None of two years."""
        if self.quarters == SIZES[-1]:
            return None
        size = self.quarters * 2
        return Window(self.first // size * size, size)

    @property
    def can_grow(self) -> bool:
        """Whether the next longer one has nothing before this one, so that waiting for its end is possible."""
        return self.longer is not None and self.longer.first == self.first


def window_of(quarters: Sequence[int]) -> Window | None:
    """The window that is exactly these quarters in a row; None if there is none yet."""
    size = len(quarters)
    return Window(quarters[0], size) if size in SIZES and quarters[0] % size == 0 else None


def block_start(quarter: int) -> int:
    """The first quarter of the two years in which this one is: no window reaches over their end."""
    return quarter // SIZES[-1] * SIZES[-1]


def rest_of(window: Window, family: Collection[Window]) -> list[int]:
    """The quarters of a window that are in no published window within it: their total follows by subtraction."""
    inner = [one for one in family if one != window and window.holds(one)]
    return [quarter for quarter in window.all if not any(quarter in one.all for one in inner)]


@dataclass(slots=True)
class PublishedTotals:
    """The windows whose totals are known, and those whose total is hidden.

    `may_be_told` says whether the total of a window gives no row of any table away.
    """

    totals: Mapping[int, int]
    smallest: int
    prints_zero: bool
    may_be_told: Callable[[Window], bool]
    known: set[Window] = field(default_factory=set)
    hidden: set[Window] = field(default_factory=set)

    def allow(self, window: Window) -> bool:
        """Whether the total of this window may be known beside those that are: no small total follows by subtraction."""
        if window in self.known:
            return True
        family = {*self.known, window}
        concerned = [one for one in family if one == window or one.holds(window)]
        return self.may_be_told(window) and all(self._is_safe(one, family) for one in concerned)

    def _is_safe(self, window: Window, family: Collection[Window]) -> bool:
        rest = rest_of(window, family)
        return not rest or (self._is_large(rest) and not self._has_hidden(rest))

    def _is_large(self, quarters: Sequence[int]) -> bool:
        total = sum(self.totals.get(quarter, 0) for quarter in quarters)
        return total >= self.smallest or (self.prints_zero and total == 0)

    def _has_hidden(self, quarters: Sequence[int]) -> bool:
        """Two hidden totals of which the sum is known may both follow from it."""
        return any(set(one.all) <= set(quarters) for one in self.hidden)
