"""Lists of any length: gone through in an order that an index serves, so that a page deep down costs what the first costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class ListSection:
    """A part of a list: which rows stand on it, and the columns they stand in order of.

    All columns run one way, "-" before each turns them round; none is ever empty, as the engines put what is empty at
    different ends; the last is the key of the row.
    """

    columns: tuple[str, ...]
    holds: Q = field(default_factory=Q)


Order = tuple[ListSection, ...]

#: What is not over. SQLite looks "is one of" up in an index, and not a plain "not".
STILL_OPEN = Q(is_over__in=[False])


def in_order(*columns: str) -> Order:
    """One shelf with all the rows."""
    return (ListSection(columns),)


def by_name(name: str, *columns: str) -> Order:
    """One shelf with all the rows, in order of a name in another table.

    That the names are asked for from the first on, which all are, leads SQLite to their index: it puts all rows in order otherwise.
    """
    return (ListSection((name, *columns), Q(**{f"{name}__gte": ""})),)


def turned(order: Order) -> Order:
    """The same list from its end."""
    return tuple(ListSection(_turned(shelf.columns), shelf.holds) for shelf in reversed(order))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the number of the shelf, and the values of its columns. It lasts when the row has moved on."""

    shelf: int
    values: tuple[Any, ...]

    @property
    def key(self) -> Any:
        return self.values[-1]


class Walk(Generic[Row]):
    """Some rows in their order, a stretch at a time."""

    def __init__(self, rows: "QuerySet[Row]", order: Order) -> None:
        self.rows = rows
        self.order = order

    def stretch(self, start: int, most: int) -> list[Place]:
        """The places of at most so many rows, from the row of this number on."""
        found: list[Place] = []
        for number in range(len(self.order)):
            rows = self._on(number)
            here = list(rows[start : start + most - len(found)])
            found += [Place(number, values) for values in here]
            if len(found) == most:
                break
            start = 0 if here or not start else start - rows.count()
        return found

    def after(self, place: Place, most: int) -> list[Place]:
        """The places of the rows that follow this place."""
        return self._beyond(place, range(place.shelf, len(self.order)), most, back=False)

    def before(self, place: Place, most: int) -> list[Place]:
        """The places of the last rows that come before this place, in the order of the list."""
        return self._beyond(place, range(place.shelf, -1, -1), most, back=True)[::-1]

    def place(self, shelf: int, said: Sequence[Any]) -> Place:
        """The place of values that were written as text. Raises ValueError, IndexError or ValidationError for nonsense."""
        columns = [F(column.removeprefix("-")) for column in self.order[shelf].columns]
        query = self.rows.query.clone()
        fields = [column.resolve_expression(query).output_field for column in columns]
        return Place(shelf, tuple(one.to_python(text) for one, text in zip(fields, said, strict=True)))

    def _beyond(self, place: Place, shelves: Iterable[int], most: int, *, back: bool) -> list[Place]:
        found: list[Place] = []
        for number in shelves:
            rows = self._on(number, back=back)
            if number == place.shelf:
                columns = self.order[number].columns
                rows = rows.filter(_beyond(columns, place.values, back=back))
            found += [Place(number, values) for values in rows[: most - len(found)]]
            if len(found) == most:
                break
        return found

    def _on(self, number: int, *, back: bool = False) -> "QuerySet[Row, tuple[Any, ...]]":
        shelf = self.order[number]
        columns = _turned(shelf.columns) if back else shelf.columns
        named = [column.removeprefix("-") for column in columns]
        return self.rows.filter(shelf.holds).order_by(*columns).values_list(*named)


class _Row(Func):
    template = "(%(expressions)s)"
    arg_joiner = ", "


def _beyond(columns: Sequence[str], values: Sequence[Any], *, back: bool) -> Func:
    """These columns, taken together, come after these values in the order that they stand in; or before, going back.

    A comparison of rows is found in an index from its very place on, by both engines.
    """
    downwards = columns[0].startswith("-") != back
    row = _Row(*(F(column.removeprefix("-")) for column in columns))
    sides = {"template": "%(expressions)s", "arg_joiner": " < " if downwards else " > "}
    return Func(row, _Row(*map(Value, values)), output_field=BooleanField(), **sides)


def _turned(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(column[1:] if column.startswith("-") else f"-{column}" for column in columns)
