"""Quarters of a year, and those that are over."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

#: How many quarters that are over a page shows.
QUARTERS = 8


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months; the number counts quarters since the year 0."""

    number: int

    def __str__(self) -> str:
        year, place = divmod(self.number, 4)
        return _("Quarter %(quarter)s of %(year)s") % {"quarter": place + 1, "year": year}

    @property
    def begins(self) -> datetime:
        year, place = divmod(self.number, 4)
        return timezone.make_aware(datetime.combine(date(year, place * 3 + 1, 1), time.min))


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year * 4 + (day.month - 1) // 3)


def quarters_over(on: date, how_many: int = QUARTERS) -> list[Quarter]:
    """The last quarters that are over on this day, the oldest first."""
    now = quarter_of(on).number
    return [Quarter(number) for number in range(now - how_many, now)]


def span(quarters: Sequence[Quarter]) -> tuple[datetime, datetime]:
    """From the first moment of the first to the first moment after the last."""
    return quarters[0].begins, Quarter(quarters[-1].number + 1).begins


def quarter_at(quarters: Sequence[Quarter]) -> Callable[[datetime], Quarter]:
    """In which of these an instant of their span is: looked up among their beginnings, as it is asked of thousands."""
    begins = [one.begins for one in quarters]
    return lambda at: quarters[bisect_right(begins, at) - 1]
