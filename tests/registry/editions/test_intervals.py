"""Shares with their intervals are drawn as intervals, with the sentence that they allow."""

from dataclasses import replace
from typing import Any

import pytest

from registry.editions.queries.declaring import dimension, measures, release_table
from registry.editions.queries.intervals import PlottedRow, PlottedShare, on_page, plot_of, verdict_of
from registry.editions.tables import Cell, CountedThing, Mark, ReleaseTable
from registry.templatetags.plots import interval_plot
from tests.conftest import NOW
from tests.registry.editions.world import a_table


def targeting(*difference: Cell) -> ReleaseTable:
    return release_table(
        "targeting",
        CountedThing.VISITS,
        title="Targeted and random",
        about="Confirmed visits.",
        dimensions=(
            dimension("scheme", "Scheme", {"food": "Food"}),
            dimension("how", "How chosen", {"difference": "Difference", "targeted": "Targeted"}),
        ),
        measures=measures(visits="Visits", rate="Rate", low="Lowest", high="Highest"),
        unit="per cent",
        rows=[("food", "difference", Mark.IMPOSSIBLE, *difference), ("food", "targeted", 58, 41.4, 29.6, 54.2)],
    )


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        ((15.0, -10.0, 34.0), "Food: we cannot tell yet"),
        ((15.0, 2.0, 34.0), "Food: targeted visits found more"),
        ((-15.0, -30.0, -2.0), "Food: targeted visits found less"),
        ((Mark.UNKNOWN, Mark.UNKNOWN, Mark.UNKNOWN), "Food: we cannot tell yet"),
    ],
)
def test_it_says_no_more_than_the_interval_of_the_difference(difference: tuple[Cell, ...], says: str) -> None:
    assert verdict_of(targeting(*difference)).startswith(says)


def test_each_row_with_an_interval_is_drawn_and_the_difference_comes_last() -> None:
    assert [row.label for row in plot_of(targeting(15.0, -10.0, 34.0))] == ["Food, Targeted", "Food, Difference"]
    assert [row.label for row in plot_of(targeting(*[Mark.UNKNOWN] * 3))] == ["Food, Targeted"]
    (only,) = plot_of(targeting(*[Mark.UNKNOWN] * 3))
    assert (only.estimate.value, only.estimate.low) == pytest.approx((0.414, 0.296))


def test_a_table_without_intervals_is_drawn_as_before() -> None:
    table = a_table(NOW.date())
    assert (plot_of(table), verdict_of(table)) == ((), "")


def test_the_page_shows_the_first_standards_and_says_of_all_of_them_together_whether_it_can_be_told() -> None:
    standards = {"all": "Any", **{f"food:{number}": f"Standard {number}" for number in range(9)}}
    how = {"targeted": "Targeted", "difference": "Difference"}
    table = replace(
        targeting(15.0, 2.0, 34.0),
        dimensions=tuple(
            dimension(code, code, own)
            for code, own in (("scheme", {"food": "Food"}), ("standard", standards), ("how", how))
        ),
        rows=tuple(
            ("food", standard, one, 58, 15.0, 2.0 if standard == "all" else -2.0, 34.0)
            for standard in standards
            for one in how
        ),
    )

    shown, is_whole = on_page(table)

    assert {row[1] for row in shown.rows} == {"all", *(f"food:{number}" for number in range(5))}
    assert not is_whole and on_page(shown) == (shown, True)
    assert [row.label for row in plot_of(shown)][:3] == [
        "Food, Any, Targeted",
        "Food, Any, Difference",
        "Food, Standard 0, Targeted",
    ]
    assert verdict_of(table) == "Food: targeted visits found more than visits selected at random."


def test_a_plot_is_as_wide_as_its_longest_words() -> None:
    def width(letters: int) -> int:
        rows: Any = [PlottedRow("x" * letters, PlottedShare(0.5, 0.3, 0.7))]
        return int(interval_plot(rows, "name", "title")["width"])

    assert (width(9), width(90)) == (640, 880)
