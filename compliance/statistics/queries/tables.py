"""Cases in quarters, put into tables of which each quarter is made safe by itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from compliance.statistics.queries.figures import Bar, Figure
from compliance.statistics.queries.quarters import Quarter
from registry.disclosure.rules.suppression import SMALLEST, TOTAL, CountTable, Published, nothing_of, suppress

#: In place of a number that is left out, as in official statistics: confidential.
LEFT_OUT = "[c]"
Row = tuple[str, str]
T = TypeVar("T")
#: What was published before, by the code of the table and the quarter.
Former = Mapping[tuple[str, Quarter], Published]
#: What was made before and is shown again, by the code of the table.
Kept = Mapping[str, Mapping[Quarter, Published]]


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """One table of all quarters: its rows with their words, and of each quarter what may be published."""

    code: str
    title: str
    about: str
    rows: Sequence[tuple[Row, str]]
    published: Mapping[Quarter, Published]

    def figure(self) -> Figure:
        """As the page, its chart and its file show it. The bars are of the newest quarter."""
        quarters = sorted(self.published)
        newest = quarters[-1]
        named = [(title, [self.published[quarter].get(key) for quarter in quarters]) for key, title in self.rows]
        return Figure(
            code=self.code,
            title=self.title,
            about=self.about,
            headings=("", *(str(quarter) for quarter in quarters)),
            rows=tuple((title, *(LEFT_OUT if n is None else n for n in numbers)) for title, numbers in named),
            bars=tuple(
                Bar(title, numbers[-1])
                for (key, title), (_title, numbers) in zip(self.rows, named, strict=True)
                if numbers[-1] is not None and TOTAL not in key
            ),
            measured=str(newest),
        )


Named = Iterable[tuple[str, object]]
#: The only column of a table that has no other.
N = "n"
ALONE = _lazy("Numbers under 10 are left out, and as many others as it takes so that no sum gives them away.")
SEVERAL = _lazy("One can be counted in several rows, so the rows do not add up. Numbers under 10 are left out.")
ALONE_BUT_ZERO = _lazy(
    "Numbers from 1 to 9 are left out, and as many others as it takes so that no sum gives them away. Zero is printed."
)
SEVERAL_BUT_ZERO = _lazy(
    "One can be counted in several rows, so the rows do not add up. Numbers from 1 to 9 are left out; zero is printed."
)


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """How tables are made safe: whether zero is printed, as the pack says, and what was published of them before.

    With `kept` nothing is counted: the tables are those that were made before, put into words.
    """

    prints_zero: bool
    former: Former = field(default_factory=dict)
    kept: Kept | None = None

    @property
    def alone(self) -> str:
        return str(ALONE_BUT_ZERO if self.prints_zero else ALONE)

    @property
    def several(self) -> str:
        return str(SEVERAL_BUT_ZERO if self.prints_zero else SEVERAL)


class By(Generic[T]):
    """Things in quarters, put into tables of which each quarter is one."""

    def __init__(
        self,
        things: Callable[[], Iterable[T]],
        quarters: Sequence[Quarter],
        in_quarter: Callable[[T], Quarter],
        way: SuppressionRule,
    ) -> None:
        self.things: dict[Quarter, list[T]] = {quarter: [] for quarter in quarters}
        self.way = way
        self.out: set[Quarter] = set()
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
            return CountTable({key: _sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, self.way.alone, keys, table)

    def apart(self, code: str, title: str, rows: Named, of: Callable[[T], str]) -> StatisticsTable:
        """Each thing in one row, with the total."""
        keys = [((row, N), str(row_title)) for row, row_title in [*rows, (TOTAL, _("All"))]]

        def table(things: Sequence[T]) -> CountTable:
            found = Counter((of(one), N) for one in things)
            return CountTable({key: _sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, self.way.alone, keys, table)

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

        return self._counted(code, title, self.way.several, keys, table)

    def _counted(
        self,
        code: str,
        title: str,
        about: str,
        keys: Sequence[tuple[Row, str]],
        table: Callable[[Sequence[T]], CountTable],
    ) -> StatisticsTable:
        if self.way.kept is not None:
            published = {quarter: self.way.kept.get(code, {}).get(quarter, {}) for quarter in self.things}
        else:
            published = {
                quarter: self._published(code, quarter, table(things)) for quarter, things in self.things.items()
            }
        return StatisticsTable(code, title, about, keys, published)

    def _published(self, code: str, quarter: Quarter, table: CountTable) -> Published:
        shown = None
        if len(self.things[quarter]) >= SMALLEST:
            shown = suppress(table, former=self.way.former.get((code, quarter)), prints_zero=self.way.prints_zero)
        if shown is None:
            self.out.add(quarter)
        return nothing_of(table) if shown is None else shown

    def all(self, *tables: StatisticsTable) -> list[StatisticsTable]:
        """The tables, without the quarters of which one of them may not even let the total be known."""
        return [
            replace(
                one, published={at: dict.fromkeys(own) if at in self.out else own for at, own in one.published.items()}
            )
            for one in tables
        ]


def _sum_of(found: Mapping[Row, int], key: Row) -> int:
    row, column = key
    return sum(n for (r, c), n in found.items() if row in (TOTAL, r) and column in (TOTAL, c))
