"""No number under 10 comes out of a published table, by any sum, nor by the difference of two releases."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.disclosure.rules import suppression as suppressing
from registry.disclosure.rules.suppression import TOTAL, CountTable, Published
from tests.registry.disclosure import attacks, trials
from tests.registry.disclosure.trials import (
    changed,
    difference_given_away,
    drawn,
    given_away,
    naive,
    one_way,
    small_ones,
    suppress,
    with_margins,
)


def test_a_planted_naive_table_is_caught_and_the_numbers_that_come_out_are_the_true_ones() -> None:
    table = with_margins({("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 25, ("b", "y"): 31})

    out = given_away(table, naive(table))

    assert out == {("a", "x"): 3}
    assert given_away(table, suppress(table)) == {}


@pytest.mark.parametrize("prints_zero", [False, True], ids=["zero left out", "zero printed"])
def test_of_many_random_tables_none_gives_a_number_under_10_away_and_most_naive_ones_do(prints_zero: bool) -> None:
    gave, naive_gave = trials.of_tables(800, prints_zero=prints_zero)

    assert gave == []
    assert naive_gave > 300


def test_what_is_printed_of_a_random_table_is_true() -> None:
    random = Random("true")
    for _table in range(200):
        table = drawn(random)
        assert all(value in (None, table.cells[key]) for key, value in suppress(table).items())


def test_where_zero_is_printed_every_zero_is_and_a_gap_is_not_known_to_be_any_of_nine() -> None:
    table = one_way([0, 4, 12, 60, 0])

    assert list(suppress(table, prints_zero=True).values()) == [0, None, None, 60, 0, 76]
    assert suppress(table)["r0", "n"] is None


def test_a_planted_rule_that_forgets_that_a_gap_is_not_zero_is_caught() -> None:
    """9 + 1 could be 10 + 0 for whoever thinks that a gap may be zero: with zero printed it cannot."""
    table = one_way([1, 9, 40])
    forgets = {**dict.fromkeys(table.cells), ("r2", "n"): 40, (TOTAL, "n"): 50}

    assert given_away(table, forgets, prints_zero=True) == {}
    table = one_way([1, 1, 40])
    forgets = {**dict.fromkeys(table.cells), ("r2", "n"): 40, (TOTAL, "n"): 42}

    assert given_away(table, forgets) == {}
    assert given_away(table, forgets, prints_zero=True) == {("r0", "n"): 1, ("r1", "n"): 1}
    assert given_away(table, suppress(table, prints_zero=True), prints_zero=True) == {}


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

    assert suppress(CountTable(cells)) == {("a", "n"): 16, ("b", "n"): None}
    assert suppress(CountTable(cells, at_least=25)) == {("a", "n"): None, ("b", "n"): None}


# --- two releases ---


@pytest.mark.parametrize("prints_zero", [False, True], ids=["zero left out", "zero printed"])
def test_two_releases_of_a_table_do_not_give_away_what_has_happened_between_them(prints_zero: bool) -> None:
    gave, naive_gave = trials.of_releases(300, prints_zero=prints_zero)

    assert gave == []
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
