"""Tables of counts for the public by quarter or longer period, each with the words of its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.statistics.queries.figures import Bar, Figure
from compliance.statistics.queries.periods import title_of
from compliance.statistics.queries.quarters import Quarter
from registry.disclosure.rules.classes import smallest_of
from registry.disclosure.rules.releases import TOGETHER
from registry.disclosure.rules.suppression import TOTAL, CountTable, Published, nothing_of, suppress
from registry.disclosure.rules.windows import Window
from registry.editions.tables import CountedThing

#: In place of a number that is left out, as in official statistics: confidential.
LEFT_OUT = "[c]"
Row = tuple[str, str]
T = TypeVar("T")
#: What was published before, by the code of the table and the period.
Former = Mapping[tuple[str, Window], Published]
#: What was made before and is shown again, by the code of the table.
Kept = Mapping[str, Mapping[Window, Published]]
Named = Iterable[tuple[str, object]]
#: The only column of a table that has no other.
N = "n"


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """One table of all periods: its rows with their words, and of each period what may be published."""

    code: str
    title: str
    about: str
    counts: CountedThing
    rows: Sequence[tuple[Row, str]]
    published: Mapping[Window, Published]

    def figure(self) -> Figure:
        """As the page, its chart and its file show it. The bars are of the newest period."""
        windows = sorted(self.published)
        named = [(key, title, [_cell(self.published[window], key) for window in windows]) for key, title in self.rows]
        named = [one for one in named if any(number != "" for number in one[2])]
        return Figure(
            code=self.code,
            title=self.title,
            about=self.about,
            headings=("", *(title_of(window) for window in windows)),
            rows=tuple((title, *numbers) for _key, title, numbers in named),
            bars=tuple(
                Bar(title, numbers[-1])
                for key, title, numbers in named
                if windows and isinstance(numbers[-1], int) and TOTAL not in key
            ),
            measured=title_of(windows[-1]) if windows else "",
        )


def _cell(published: Published, key: Row) -> int | str:
    """The number, or that it is left out; nothing where the period has no such row."""
    if key not in published or (key[0] == TOGETHER and published[key] is None):
        return ""
    number = published[key]
    return LEFT_OUT if number is None else number


ALL_SHOWN = gettext_lazy("Every number is shown: what businesses do is public.")
SEVERAL_SHOWN = gettext_lazy("One can be counted in several rows, so the rows do not add up. Every number is shown.")
ALONE = gettext_lazy("Numbers under 3 are left out, and as many others as it takes so that no sum gives them away.")
SEVERAL = gettext_lazy("One can be counted in several rows, so the rows do not add up. Numbers under 3 are left out.")
PEOPLE = gettext_lazy(
    "Small rows are shown together, and a period is longer where a quarter has too few people, so that no one can be identified."
)
PEOPLE_SEVERAL = gettext_lazy(
    "One can be counted in several rows, so the rows do not add up. A row is left out if it has fewer than 10, or all but fewer than 10."
)


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """How tables are made safe: whether zero is printed and from which number on businesses are shown, as the pack says, and
    what was published of them before.

    With `kept` nothing is counted: the tables are those that were made before, put into words.
    """

    prints_zero: bool
    businesses: int = 0
    former: Former = field(default_factory=dict)
    kept: Kept | None = None


class By(Generic[T]):
    """Public business in quarters, put into tables of which each quarter is one."""

    def __init__(
        self,
        things: Callable[[], Iterable[T]],
        quarters: Sequence[Quarter],
        in_quarter: Callable[[T], Quarter],
        way: SuppressionRule,
        *,
        counts: CountedThing = CountedThing.VISITS,
    ) -> None:
        self.things: dict[Quarter, list[T]] = {quarter: [] for quarter in quarters}
        self.way = way
        self.counts = counts
        self.smallest = smallest_of(counts, businesses=way.businesses)
        for one in things() if way.kept is None else ():
            self.things[in_quarter(one)].append(one)

    def crossed(self, code: str, title: str, rows: Named, columns: Named, of: Callable[[T], Row]) -> StatisticsTable:
        """Each thing in one row and one column, with all margins."""
        whole = (TOTAL, _("All"))
        keys = [
            ((row, column), str(row_title) if row == column == TOTAL else f"{row_title}: {column_title}")
            for row, row_title in [*rows, whole]
            for column, column_title in [*columns, (TOTAL, _("all"))]
        ]

        def table(things: Sequence[T]) -> CountTable:
            found = Counter(of(one) for one in things)
            return CountTable({key: sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, ALONE if self.smallest else ALL_SHOWN, keys, table)

    def apart(self, code: str, title: str, rows: Named, of: Callable[[T], str]) -> StatisticsTable:
        """Each thing in one row, with the total."""
        keys = [((row, N), str(row_title)) for row, row_title in [*rows, (TOTAL, _("All"))]]

        def table(things: Sequence[T]) -> CountTable:
            found = Counter((of(one), N) for one in things)
            return CountTable({key: sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, ALONE if self.smallest else ALL_SHOWN, keys, table)

    def mentions(
        self,
        code: str,
        title: str,
        rows: Named,
        of: Callable[[T], Iterable[str]],
        *,
        at_least: Callable[[Sequence[T]], int] = lambda things: 0,
    ) -> StatisticsTable:
        """Each thing in any number of rows: no total. `at_least` is what another table lets one know of their sum."""
        keys = [((row, N), str(row_title)) for row, row_title in rows]

        def table(things: Sequence[T]) -> CountTable:
            found = Counter((row, N) for one in things for row in of(one))
            cells = {key: found[key] for key, _title in keys}
            return CountTable(cells, at_least=min(at_least(things), sum(cells.values())))

        return self._counted(code, title, SEVERAL if self.smallest else SEVERAL_SHOWN, keys, table)

    def _counted(
        self,
        code: str,
        title: str,
        about: str | Promise,
        keys: Sequence[tuple[Row, str]],
        table: Callable[[Sequence[T]], CountTable],
    ) -> StatisticsTable:
        if self.way.kept is not None:
            published = self.way.kept.get(code, {})
        else:
            published = {
                window: self._published(code, window, table(things))
                for window, things in ((Window(quarter.number), things) for quarter, things in self.things.items())
            }
        return StatisticsTable(code, title, str(about), self.counts, keys, published)

    def _published(self, code: str, window: Window, table: CountTable) -> Published:
        if not self.smallest:
            return table.cells
        former = self.way.former.get((code, window))
        shown = suppress(table, former=former, prints_zero=self.way.prints_zero, smallest=self.smallest)
        return nothing_of(table) if shown is None else shown


def sum_of(found: Mapping[Row, int], key: Row) -> int:
    row, column = key
    return sum(n for (r, c), n in found.items() if row in (TOTAL, r) and column in (TOTAL, c))
