"""Intervals drawn by the server: a line with its middle for each, the axis below, and every number written beside its line."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

from django import template
from django.utils.functional import Promise

register = template.Library()

WIDTH, MARGIN, ROW, FIRST = 640, 30, 56, 34
#: What a letter takes at most, and how many letters the numbers behind the words have: a plot is as wide as its longest words.
LETTER, NUMBERS = 8, 20
#: The axis reaches at least so far on each side of zero.
LEAST = 0.2


@register.filter
def in_hundred(part: float, sign: str) -> str:
    """How many in a hundred: with the sign of per cent where it is a share, without one where it is a difference of shares."""
    return f"{part * 100:.0f}{sign}"


class Interval(Protocol):
    value: float
    low: float
    high: float


class PlotRow(Protocol):
    """What is drawn: its words, and a difference of two shares with its interval."""

    @property
    def label(self) -> str | Promise: ...

    @property
    def estimate(self) -> Interval | None: ...


@dataclass(frozen=True, slots=True)
class DrawnInterval:
    """One line of a plot, in units of the picture; the numbers in percentage points."""

    label: str | Promise
    value: float
    low: float
    high: float
    text_y: int
    y: int
    x: int
    left: int
    right: int

    @property
    def top(self) -> int:
        return self.y - 6

    @property
    def foot(self) -> int:
        return self.y + 6


@dataclass(frozen=True, slots=True)
class AxisMark:
    x: int
    points: int


@register.inclusion_tag("registry/editions/interval_plot.html")
def interval_plot(rows: Iterable[PlotRow], name: str, title: str) -> dict[str, Any]:
    """Each row that has an interval, on one axis around zero. `name` is of the page alone; a table beside says the same."""
    shown = [(row.label, row.estimate) for row in rows if row.estimate is not None]
    furthest = max([LEAST, *(abs(end) for _label, one in shown for end in (one.low, one.high))])
    reach = min(ceil(furthest * 10 - 1e-9) / 10, 1.0)

    width = max([WIDTH, *(LETTER * (len(str(label)) + NUMBERS) for label, _one in shown)])

    def place(share: float) -> int:
        return round(width / 2 + max(min(share / reach, 1), -1) * (width / 2 - MARGIN))

    drawn = [
        DrawnInterval(
            label=label,
            value=one.value * 100,
            low=one.low * 100,
            high=one.high * 100,
            text_y=number * ROW + 18,
            y=number * ROW + FIRST,
            x=place(one.value),
            left=place(one.low),
            right=place(one.high),
        )
        for number, (label, one) in enumerate(shown)
    ]
    foot = len(drawn) * ROW + 8
    marks = [AxisMark(place(share * reach), round(share * reach * 100)) for share in (-1, -0.5, 0, 0.5, 1)]
    return {
        "rows": drawn,
        "name": name,
        "title": title,
        "marks": marks,
        "foot": foot,
        "text_foot": foot + 22,
        "width": width,
        "height": foot + 32,
        "zero": place(0),
    }
