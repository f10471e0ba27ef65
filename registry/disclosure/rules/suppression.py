"""Small numbers are kept out of published tables so that no sum gives them away. Plain values in, plain values out.

A table has cells by row and column; the margins are under `TOTAL`. Every number under the threshold is left out, zero
included, so that a gap does not say which it is; unless zero is to be printed, and then a gap is known not to be zero. Then
as many others are left out as it takes: for each number under the threshold there must be another table with the same
published figures in which it is another number. That is looked for as a circulation: each cell is an arc between its row and
its column, and what may change by one without changing what is published is a cycle of cells that are left out. An attacker
is taken to know which cells were left out because they are small and which were not.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

#: Numbers of people under this are not published (ONS practice; docs/rules.md G14).
SMALLEST = 10
TOTAL = ""
#: What a column with several mentions each has over its least sum; never published, and known not to be negative.
SLACK = "over"
Key = tuple[str, str]
Published = Mapping[Key, int | None]
Node = tuple[str, str]
FREE: Node = ("free", "")


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by row and column. A row or column with a cell under `TOTAL` adds up to it.

    `at_least` is for a single column of mentions, of which there may be several a case: what they are known to add up to.
    """

    cells: Mapping[Key, int]
    at_least: int | None = None

    @property
    def anchor(self) -> Key | None:
        """The total of all: published whenever it can be, because other tables have it too."""
        if (TOTAL, TOTAL) in self.cells:
            return (TOTAL, TOTAL)
        totals = [key for key in self.cells if TOTAL in key]
        return totals[0] if len(totals) == 1 else None


def nothing_of(table: CountTable) -> Published:
    return dict.fromkeys(table.cells)


def suppress(
    table: CountTable, *, former: Published | None = None, prints_zero: bool = False, smallest: int = SMALLEST
) -> Published | None:
    """What may be published of the table, with None for each number that is under `smallest` or gives such a number away.

    None instead of a table says that not even its total may be known: then no other table of the same cases shows it.

    `former` is what was published of the same table before: nothing may follow from the difference either. Where too little
    has changed in all, or nothing has, what was published before stands.
    """
    if former is not None and _stands(table, former, smallest):
        return former
    anchor = table.anchor
    if anchor is not None and table.cells[anchor] < smallest:
        return None
    net = _Net(table, former or {}, prints_zero=prints_zero, smallest=smallest)
    if not net.hide_what_gives_away():
        return None
    return {key: None if key in net.hidden else value for key, value in table.cells.items()}


def _stands(table: CountTable, former: Published, smallest: int) -> bool:
    published = {key: value for key, value in former.items() if value is not None}
    if all(table.cells.get(key) == value for key, value in published.items()):
        return True
    anchor = table.anchor
    before = published.get(anchor) if anchor else None
    return before is not None and anchor is not None and 0 < abs(table.cells[anchor] - before) < smallest


@dataclass(frozen=True, slots=True)
class _Arc:
    """A cell between two nodes: one more of it is one more that flows from `tail` to `head`."""

    key: Key
    value: int
    tail: Node
    head: Node


class _Net:
    """The cells as arcs; which are left out, and between which bounds whoever attacks knows those to lie."""

    def __init__(self, table: CountTable, former: Published, *, prints_zero: bool, smallest: int) -> None:
        self.anchor, self.smallest = table.anchor, smallest
        cells = dict(table.cells)
        if table.at_least is not None:
            column = next(iter(cells))[1]
            cells[SLACK, column] = sum(cells.values()) - table.at_least
        self.arcs = {key: _arc(key, value, table) for key, value in cells.items()}
        self.bounds = {
            key: known
            for key, value in table.cells.items()
            if (known := _known(value, former.get(key), prints_zero=prints_zero, smallest=smallest))
        }
        self.protected = tuple(key for key in self.bounds if table.cells[key] or not prints_zero)
        self.hidden = set(self.protected)
        if table.at_least is not None:
            slack = next(key for key in self.arcs if key[0] == SLACK)
            self.bounds[slack] = (0, None)
            self.hidden.add(slack)

    def hide_what_gives_away(self) -> bool:
        """Leave out more until each small number could be another; False where even all together give one away."""
        for key in self.protected:
            path = self._cheapest(key)
            if path is None:
                return False
            self.hidden.update(path)
        return True

    def _cheapest(self, key: Key) -> list[Key] | None:
        """The cells to leave out, at the least loss, so that this one can be one more or one less."""
        arc, (low, high) = self.arcs[key], self.bounds[key]
        found = []
        if high is None or arc.value < high:
            found.append(self._path(arc.head, arc.tail, without=key))
        if arc.value > low:
            found.append(self._path(arc.tail, arc.head, without=key))
        ways = [way for way in found if way is not None]
        return min(ways)[1] if ways else None

    def _path(self, start: Node, end: Node, *, without: Key) -> tuple[int, list[Key]] | None:
        """Dijkstra's shortest path over all cells that can take one more or one less."""
        order = count()
        waiting: list[tuple[int, int, Node, list[Key]]] = [(0, next(order), start, [])]
        done: set[Node] = set()
        while waiting:
            cost, _place, node, path = heapq.heappop(waiting)
            if node == end:
                return cost, path
            if node in done:
                continue
            done.add(node)
            for arc, there in self._leading_on(node, without):
                heapq.heappush(waiting, (cost + self._loss(arc), next(order), there, [*path, arc.key]))
        return None

    def _leading_on(self, node: Node, without: Key) -> Iterator[tuple[_Arc, Node]]:
        for arc in self.arcs.values():
            if arc.key in (without, self.anchor) or arc.tail == arc.head:
                continue
            low, high = self.bounds.get(arc.key, (self.smallest, None))
            if arc.tail == node and (high is None or arc.value < high):
                yield arc, arc.head
            if arc.head == node and arc.value > low:
                yield arc, arc.tail

    def _loss(self, arc: _Arc) -> int:
        """What readers lose when this is left out too: nothing if it is already; a total weighs more than what it is of."""
        if arc.key in self.hidden:
            return 0
        return arc.value * (4 if TOTAL in arc.key else 1) + 1


def _known(value: int, before: int | None, *, prints_zero: bool, smallest: int) -> tuple[int, int | None] | None:
    """Between which bounds a number that is left out, or printed as zero, is known to be; None if it may be any from `smallest`."""
    if value == 0 and prints_zero:
        return 0, 0
    if value < smallest:
        return int(prints_zero), smallest - 1
    if before is not None and abs(value - before) < smallest:
        return max(before - smallest + 1, smallest), before + smallest - 1
    return None


def _arc(key: Key, value: int, table: CountTable) -> _Arc:
    row, column = key
    adds_across = (row, TOTAL) in table.cells and any(one[0] == row and one[1] != TOTAL for one in table.cells)
    adds_down = (TOTAL, column) in table.cells or table.at_least is not None
    tail: Node = ("row", row) if adds_across else FREE
    head: Node = ("column", column) if adds_down else FREE
    turned = (row == TOTAL) != (column == TOTAL) or row == SLACK
    return _Arc(key, value, head, tail) if turned else _Arc(key, value, tail, head)
