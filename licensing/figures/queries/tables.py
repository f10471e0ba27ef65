"""The months that figures are counted by; the shape of a figure is compliance's, which counts too."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from compliance.statistics.queries.figures import Bar as Bar
from compliance.statistics.queries.figures import Figure as Figure

MONTHS = 12


Month = tuple[int, int]


def months(on: date) -> list[Month]:
    """The month of this day and the eleven before it, this one last."""
    last = on.year * 12 + on.month - 1
    return [(month // 12, month % 12 + 1) for month in range(last - MONTHS + 1, last + 1)]


def begins(on: date) -> datetime:
    """The first instant of those months."""
    return timezone.make_aware(datetime.combine(date(*months(on)[0], 1), time.min))


def day_of() -> Callable[[datetime], date]:
    """What says on which day here an instant was; it asks once where here is, as it is asked of tens of thousands."""
    here = timezone.get_current_timezone()
    return lambda at: at.astimezone(here).date()


def list_of(name: str, scheme: str, *asked: tuple[str, object]) -> str:
    """The address of a list, narrowed to what a figure counts."""
    given: Iterable[tuple[str, object]] = (*asked, ("scheme", scheme))
    return f"{reverse(name)}?{urlencode([(key, value) for key, value in given if value])}"


def as_written(month: Month) -> str:
    return date_format(date(*month, 1), "F Y")
