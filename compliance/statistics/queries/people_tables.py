"""Tables of people by quarter or longer period, made safe together by `registry.disclosure`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.statistics.queries.quarters import Quarter, quarter_of
from compliance.statistics.queries.tables import (
    PEOPLE,
    PEOPLE_SEVERAL,
    N,
    Named,
    StatisticsTable,
    SuppressionRule,
)
from registry.disclosure.rules.classes import smallest_of
from registry.disclosure.rules.constraints import Constraint
from registry.disclosure.rules.releases import TOGETHER, TOTAL, CountedRows, Released, Threshold, disclose
from registry.disclosure.rules.suppression import Published
from registry.disclosure.rules.windows import Window, block_start
from registry.disclosure.rules.withdrawal import withdraw
from registry.editions.tables import CountedThing

T = TypeVar("T")


def whole_blocks(quarters: Sequence[Quarter]) -> list[Quarter]:
    """The quarters from the beginning of the two years in which the first of these is: what a period is decided by."""
    return [Quarter(number) for number in range(block_start(quarters[0].number), quarters[-1].number + 1)]


class ByPeriod(Generic[T]):
    """People, or what they reported, in quarters: tables of the same people that are made safe together."""

    def __init__(
        self,
        things: Callable[[Sequence[Quarter]], Iterable[T]],
        quarters: Sequence[Quarter],
        in_quarter: Callable[[T], Quarter],
        way: SuppressionRule,
        *,
        counts: CountedThing,
        began: Callable[[], datetime | None],
    ) -> None:
        """`began` says when the first of all was: quarters before are not empty, there were none."""
        self.shown_from, self.way, self.counts = quarters[0].number, way, counts
        self.things: dict[int, list[T]] = {}
        first = began() if way.kept is None else None
        if first is not None:
            own = [one for one in whole_blocks(quarters) if one >= quarter_of(timezone.localdate(first))]
            self.things = {quarter.number: [] for quarter in own}
            for one in things(own) if own else ():
                self.things[in_quarter(one).number].append(one)
        self.made: list[tuple[CountedRows, str, dict[str, str]]] = []

    def apart(
        self,
        code: str,
        title: str,
        rows: Named,
        of: Callable[[T], str],
        *,
        groups: int = 2,
        coarser: Mapping[tuple[str, str], tuple[str, ...]] | None = None,
    ) -> None:
        """Each person in one row; the rows in the order in which they are kept. `coarser`: code and title of a row, and its parts."""
        titles = {row: str(row_title) for row, row_title in rows}
        parts = {row: own for (row, _title), own in (coarser or {}).items()}
        counts = {quarter: Counter(of(one) for one in things) for quarter, things in self.things.items()}
        counted = CountedRows(code, tuple(titles), counts, groups=groups, coarser=parts)
        more = dict(list(coarser or ()))
        ends = {TOGETHER: _("The rows without a number, together"), TOTAL: _("All")}
        self.made.append((counted, title, {**titles, **more, **ends}))

    def mentions(self, code: str, title: str, rows: Named, of: Callable[[T], Iterable[str]]) -> None:
        """Each person in any number of rows."""
        titles = {row: str(row_title) for row, row_title in rows}
        counts = {
            quarter: Counter(row for one in things for row in set(of(one))) for quarter, things in self.things.items()
        }
        self.made.append((CountedRows(code, tuple(titles), counts, mentions=True), title, titles))

    def tables(self, claims: Sequence[Constraint] = ()) -> list[StatisticsTable]:
        """All of them. `claims` is what the site publishes about the same people elsewhere."""
        released = self._released(claims)
        return [
            StatisticsTable(
                counted.code,
                title,
                str(PEOPLE_SEVERAL if counted.mentions else PEOPLE),
                self.counts,
                [((row, N), row_title) for row, row_title in titles.items()],
                released[counted.code],
            )
            for counted, title, titles in self.made
        ]

    def _released(self, claims: Sequence[Constraint]) -> Mapping[str, Mapping[Window, Published]]:
        if self.way.kept is not None:
            return {counted.code: self.way.kept.get(counted.code, {}) for counted, _title, _titles in self.made}
        counted = [one for one, _title, _titles in self.made]
        totals = {quarter: len(things) for quarter, things in self.things.items()}
        smallest = smallest_of(self.counts, businesses=self.way.businesses)
        threshold = Threshold(smallest, self.way.prints_zero)
        made = disclose(counted, totals, sorted(totals), threshold, former=self._former())
        safe = withdraw(counted, totals, made, threshold, claims=claims)
        return {
            code: {
                window: {(row, N): number for row, number in rows.items()}
                for window, rows in windows.items()
                if window.last >= self.shown_from
            }
            for code, windows in safe.items()
        }

    def _former(self) -> Released:
        found: dict[str, dict[Window, dict[str, int | None]]] = {}
        for (code, window), cells in self.way.former.items():
            found.setdefault(code, {})[window] = {row: number for (row, _column), number in cells.items()}
        return found
