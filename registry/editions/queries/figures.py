"""The figures of an edition as its page shows them: of each table a chart, the numbers beside it and a sentence.

A table may have more dimensions than a page can show: what is not shown here is in its file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.editions.queries.declaring import ALL, word
from registry.editions.queries.headlines import A_YEAR, sentence_of
from registry.editions.queries.intervals import ALL_IN_FILE, PlottedRow, on_page, plot_of, verdict_of
from registry.editions.queries.published import Key, PublishedEdition, cells_of
from registry.editions.rules.charts import STYLES, ChartSeries, EditionChart, bar_chart, in_figures, line_chart
from registry.editions.rules.quarters import before, in_a_table, shortly
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable

TIME = "quarter"
#: Tables that are too long for the page of an edition.
ON_ITS_OWN_PAGE = frozenset({"prevention"})
MOST_BARS = 10


@dataclass(frozen=True, slots=True)
class FigureLook:
    """How a table is shown: which measures are drawn, and which dimension divides it, as bars or as a line each."""

    measures: tuple[str, ...]
    split: str = ""
    is_lines: bool = True


LOOKS: Mapping[str, FigureLook] = {
    "licences": FigureLook(("held",)),
    "applications": FigureLook(("received", "decided")),
    "times": FigureLook(("nine_in_ten", "half")),
    "decisions": FigureLook(("decided",), "kind", is_lines=False),
    "appeals": FigureLook(("received", "set_aside")),
    "appeal-outcomes": FigureLook(("ended",), "outcome", is_lines=False),
    "visits": FigureLook(("visits",), "how"),
    "joint-visits": FigureLook(("joint", "guarded")),
    "standards": FigureLook(("not_met",), "standard", is_lines=False),
    "follow-up": FigureLook(("asked", "met")),
    "recovered": FigureLook(("pounds",)),
    "training": FigureLook(("trained",), "training", is_lines=False),
    "complaints": FigureLook(("received", "upheld")),
    "enforcement": FigureLook(("opened", "notices", "undertakings", "underpayment")),
}


@dataclass(frozen=True, slots=True)
class EditionFigure:
    """One figure: what is drawn, and the same as a table. Nothing is drawn where every number is hidden."""

    code: str
    title: str
    sentence: str
    about: str
    notes: tuple[str, ...]
    chart: EditionChart | None
    plot: tuple[PlottedRow, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hides: bool


@dataclass(frozen=True, slots=True)
class _TableOnPage:
    """One table with its look and its cells, of which the page reads."""

    table: ReleaseTable
    look: FigureLook
    code: str
    cells: Mapping[Key, Mapping[str, Cell]]

    def dimension(self, code: str) -> Dimension | None:
        return next((one for one in self.table.dimensions if one.code == code), None)

    def cell(self, measure: str, **chosen: str) -> Cell:
        key = tuple(chosen.get(one.code, ALL) for one in self.table.dimensions)
        return self.cells.get(key, {}).get(measure, Mark.IMPOSSIBLE)


def figures_of(shown: PublishedEdition) -> Iterator[EditionFigure]:
    for whole in (one for one in shown.tables if one.code not in ON_ITS_OWN_PAGE):
        table, is_whole = on_page(whole)
        page = _TableOnPage(table, _look_of(table), shown.code, cells_of(table))
        chart, headings, rows = _drawn(page)
        plot = plot_of(table)
        yield EditionFigure(
            code=table.code,
            title=word(table.title),
            sentence=sentence_of(table, shown.code) or verdict_of(table),
            about=word(table.about),
            notes=(*(word(note) for note in table.notes), *(() if is_whole else (str(ALL_IN_FILE),))),
            chart=None if plot else chart,
            plot=plot,
            headings=headings,
            rows=rows,
            hides=table.counts in (CountedThing.PEOPLE, CountedThing.REPORTS),
        )


def _look_of(table: ReleaseTable) -> FigureLook:
    """Of a table that has none of its own: bars of the dimension that has no total; else a line for each measure of one unit."""
    if table.code in LOOKS:
        return LOOKS[table.code]
    without_total = [one.code for one in table.dimensions if one.code != TIME and ALL not in one.values]
    first = next(iter(table.measures))
    if without_total:
        return FigureLook((first,), without_total[-1], is_lines=False)
    alike = [one for one in table.measures if table.units.get(one) == table.units.get(first)]
    return FigureLook(tuple(alike[: len(STYLES)]))


Drawn = tuple[EditionChart | None, tuple[str, ...], tuple[tuple[str, ...], ...]]


def _drawn(page: _TableOnPage) -> Drawn:
    split = page.dimension(page.look.split)
    if page.dimension(TIME) is None:
        return _row_by_row(page)
    if split is not None and not page.look.is_lines:
        return _bars(page, split)
    return _lines_of_values(page, split) if split is not None else _lines_of_measures(page)


def _row_by_row(page: _TableOnPage) -> Drawn:
    """Of a table that is not by quarter: all its rows as they are, and bars of the first measure.

    Of periods the newest that has a number is drawn.
    """
    table = page.table
    dimensions, keys, measure = table.dimensions, len(table.dimensions), next(iter(table.measures))
    named = [
        tuple(word(one.values[str(value)]) for one, value in zip(dimensions, row[:keys], strict=True))
        for row in table.rows
    ]
    cells = list(page.cells.values())
    rows = tuple((*names, *map(in_figures, cells[n].values())) for n, names in enumerate(named))
    headings = (*(word(one.title) for one in dimensions), *(word(title) for title in table.measures.values()))
    numbers = [(names, one[measure]) for names, one in zip(named, cells, strict=True) if one[measure] != Mark.HIDDEN]
    if not numbers:
        return None, headings, rows
    title, drawn = word(table.title), numbers
    if dimensions[0].code == "period":
        newest = numbers[-1][0][0]
        title = f"{title}: {newest}"
        drawn = [(names[1:], number) for names, number in numbers if names[0] == newest]
    series = ChartSeries(word(table.measures[measure]), tuple(number for _names, number in drawn[:MOST_BARS]))
    return bar_chart(title, [", ".join(names) for names, _number in drawn[:MOST_BARS]], series), headings, rows


def _quarters(page: _TableOnPage) -> list[str]:
    time = page.dimension(TIME)
    return list(time.values) if time else []


def _lines_of_measures(page: _TableOnPage) -> Drawn:
    quarters, table = _quarters(page), page.table
    series = [
        ChartSeries(word(table.measures[one]), tuple(page.cell(one, quarter=quarter) for quarter in quarters))
        for one in page.look.measures
    ]
    rows = tuple(
        (in_a_table(quarter), *(in_figures(page.cell(one, quarter=quarter)) for one in table.measures))
        for quarter in reversed(quarters)
    )
    headings = (_("Quarter"), *(word(title) for title in table.measures.values()))
    return line_chart(word(table.title), [shortly(one) for one in quarters], series), headings, rows


def _lines_of_values(page: _TableOnPage, split: Dimension) -> Drawn:
    quarters, measure = _quarters(page), page.look.measures[0]
    drawn = [value for value in split.values if value != ALL]
    series = [
        ChartSeries(
            word(split.values[value]), tuple(page.cell(measure, **{TIME: one, split.code: value}) for one in quarters)
        )
        for value in drawn
    ]
    rows = tuple(
        (
            in_a_table(quarter),
            *(in_figures(page.cell(measure, **{TIME: quarter, split.code: one})) for one in split.values),
        )
        for quarter in reversed(quarters)
    )
    headings = (_("Quarter"), *(word(title) for title in split.values.values()))
    return line_chart(word(page.table.title), [shortly(one) for one in quarters], series), headings, rows


def _bars(page: _TableOnPage, split: Dimension) -> Drawn:
    """The values that have anything in the quarter of the edition, the most first."""
    measure, then = page.look.measures[0], before(page.code, A_YEAR)
    now = {value: page.cell(measure, **{TIME: page.code, split.code: value}) for value in split.values if value != ALL}
    shown = sorted((one for one in now if now[one] not in (0, Mark.IMPOSSIBLE)), key=lambda one: -_number(now[one]))
    rows = tuple(
        (
            word(split.values[value]),
            *(in_figures(page.cell(one, **{TIME: page.code, split.code: value})) for one in page.table.measures),
            in_figures(page.cell(measure, **{TIME: then, split.code: value})),
        )
        for value in shown
    )
    headings = (word(split.title), *(word(title) for title in page.table.measures.values()), _("A year before"))
    drawn = shown[:MOST_BARS]
    series = ChartSeries(word(page.table.measures[measure]), tuple(now[one] for one in drawn))
    return bar_chart(word(page.table.title), [word(split.values[one]) for one in drawn], series), headings, rows


def _number(cell: Cell) -> float:
    return -1 if isinstance(cell, Mark) else cell
