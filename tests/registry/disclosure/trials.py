"""Random tables and pairs of releases, what is printed of them, and what an attack gets out: for the tests, and for the long run
(`python -m tests.benchmarks.suppression 10000`).
"""

from collections.abc import Mapping
from random import Random

from registry.disclosure.rules import suppression as suppressing
from registry.disclosure.rules.suppression import SMALLEST, TOTAL, CountTable, Published, nothing_of
from tests.registry.disclosure import attacks

Key = tuple[str, str]
#: As real tables are: many small numbers, some that are just large enough, a few that are large.
NUMBERS = [0, 0, 1, 2, 3, 5, 8, 9, 9, 10, 10, 11, 12, 15, 19, 27, 40, 88, 150]


def suppress(table: CountTable, *, former: Published | None = None, prints_zero: bool = False) -> Published:
    """What is printed of it."""
    found = suppressing.suppress(table, former=former, prints_zero=prints_zero)
    return nothing_of(table) if found is None else found


def with_margins(inside: Mapping[Key, int]) -> CountTable:
    cells = dict(inside)
    rows, columns = sorted({row for row, _ in inside}), sorted({column for _, column in inside})
    for row in rows:
        cells[row, TOTAL] = sum(inside[row, column] for column in columns)
    for column in columns:
        cells[TOTAL, column] = sum(inside[row, column] for row in rows)
    cells[TOTAL, TOTAL] = sum(inside.values())
    return CountTable(cells)


def one_way(values: list[int]) -> CountTable:
    cells = {(f"r{place}", "n"): value for place, value in enumerate(values)}
    return CountTable({**cells, (TOTAL, "n"): sum(values)})


def drawn(random: Random, *, most: int = 5) -> CountTable:
    rows, columns = random.randint(2, most), random.randint(2, most)
    return with_margins(
        {(f"r{row}", f"c{column}"): random.choice(NUMBERS) for row in range(rows) for column in range(columns)}
    )


def small_ones(table: CountTable, *, prints_zero: bool = False) -> list[Key]:
    return [key for key, value in table.cells.items() if (1 if prints_zero else 0) <= value < SMALLEST]


def given_away(table: CountTable, published: Published, *, prints_zero: bool = False) -> dict[Key, int]:
    """The numbers under 10 that are printed, or come out by somebody who knows which gaps are small and which are not.

    Where zero is printed whoever attacks knows that no small gap is zero, unless the whole table is left out.
    """
    small = small_ones(table, prints_zero=prints_zero)
    gaps = [key for key, value in published.items() if value is None]
    large = {key: SMALLEST for key in gaps if table.cells[key] >= SMALLEST}
    small_gaps = [key for key in small if published[key] is None]
    out = attacks.recovered(published, small=small_gaps, least=large, smallest=int(prints_zero))
    printed = {key: value for key, value in published.items() if value is not None}
    return {key: value for key, value in {**out, **printed}.items() if key in small}


def naive(table: CountTable, *, prints_zero: bool = False) -> Published:
    """What many publish: the small numbers are left out, and all sums are printed."""
    small = small_ones(table, prints_zero=prints_zero)
    return {key: None if key in small else value for key, value in table.cells.items()}


def changed(random: Random, table: CountTable) -> CountTable:
    inside = {key: value for key, value in table.cells.items() if TOTAL not in key}
    return with_margins({key: value + random.choice([0, 0, 1, 2, 6, 11, 25]) for key, value in inside.items()})


def difference_given_away(before: CountTable, after: CountTable, first: Published, second: Published) -> dict[Key, int]:
    """Every change under 10 of a number that is printed, or comes out, in both releases."""
    known = [
        {**attacks.recovered(one), **{key: value for key, value in one.items() if value is not None}}
        for one in (first, second)
    ]
    both = [key for key in known[0] if key in known[1] and known[0][key] != known[1][key]]
    return {key: known[1][key] - known[0][key] for key in both if abs(after.cells[key] - before.cells[key]) < SMALLEST}


def of_tables(how_many: int, *, prints_zero: bool, seed: str = "tables") -> tuple[list[CountTable], int]:
    """Those of so many random tables that give a small number away, and how many naive ones do."""
    random, gave, naive_gave = Random(seed), [], 0
    for _table in range(how_many):
        table = drawn(random)
        if given_away(table, suppress(table, prints_zero=prints_zero), prints_zero=prints_zero):
            gave.append(table)
        naive_gave += bool(given_away(table, naive(table, prints_zero=prints_zero), prints_zero=prints_zero))
    return gave, naive_gave


def of_releases(
    how_many: int, *, prints_zero: bool, seed: str = "releases"
) -> tuple[list[tuple[CountTable, CountTable]], int]:
    """Those of so many pairs of releases that give a small number or change away, and how many do without the former one."""
    random, gave, naive_gave = Random(seed), [], 0
    for _pair in range(how_many):
        before = drawn(random, most=4)
        after = changed(random, before)
        first = suppress(before, prints_zero=prints_zero)
        second = suppress(after, former=first, prints_zero=prints_zero)
        stands = second == first
        if (not stands and given_away(after, second, prints_zero=prints_zero)) or difference_given_away(
            before, after, first, second
        ):
            gave.append((before, after))
        alone = suppress(after, prints_zero=prints_zero)
        naive_gave += bool(difference_given_away(before, after, first, alone))
    return gave, naive_gave
