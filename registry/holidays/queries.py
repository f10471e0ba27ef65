"""The table of bank holidays, as staff keep it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from registry.holidays.filters import HolidayFilter
from registry.holidays.models import Calendar, Holiday
from registry.trail.models.events import Event
from registry.trail.queries.history import TimelineEvent, in_words

CHANGES_SHOWN = 100
AHEAD = timedelta(days=365)


def holidays(nation: str) -> frozenset[date]:
    """The days that are not working days in this nation, for `registry.workdays`."""
    return frozenset(Holiday.objects.filter(nation=nation).values_list("day", flat=True))


def holiday_table(params: Mapping[str, Any], *, years: Sequence[int], today: date) -> HolidayFilter:
    """The table of holidays that staff keep, the next first."""
    return HolidayFilter(params, queryset=Holiday.objects.all(), years=years, today=today)


def holiday_years() -> list[int]:
    """The years of which holidays are entered, the latest first."""
    return list(Holiday.objects.order_by("-day__year").values_list("day__year", flat=True).distinct())


def holidays_end(today: date) -> list[tuple[Calendar, date | None]]:
    """The calendars in which less than a year ahead is entered, each with the last day that is (docs/rules.md T39)."""
    ends = dict(Holiday.objects.values_list("nation").annotate(last=Max("day")))
    return [(one, ends.get(one)) for one in Calendar if ends.get(one, date.min) < today + AHEAD]


def holiday_changes() -> list[TimelineEvent]:
    """What staff have added to the table of holidays and taken out of it, and why; the latest first."""
    return in_words(Event.objects.filter(kind="holiday").order_by("-number")[:CHANGES_SHOWN], about="")
