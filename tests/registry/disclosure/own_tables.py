"""Tables that anyone may ask for, under attack: for the tests, and for the long run (`python -m tests.benchmarks.own_tables`).

An attacker may ask for every table there is, knows the noise table, that what is hidden is at most 15, and asks for those that
belong to a hidden cell: the cell without one of its variables, and its siblings. Knows no key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from random import Random
from typing import TypeVar

from registry.disclosure.rules.cells import KeyedCell, TableTime, period_of, sums_of
from registry.disclosure.rules.constraints import Bounds, Cell, Constraint
from registry.disclosure.rules.merging import merge
from registry.disclosure.rules.noise import BOUND, KEYS, published_number
from tests.registry.disclosure import tauargus

T = TypeVar("T")
SMALLEST = 10
FIRST = 2024 * 4
#: The most that a hidden number can be.
MOST_HIDDEN = SMALLEST - 1 + BOUND
#: How many values each variable has.
SIZES = (2, 2, 4, 6, 5, 6)
#: How many numbers a hidden number must at least be able to be, and how much a shown one may change on average.
FEWEST = 2
MOST_CHANGE = 1.5
#: So many registers are made up for the questions at random.
WORLDS = 50
#: The variables, the values, the time and the period of a cell of a table.
Place = tuple[tuple[int, ...], tuple[str, ...], TableTime, int]


@dataclass
class World:
    """All base cells of two years, and every cell of every table that can be asked for."""

    sizes: Sequence[int]
    cells: list[KeyedCell]
    prints_zero: bool
    asked: int = 0
    tables: dict[tuple[tuple[int, ...], TableTime], dict[tuple[tuple[str, ...], int], tuple[int, int]]] = field(
        default_factory=dict
    )

    def true(self, place: Place) -> tuple[int, int]:
        variables, values, time, period = place
        if (variables, time) not in self.tables:
            self.tables[variables, time] = dict(sums_of(self.cells, variables, time))
        return self.tables[variables, time].get((values, period), (0, 0))

    def ask(self, place: Place) -> int | None:
        """What the public page shows."""
        self.asked += 1
        return published_number(*self.true(place), smallest=SMALLEST, prints_zero=self.prints_zero)

    def known(self, place: Place) -> tuple[int, int]:
        """Between which numbers the cell is, for someone who sees what is shown of it."""
        shown = self.ask(place)
        if shown is None:
            return int(self.prints_zero), MOST_HIDDEN
        return (0, 0) if shown == 0 else (max(1, shown - BOUND), shown + BOUND)

    def values(self, variable: int) -> list[str]:
        return [f"v{n}" for n in range(self.sizes[variable])]


def drawn(random: Random, *, sizes: Sequence[int] = SIZES, quarters: int = 8, most: int = 400) -> World:
    """People by chance, unevenly spread over the values."""
    weights = [[random.choice([0.02, 0.1, 0.4, 1, 3]) for _value in range(size)] for size in sizes]
    cells: list[KeyedCell] = []
    for quarter in range(FIRST, FIRST + quarters):
        numbers: dict[tuple[str, ...], int] = {}
        for _person in range(random.randint(most // 10, most)):
            chosen = tuple(f"v{random.choices(range(len(one)), one)[0]}" for one in weights)
            numbers[chosen] = numbers.get(chosen, 0) + 1
        cells += [KeyedCell(quarter, values, number, random.randrange(KEYS)) for values, number in numbers.items()]
    return World(sizes, cells, random.random() < 0.5)


def any_place(random: Random, world: World) -> Place:
    """A cell of a table, at random."""
    variables = tuple(sorted(random.sample(range(len(world.sizes)), random.randint(0, 3))))
    time = random.choice(list(TableTime))
    values = tuple(random.choice(world.values(one)) for one in variables)
    return variables, values, time, period_of(random.choice(world.cells).quarter, time)


def attacked(world: World, place: Place) -> tuple[int, int]:
    """Between which numbers the cell is, after asking for it and for everything that is a sum with it."""
    low, high = world.known(place)
    for whole, siblings in sums_with(world, place):
        known = [world.known(one) for one in siblings]
        whole_low, whole_high = world.known(whole)
        low = max(low, whole_low - sum(most for _least, most in known))
        high = min(high, whole_high - sum(least for least, _most in known))
    for parts in parts_of(world, place):
        known = [world.known(one) for one in parts]
        low, high = max(low, sum(least for least, _most in known)), min(high, sum(most for _least, most in known))
    return low, high


def sums_with(world: World, place: Place) -> Iterator[tuple[Place, list[Place]]]:
    """Each sum of which the cell is a part, and the other parts."""
    variables, values, time, period = place
    for at, variable in enumerate(variables):
        fewer, fewer_values = _without(variables, at), _without(values, at)
        others = [one for one in world.values(variable) if one != values[at]]
        siblings = [(variables, (*values[:at], one, *values[at + 1 :]), time, period) for one in others]
        yield (fewer, fewer_values, time, period), siblings
    quarters = sorted({one.quarter for one in world.cells})
    if time is TableTime.QUARTER:
        year = [one for one in quarters if one // 4 == period // 4 and one != period]
        yield (variables, values, TableTime.YEAR, period // 4), [(variables, values, time, one) for one in year]
    if time is TableTime.YEAR:
        years = {one // 4 for one in quarters} - {period}
        yield (variables, values, TableTime.ALL, 0), [(variables, values, time, one) for one in sorted(years)]


def _without(row: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*row[:at], *row[at + 1 :])


def parts_of(world: World, place: Place) -> Iterator[list[Place]]:
    """Each way in which the cell is divided by one more variable."""
    variables, values, time, period = place
    if len(variables) == 3:
        return
    for variable in set(range(len(world.sizes))) - set(variables):
        at = sum(one < variable for one in variables)
        more = (*variables[:at], variable, *variables[at:])
        yield [(more, (*values[:at], value, *values[at:]), time, period) for value in world.values(variable)]


def editions_of(world: World) -> dict[Place, int]:
    """What the editions of the statistics print exactly: of each quarter the total, and each row that is large enough."""
    exact: dict[Place, int] = {}
    for quarter in sorted({one.quarter for one in world.cells}):
        tables = [
            ((one,), {(v,): world.true(((one,), (v,), TableTime.QUARTER, quarter))[0] for v in world.values(one)})
            for one in range(len(world.sizes))
        ]
        merged = [
            (variables, merge({v: n for (v,), n in rows.items()}, smallest=SMALLEST, prints_zero=world.prints_zero))
            for variables, rows in tables
        ]
        total = world.true(((), (), TableTime.QUARTER, quarter))[0]
        if total >= SMALLEST and all(one.is_open for _variables, one in merged):
            exact[(), (), TableTime.QUARTER, quarter] = total
            exact.update(
                {
                    (variables, (v,), TableTime.QUARTER, quarter): n
                    for variables, one in merged
                    for v, n in one.shown.items()
                }
            )
    return exact


def every_place(world: World) -> Iterator[Place]:
    """Every cell of every table that can be asked for."""
    quarters = sorted({one.quarter for one in world.cells})
    for how_many in range(4):
        for variables in combinations(range(len(world.sizes)), how_many):
            for time in TableTime:
                periods = dict.fromkeys(period_of(quarter, time) for quarter in quarters)
                for values in product(*(world.values(one) for one in variables)):
                    yield from ((variables, values, time, period) for period in periods)


def attacked_by_solver(world: World) -> dict[Place, tuple[int, int]]:
    """The bounds of each hidden cell that has someone in it, by Tau-Argus, from every table and the editions at once."""
    exact = editions_of(world)
    truth: dict[Cell, int] = {}
    constraints: list[Constraint] = []
    known: dict[Cell, Bounds] = {}
    hidden: dict[Cell, Place] = {}
    base = {(one.quarter, one.values): one.number for one in world.cells}
    quarters = sorted({one.quarter for one in world.cells})
    unknowns = [
        (quarter, values) for quarter in quarters for values in product(*map(world.values, range(len(world.sizes))))
    ]
    for quarter, values in unknowns:
        truth["base", " ".join(values), quarter] = base.get((quarter, values), 0)
    for number, place in enumerate(every_place(world)):
        variables, wanted, time, period = place
        terms: dict[Cell, int] = {
            ("base", " ".join(values), quarter): 1
            for quarter, values in unknowns
            if period_of(quarter, time) == period
            and all(values[v] == w for v, w in zip(variables, wanted, strict=True))
        }
        cell: Cell = ("table", str(number), 0)
        truth[cell] = world.true(place)[0]
        constraints.append(Constraint({**terms, cell: -1}, 0, 0, "a table"))
        known[cell] = (exact[place], exact[place]) if place in exact else world.known(place)
        if 0 < truth[cell] < SMALLEST:
            hidden[cell] = place
    found = tauargus.bounds_of(constraints, truth, list(hidden), known)
    return {hidden[cell]: bounds for cell, bounds in found.items()}


@dataclass(frozen=True)
class Asked:
    """What came of the questions."""

    asked: int
    attacked: int
    fewest: int
    mean_absolute: float = 0
    mean: float = 0


def of_queries(how_many: int, *, seed: str, worlds: int = WORLDS) -> Asked:
    """Ask for cells at random; attack each that is hidden and has someone in it."""
    random = Random(seed)
    asked = attacks = 0
    fewest, changes = MOST_HIDDEN, [0, 0, 0]
    for _world in range(worlds):
        world = drawn(random)
        for _question in range(how_many // worlds):
            place = any_place(random, world)
            number, shown = world.true(place)[0], world.ask(place)
            if shown:
                changes = [changes[0] + 1, changes[1] + abs(shown - number), changes[2] + shown - number]
            if 0 < number < SMALLEST:
                low, high = attacked(world, place)
                assert low <= number <= high
                attacks, fewest = attacks + 1, min(fewest, high - low + 1)
        asked += world.asked
    return Asked(asked, attacks, fewest, changes[1] / changes[0], changes[2] / changes[0])


def of_chosen(worlds: int, *, seed: str) -> Asked:
    """Every table of small registers at once: nothing that can be asked for is left out."""
    random = Random(seed)
    asked = attacks = 0
    fewest = MOST_HIDDEN
    for _world in range(worlds):
        world = drawn(random, sizes=(2, 3, 3), quarters=4, most=60)
        found = attacked_by_solver(world)
        asked, attacks = asked + world.asked, attacks + len(found)
        fewest = min([fewest, *(high - low + 1 for low, high in found.values())])
    return Asked(asked, attacks, fewest)
