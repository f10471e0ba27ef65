"""Charts and tables of the page: nothing is drawn that is not in the table, no scale lies, and marks stay marks."""

from hypothesis import given
from hypothesis import strategies as st

from registry.editions.queries.figures import _drawn, _look_of, _TableOnPage
from registry.editions.queries.published import cells_of
from registry.editions.rules.charts import (
    BOTTOM,
    TOP,
    ChartSeries,
    EditionChart,
    bar_chart,
    in_figures,
    line_chart,
    scale_of,
)
from registry.editions.rules.quarters import before, days_of, quarter_on, trend_of
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from tests.registry.editions.world import words

CELLS = st.lists(st.one_of(st.integers(0, 10**6), st.sampled_from(list(Mark))), min_size=1, max_size=8)


@given(CELLS)
def test_a_line_begins_at_nought_stays_in_its_frame_and_leaves_marks_out(cells: list[int | Mark]) -> None:
    chart = line_chart("Title", [f"Q{n}" for n in range(len(cells))], [ChartSeries("line", tuple(cells))])
    heights = [float(point.split(",")[1]) for line in chart.lines for run in line.runs for point in run.split()]

    assert len(heights) == len([cell for cell in cells if cell not in list(Mark)])
    assert all(TOP - 0.1 <= height <= BOTTOM + 0.1 for height in heights)
    assert chart.ticks[0][0] == BOTTOM and chart.ticks[0][1] == "0"
    assert all(in_figures(cell) in chart.told for cell in cells)


@given(st.integers(0, 10**9))
def test_the_scale_holds_the_most_in_few_round_steps(most: int) -> None:
    top, step = scale_of(most)

    assert top >= most and top % step == 0 and 1 <= top // step <= 5
    assert str(step).strip("0") in {"1", "2", "5"}


def test_a_hidden_number_has_no_bar_and_its_mark_beside_it() -> None:
    chart = bar_chart("Title", ["one", "two"], ChartSeries("people", (Mark.HIDDEN, 40)))

    assert [(bar.words, bar.width > 0) for bar in chart.bars] == [("[c]", False), ("40", True)]
    assert chart.told == "people: one [c], two 40"


def test_a_table_that_is_not_by_quarter_is_shown_row_by_row() -> None:
    table = ReleaseTable(
        code="referrals",
        counts=CountedThing.PEOPLE,
        title=words("People referred"),
        about=words("People referred by year."),
        dimensions=(
            Dimension("year", words("Year"), {"2024": words("2024"), "2025": words("2025")}),
            Dimension("age", words("Age"), {"child": words("Children"), "adult": words("Adults")}),
        ),
        measures={"people": words("People")},
        units={"people": "people"},
        rows=(
            ("2024", "child", Mark.HIDDEN),
            ("2024", "adult", Mark.HIDDEN),
            ("2025", "child", 19),
            ("2025", "adult", 37),
        ),
    )

    chart, headings, rows = _drawn(_TableOnPage(table, _look_of(table), "2026-Q3", cells_of(table)))

    assert headings == ("Year", "Age", "People")
    assert rows[0] == ("2024", "Children", "[c]") and rows[3] == ("2025", "Adults", "37")
    assert chart is not None
    assert [bar.title for bar in chart.bars] == ["2025, Children", "2025, Adults"]


def test_quarters_follow_each_other() -> None:
    assert before("2026-Q1") == "2025-Q4" and before("2026-Q4", -1) == "2027-Q1"
    assert trend_of("2026-Q3")[0] == "2024-Q4" and len(trend_of("2026-Q3")) == 8
    for code in trend_of("2026-Q3"):
        days = days_of(code)
        assert days and quarter_on(days[0]) == quarter_on(days[1]) == code
    assert days_of("2026-Q5") is days_of("x") is None


def test_of_periods_the_newest_with_a_number_is_drawn_and_nothing_where_all_are_hidden() -> None:
    def drawn(newest: Cell) -> EditionChart | None:
        table = ReleaseTable(
            code="ages",
            counts=CountedThing.PEOPLE,
            title=words("People by age"),
            about=words("People."),
            dimensions=(
                Dimension("period", words("Period"), {code: words(code) for code in ("2024", "2025", "2026")}),
                Dimension("row", words("Row"), {"child": words("Children"), "all": words("All")}),
            ),
            measures={"people": words("People")},
            units={"people": "people"},
            rows=(
                ("2024", "all", newest),
                ("2025", "child", Mark.HIDDEN),
                ("2025", "all", newest),
                ("2026", "all", Mark.HIDDEN),
            ),
        )
        return _drawn(_TableOnPage(table, _look_of(table), "2026-Q3", cells_of(table)))[0]

    chart = drawn(37)
    assert chart is not None
    assert (chart.title, [bar.title for bar in chart.bars]) == ("People by age: 2025", ["All"])
    assert drawn(Mark.HIDDEN) is None


def test_a_number_that_noise_brought_below_nought_has_no_bar() -> None:
    (bar,) = bar_chart("Campaigns", ["Radio"], ChartSeries("Reports", (-2,))).bars

    assert (bar.width, bar.words) == (0, "-2")


def test_a_long_title_has_two_rows_in_the_legend_and_nothing_is_cut_off() -> None:
    long, short = "With an authority that enforces immigration law", "Visits"

    chart = line_chart("Visits", ["Q1", "Q2"], [ChartSeries(long, (1, 2)), ChartSeries(short, (3, 4))])

    rows = [row for line in chart.lines for row in line.words]
    assert [words for _y, words in rows] == ["With an authority that enforces", "immigration law", "Visits"]
    assert len({y for y, _words in rows}) == 3 and max(y for y, _words in rows) < chart.height
