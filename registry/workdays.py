"""Days on which offices work, and the deadlines that the law counts in them.

Holidays are given by the caller, from the table that staff edit (`registry.holidays.queries(nation)`), so that no
upgrade of a package moves a legal date. A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a
bank holiday in that part of the United Kingdom (Gangmasters (Appeals) Regulations 2006, regulation 2).
"""

import calendar
from bisect import bisect_right
from collections.abc import Callable, Set
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, n: int, holidays: Set[date]) -> date:
    """The n-th working day after a day, which is not counted itself; before it, if n is negative; the day itself for 0."""
    step = _DAY if n > 0 else -_DAY
    day, left = start, abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Set[date]) -> int:
    """How many working days lie after `start`, up to and including `end`; negative if `end` comes first.

    The opposite of `add_working_days`: between a day and its n-th working day lie n.
    """
    if end < start:
        return -working_days_between(end - _DAY, start - _DAY, holidays)
    free = sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)
    return _weekday(end) - _weekday(start) - free


def first_day_within(on: date, days: int, holidays: Set[date]) -> date:
    """The first day that lies no more than so many working days before this one: what is older came before it."""
    return add_working_days(on + _DAY, -(days + 1), holidays)


def counter(holidays: Set[date]) -> Callable[[date], int]:
    """Numbers the working days, for who counts between thousands of pairs of days: the number of a later day less that of an
    earlier one is `working_days_between` them.
    """
    free = sorted(day for day in holidays if day.weekday() < SATURDAY)
    return cache(lambda day: _weekday(day) - bisect_right(free, day))


def _weekday(day: date) -> int:
    """How many days from Monday to Friday there have been, up to and including this one."""
    weeks, beyond = divmod(day.toordinal() - 1, 7)  # the first day of all was a Monday
    return weeks * SATURDAY + min(beyond + 1, SATURDAY)


def working_days_late(done: date, *, due: date, holidays: Set[date]) -> int:
    """By how many working days something came too late: 0 if it came by the day it was due."""
    return max(0, working_days_between(due, done, holidays))


def add_months(start: date, months: int) -> date:
    """The same day of a later month; the last day of that month if it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(starts: date, months: int) -> date:
    """The last day of a licence of so many months: the day before the corresponding day, which ends the month if there is none.

    A year from 1 March ends on the last of February; a year from 29 February ends on 28 February.
    """
    corresponding = add_months(starts, months)
    return corresponding - _DAY if corresponding.day == starts.day else corresponding
