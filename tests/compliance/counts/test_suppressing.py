"""No number under 10 comes out of a published table, by any sum, nor by the difference of two releases."""

from collections.abc import Mapping
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from compliance.queries import suppressing
from compliance.queries.suppressing import SMALLEST, TOTAL, Published, Table, nothing_of
from tests.compliance.counts import attacks

Key = tuple[str, str]
#: As real tables are: many small numbers, some that are just large enough, a few that are large.
NUMBERS = [0, 0, 1, 2, 3, 5, 8, 9, 9, 10, 10, 11, 12, 15, 19, 27, 40, 88, 150]


def suppress(table: Table, *, former: Published | None = None) -> Published:
    """What is printed of it."""
    found = suppressing.suppress(table, former=former)
    return nothing_of(table) if found is None else found


def with_margins(inside: Mapping[Key, int]) -> Table:
    cells = dict(inside)
    rows, columns = sorted({row for row, _ in inside}), sorted({column for _, column in inside})
    for row in rows:
        cells[row, TOTAL] = sum(inside[row, column] for column in columns)
    for column in columns:
        cells[TOTAL, column] = sum(inside[row, column] for row in rows)
    cells[TOTAL, TOTAL] = sum(inside.values())
    return Table(cells)


def one_way(values: list[int]) -> Table:
    cells = {(f"r{place}", "n"): value for place, value in enumerate(values)}
    return Table({**cells, (TOTAL, "n"): sum(values)})


def drawn(random: Random, *, most: int = 5) -> Table:
    rows, columns = random.randint(2, most), random.randint(2, most)
    return with_margins(
        {(f"r{row}", f"c{column}"): random.choice(NUMBERS) for row in range(rows) for column in range(columns)}
    )


def small_ones(table: Table) -> list[Key]:
    return [key for key, value in table.cells.items() if value < SMALLEST]


def given_away(table: Table, published: Published) -> dict[Key, int]:
    """The numbers under 10 that are printed, or come out by somebody who knows which gaps are small and which are not."""
    small = small_ones(table)
    large = {key: SMALLEST for key, value in published.items() if value is None and key not in small}
    out = attacks.recovered(published, small=[key for key in small if published[key] is None], least=large)
    printed = {key: value for key, value in published.items() if value is not None}
    return {key: value for key, value in {**out, **printed}.items() if key in small}


def naive(table: Table) -> Published:
    """What many publish: the small numbers are left out, and all sums are printed."""
    return {key: None if value < SMALLEST else value for key, value in table.cells.items()}


def test_a_planted_naive_table_is_caught_and_the_numbers_that_come_out_are_the_true_ones() -> None:
    table = with_margins({("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 25, ("b", "y"): 31})

    out = given_away(table, naive(table))

    assert out == {("a", "x"): 3}
    assert given_away(table, suppress(table)) == {}


def test_of_many_random_tables_none_gives_a_number_under_10_away_and_most_naive_ones_do() -> None:
    random, caught = Random("tables"), 0
    for _table in range(400):
        table = drawn(random)
        published = suppress(table)
        assert given_away(table, published) == {}, (table, published)
        assert all(published[key] in (None, value) for key, value in table.cells.items())
        caught += bool(given_away(table, naive(table)))

    assert caught > 200


@given(st.lists(st.integers(0, 30), min_size=1, max_size=7))
def test_no_list_with_its_total_gives_a_number_under_10_away(values: list[int]) -> None:
    table = one_way(values)

    assert given_away(table, suppress(table)) == {}


def test_trying_every_way_to_fill_the_gaps_leaves_two_numbers_for_each_small_one() -> None:
    """The attack that cannot miss anything, on tables that are small enough for it: it says the same as the quick one."""
    random, tried = Random("all ways"), 0
    while tried < 12:
        inside = {(row, column): random.choice([2, 8, 9, 10, 11, 14, 17]) for row in "ab" for column in "xy"}
        table = with_margins(inside)
        published = suppress(table)
        gaps = [key for key, value in published.items() if value is None and TOTAL not in key]
        if published[TOTAL, TOTAL] is None or len(gaps) < 3:
            continue
        tried += 1
        ways = attacks.tables_alike(published, small=set(small_ones(table)), most=24)
        for key in small_ones(table):
            if key in inside:
                assert len({way[key] for way in ways}) > 1, (table, published, key)


def test_a_total_under_10_leaves_the_whole_table_out() -> None:
    assert suppressing.suppress(one_way([1, 0, 4])) is None


def test_no_more_is_left_out_than_it_takes() -> None:
    table = one_way([4, 12, 60, 25])
    assert suppress(table) == {
        ("r0", "n"): None,
        ("r1", "n"): None,
        ("r2", "n"): 60,
        ("r3", "n"): 25,
        (TOTAL, "n"): 101,
    }
    assert suppress(one_way([12, 60])) == one_way([12, 60]).cells


def test_mentions_that_must_add_up_to_the_cases_do_not_give_the_last_gap_away() -> None:
    """Of 25 visits each has at least one sector: 16 and one gap of at most 9 would be 16 and 9."""
    cells = {("a", "n"): 16, ("b", "n"): 9}

    assert suppress(Table(cells)) == {("a", "n"): 16, ("b", "n"): None}
    assert suppress(Table(cells, at_least=25)) == {("a", "n"): None, ("b", "n"): None}


# --- two releases ---


def changed(random: Random, table: Table) -> Table:
    inside = {key: value for key, value in table.cells.items() if TOTAL not in key}
    return with_margins({key: value + random.choice([0, 0, 1, 2, 6, 11, 25]) for key, value in inside.items()})


def difference_given_away(before: Table, after: Table, first: Published, second: Published) -> dict[Key, int]:
    """Every change under 10 of a number that is printed, or comes out, in both releases."""
    known = [
        {**attacks.recovered(one), **{key: value for key, value in one.items() if value is not None}}
        for one in (first, second)
    ]
    both = [key for key in known[0] if key in known[1] and known[0][key] != known[1][key]]
    return {key: known[1][key] - known[0][key] for key in both if abs(after.cells[key] - before.cells[key]) < SMALLEST}


def test_two_releases_of_a_table_do_not_give_away_what_has_happened_between_them() -> None:
    random, naive_gave = Random("releases"), 0
    for _table in range(200):
        before = drawn(random, most=4)
        after = changed(random, before)
        first = suppress(before)
        second = suppress(after, former=first)
        assert given_away(after, second) == {} or second == first
        assert difference_given_away(before, after, first, second) == {}, (before, after)
        naive_gave += bool(difference_given_away(before, after, first, suppress(after)))

    assert naive_gave > 100


def test_where_too_little_has_changed_what_was_published_stands() -> None:
    before = one_way([40, 30])
    first = suppress(before)

    assert suppress(one_way([43, 30]), former=first) == first
    assert suppress(before, former=first) == first


def test_release_upon_release_the_gaps_stay_gaps() -> None:
    random = Random("a year")
    tables = [drawn(random, most=3)]
    for _quarter in range(3):
        tables.append(changed(random, tables[-1]))
    releases: list[Published] = [suppress(tables[0])]
    for table in tables[1:]:
        releases.append(suppress(table, former=releases[-1]))

    for (before, first), (after, second) in pairwise(zip(tables, releases, strict=True)):
        assert difference_given_away(before, after, first, second) == {}
