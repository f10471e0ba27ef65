"""A table of figures and the bars that are drawn of it: one shape for the page, its charts and its files."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `value` is what its length says."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A table, and the bars that are drawn of it, which are `measured` in something. `target` is a line across the bars."""

    code: str
    title: str
    about: str
    headings: tuple[str | Promise, ...]
    rows: tuple[tuple[object, ...], ...]
    bars: tuple[Bar, ...]
    measured: str
    target: int | None = None


Month = tuple[int, int]


def months(on: date) -> list[Month]:
    """The month of this day and the eleven before it, this one last."""
    last = on.year * 12 + on.month - 1
    return [(month // 12, month % 12 + 1) for month in range(last - MONTHS + 1, last + 1)]


def begins(on: date) -> datetime:
    """The first instant of those months."""
    return timezone.make_aware(datetime.combine(date(*months(on)[0], 1), time.min))


def month_of(day: date) -> Month:
    return (day.year, day.month)


def as_written(month: Month) -> str:
    return date_format(date(*month, 1), "F Y")
