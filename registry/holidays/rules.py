"""Which days may be written into the table of bank holidays."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry import workdays
from registry.errors import Reason
from registry.holidays.models import Holiday
from registry.reasons import reason_blockers

#: No law is known further ahead, and a year typed wrong is no holiday.
HOLIDAYS_AHEAD = 10


def add_holiday_blockers(*, calendar: str, day: date, name: str, because: str, today: date) -> Iterator[Reason]:
    if Holiday.objects.filter(nation=calendar, day=day).exists():
        yield Reason("already_there", _("That day is in the table already."), "day")
    if day.weekday() >= workdays.SATURDAY:
        text = _("That is a Saturday or a Sunday. Enter the substitute day.")
        yield Reason("weekend", text, "day")
    if day.year > today.year + HOLIDAYS_AHEAD:
        yield Reason("too_far_ahead", _("That is more than ten years ahead. Check the year."), "day")
    if not name.strip():
        yield Reason("no_name", _("Enter what the holiday is called."), "name")
    yield from reason_blockers(because)


def remove_holiday_blockers(*, because: str) -> Iterator[Reason]:
    yield from reason_blockers(because)
