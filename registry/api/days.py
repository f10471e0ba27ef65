"""The type of a day that a program sends."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import AfterValidator

from registry import days


def _possible(day: date) -> date:
    today = timezone.localdate()
    if not days.is_possible(day, today=today):
        raise ValueError(f"the year must be from {days.FIRST_YEAR} to {today.year + days.YEARS_AHEAD}")
    return day


Day = Annotated[date, AfterValidator(_possible)]
