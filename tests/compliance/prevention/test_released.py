"""What is released of it: the same numbers as the page, with marks where there are none, in each language of the site."""

from datetime import date

import pytest

from compliance.inspections.states import ChosenHow
from compliance.prevention import actions
from compliance.prevention.queries.released import prevention_tables
from compliance.targeting.actions import evaluation
from registry.editions.tables import Mark
from tests.compliance.prevention.world import HALF_A_YEAR_LATER, a_round_of_chance
from tests.compliance.targeting.world import a_round, a_round_drawn, chosen_in, licences, visited
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db
DAY = NOW.date()


def test_what_is_released_is_what_was_counted() -> None:
    assert list(prevention_tables(DAY)) == []
    a_round_of_chance()
    actions.count_prevention(by=None, at=HALF_A_YEAR_LATER)
    evaluation.evaluate(by=None, at=HALF_A_YEAR_LATER)
    actions.record_change(
        "gla-food",
        result="random_visit-exit-6",
        text="We visit more.",
        holds_from=NOW.date(),
        by=person("manager"),
        at=NOW,
    )

    measures, targeting = prevention_tables(DAY)

    by = {row[1:4]: row[4:] for row in measures.rows if row[0] == "gla-food"}
    assert by["random_visit", "exit", "6"] == (20, 20, 0.0, 60.0, -60.0, -78.1, -33.3, Mark.IMPOSSIBLE)
    assert by["random_visit", "report", "6"] == (20, 20, *[Mark.HIDDEN] * 6)
    assert by["condition", "exit", "6"][:7] == (0, 0, *[Mark.UNKNOWN] * 5)
    notes = [note["en"] for note in measures.notes]
    scheme = measures.dimensions[0].values["gla-food"]["en"]
    assert f"{scheme}: Licence condition: cannot tell yet." in notes
    assert "Changed from 2026-11-02: We visit more." in notes
    assert not any(f"{scheme}: Visit selected at random: cannot tell" in note for note in notes)
    assert [row[1:3] for row in targeting.rows if row[0] == "gla-food"] == [
        ("all", how) for how in ("targeted", "random", "difference")
    ]


def test_each_standard_is_compared_with_what_visits_selected_at_random_found() -> None:
    made, opened = licences(6), a_round(capacity=6)
    targeted = [chosen_in(opened, licence) for licence in made[:3]]
    at_random = a_round_drawn(opened).choices.filter(how=ChosenHow.RANDOM).order_by("pk")
    for choice, unmet in zip([*targeted, *at_random], (["2.2", "1.4"], ["2.2"], [], ["1.4"], [], []), strict=True):
        choice.refresh_from_db()
        visited(choice, *unmet)

    evaluation.evaluate(by=None, at=NOW)

    (table,) = prevention_tables(DAY)
    rows = {row[1:3]: row[3:5] for row in table.rows if row[0] == "gla-food"}
    assert [standard for standard, how in rows if how == "difference"] == [
        *("all", "critical", "gla-food:1.4", "gla-food:2.2"),
    ]
    assert rows["all", "targeted"] == (3, 66.7) and rows["all", "random"] == (3, 33.3)
    assert rows["gla-food:2.2", "targeted"] == (3, 66.7) and rows["gla-food:2.2", "random"] == (3, 0.0)
    assert rows["gla-food:1.4", "difference"] == (Mark.IMPOSSIBLE, 0.0)
    assert table.dimensions[1].values["gla-food:2.2"]["en"].startswith("2.2 ")


def test_each_row_has_a_cell_for_each_dimension_and_measure_and_words_in_each_language() -> None:
    actions.count_prevention(by=None, at=NOW)
    evaluation.evaluate(by=None, at=NOW)

    for table in prevention_tables(DAY):
        codes = [set(one.values) for one in table.dimensions]
        for row in table.rows:
            assert len(row) == len(codes) + len(table.measures)
            assert all(value in known for value, known in zip(row, codes, strict=False))
        assert list(table.measures) == list(table.units)
        words = [table.title, table.about, *table.measures.values(), *table.notes]
        words += [one for each in table.dimensions for one in (each.title, *each.values.values())]
        assert {frozenset(one) for one in words} == {frozenset({"en", "cy"})}
        assert all(one["cy"] for one in words)


def test_an_edition_of_a_quarter_before_a_scheme_began_says_nothing_of_it() -> None:
    """Construction began on 1 October 2026, and the third quarter is made and corrected after that."""
    actions.count_prevention(by=None, at=HALF_A_YEAR_LATER)
    evaluation.evaluate(by=None, at=HALF_A_YEAR_LATER)

    found = list(prevention_tables(date(2026, 9, 30)))

    assert found
    assert {row[0] for table in found for row in table.rows} == {"gla-food"}
    assert all(set(table.dimensions[0].values) == {"gla-food"} for table in found)
