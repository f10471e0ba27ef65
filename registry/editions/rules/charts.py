"""Where the lines and bars of a chart are drawn, and how it is told in words. Numbers in, places out.

Lines differ by their dashes and by the shape of their marks, never by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from textwrap import wrap

from registry.editions.tables import Cell, Mark

WIDTH, LEFT, TOP, BOTTOM = 400, 64, 16, 196
#: How many letters of the widest language fit beside the mark of a line in the legend.
LEGEND_LETTERS = 36
LEGEND_ROW, BAR_ROW, BAR = 24, 46, 18
TICKS = 4
#: Dashes and mark of each line in order. More lines than these are not drawn together.
STYLES = (("", "circle"), ("7 5", "diamond"), ("2 4", "square"), ("12 4 2 4", "triangle"))
#: Each mark as a path from its middle, and whether it is filled.
MARKS = {
    "circle": ("m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z", True),
    "diamond": ("m0-6l6 6l-6 6l-6-6z", False),
    "square": ("m-4.5-4.5h9v9h-9z", False),
    "triangle": ("m0-7l6 11h-12z", True),
}
LEGEND_X = 86
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line, or the bars: what it is called and a cell for each place."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    words: tuple[tuple[int, str], ...]
    dashes: str
    runs: tuple[str, ...]  # points of each run of neighbours
    marks: str  # one path for all of them, that of the legend too
    is_filled: bool
    legend: int


@dataclass(frozen=True, slots=True)
class DrawnBar:
    title: str
    words: str
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class EditionChart:
    """What the template draws. `told` says each number in words, for those who do not see it."""

    title: str
    told: str
    height: int
    ticks: tuple[tuple[float, str], ...] = ()
    places: tuple[tuple[float, str], ...] = ()
    lines: tuple[DrawnLine, ...] = ()
    bars: tuple[DrawnBar, ...] = ()


def in_figures(cell: Cell) -> str:
    """With commas; a mark in brackets."""
    if isinstance(cell, Mark):
        return f"[{cell.value}]"
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"


def line_chart(title: str, places: Sequence[str], series: Sequence[ChartSeries]) -> EditionChart:
    """Lines from nought up: no scale begins elsewhere, so that no rise looks greater than it is."""
    shown = series[: len(STYLES)]
    numbers = [cell for one in shown for cell in one.cells if not isinstance(cell, Mark)]
    top, step = scale_of(max(numbers, default=0))
    x = [LEFT + (WIDTH - LEFT - 20) * place / max(len(places) - 1, 1) for place in range(len(places))]
    every = 2 if len(places) > 4 else 1
    legend = [wrap(one.title, LEGEND_LETTERS) or [""] for one in shown]
    above = [sum(map(len, legend[:n])) for n in range(len(shown) + 1)]
    last = len(places) - 1
    return EditionChart(
        title=title,
        told="; ".join(_told(one, places) for one in shown),
        height=BOTTOM + 32 + LEGEND_ROW * above[-1],
        ticks=tuple((_height(value, top), in_figures(value)) for value in range(0, top + 1, step)),
        places=tuple((x[n], place) for n, place in enumerate(places) if (last - n) % every == 0),
        lines=tuple(_line(one, n, x, top, legend[n], above[n]) for n, one in enumerate(shown)),
    )


def bar_chart(title: str, places: Sequence[str], series: ChartSeries) -> EditionChart:
    """A bar for each place, its words above it and its number beside it; a hidden number has no bar."""
    numbers = [cell for cell in series.cells if not isinstance(cell, Mark)]
    most = max([1, *numbers])
    bars = tuple(
        DrawnBar(
            place,
            in_figures(cell),
            n * BAR_ROW,
            # A number with noise may be below nought.
            0 if isinstance(cell, Mark) else max(round((WIDTH - 80) * cell / most), 0),
        )
        for n, (place, cell) in enumerate(zip(places, series.cells, strict=True))
    )
    return EditionChart(title=title, told=_told(series, places), height=BAR_ROW * len(bars), bars=bars)


def scale_of(most: float) -> tuple[int, int]:
    """The top of the scale and its step: 1, 2 or 5 with noughts."""
    rough = max(most, 1) / TICKS
    unit = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = int(next(factor for factor in (1, 2, 5, 10) if factor * unit >= rough) * unit)
    return step * max(ceil(most / step), 1), step


def _told(series: ChartSeries, places: Sequence[str]) -> str:
    said = (f"{place} {in_figures(cell)}" for place, cell in zip(places, series.cells, strict=True))
    return f"{series.title}: {', '.join(said)}"


def _line(
    series: ChartSeries, number: int, x: Sequence[float], top: int, words: Sequence[str], above: int
) -> DrawnLine:
    """With its words in the legend, below so many rows of other lines."""
    dashes, mark = STYLES[number]
    points = list(_points(series, x, top))
    runs = [[one for one in run if one] for is_there, run in groupby(points, key=bool) if is_there]
    legend = BOTTOM + 46 + LEGEND_ROW * above
    shape, is_filled = MARKS[mark]
    marked = [*(point for point in points if point), (LEGEND_X, legend - 5)]
    return DrawnLine(
        tuple((legend + LEGEND_ROW * n, row) for n, row in enumerate(words)),
        dashes,
        tuple(" ".join(f"{left:.1f},{up:.1f}" for left, up in run) for run in runs),
        "".join(f"M{left:.1f} {up:.1f}{shape}" for left, up in marked),
        is_filled,
        legend,
    )


def _points(series: ChartSeries, x: Sequence[float], top: int) -> Iterator[Point | None]:
    for left, cell in zip(x, series.cells, strict=True):
        yield None if isinstance(cell, Mark) else (left, _height(cell, top))


def _height(value: float, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top
