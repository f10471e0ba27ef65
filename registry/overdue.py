"""The one rule of when a day or an hour has passed: of a row that was read, and the same as a condition of a query.

A day has passed from the next day on, as days are counted here (Europe/London); an hour has passed from the moment after it. Whether
someone is late depends besides on what is still waited for: each model says so beside its lifecycle (`is_overdue`, `overdue_on`).
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from registry.waits import local_day


def has_passed(due: date | datetime | None, at: date | datetime) -> bool:
    """Whether it has passed at that moment, or on that day. What has no day never passes."""
    if due is None:
        return False
    if isinstance(due, datetime) and isinstance(at, datetime):
        return due < at
    return _day(due) < _day(at)


def passed(column: str, at: date | datetime, *, hour: str = "") -> Q:
    """The rows of which the day in this column has passed; of those that have an hour in the column `hour`, the hour."""
    today = _day(at)
    if not hour:
        return Q(**columns_passed(column, at))
    # The day of the hour stands in an index, the hour does not.
    by_day, by_hour = Q(**{hour: None, f"{column}__lt": today}), Q(**{f"{hour}__lt": at})
    return Q(**{f"{column}__lte": today}) & (by_day | by_hour)


def columns_passed(column: str, at: date | datetime) -> dict[str, Any]:
    """The same of a day, for who puts more before the name of the column."""
    return {f"{column}__lt": _day(at)}


def hour_passed(column: str, at: datetime) -> Q:
    """The rows of which the moment in this column has passed."""
    return Q(**{f"{column}__lt": at})


def _day(value: date | datetime) -> date:
    day = local_day(value)
    assert day is not None
    return day
