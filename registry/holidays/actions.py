"""The table of bank holidays, by which every date in working days is counted."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.holidays import rules
from registry.holidays.models import Holiday
from registry.trail.actions import events as trail


@transaction.atomic
def add(*, calendar: str, day: date, name: str, because: str, by: User, at: datetime) -> Holiday:
    """From now on the day is no working day there. Dates that people have been told stay as they were told.

    `because` names the proclamation or list that says so (Banking and Financial Dealings Act 1971, s.1).
    """
    permissions.require(by, "registry.edit_holidays")
    today = timezone.localdate(at)
    refuse_for(rules.add_holiday_blockers(calendar=calendar, day=day, name=name, because=because, today=today))
    holiday = Holiday.objects.create(nation=calendar, day=day, name=name.strip())
    trail.record(holiday, "add", by=by, at=at, because=because, calendar=calendar, day=day, name=name)
    return holiday


@transaction.atomic
def remove(holiday: Holiday, *, because: str, by: User, at: datetime) -> None:
    """From now on the day is a working day again, if it is no Saturday or Sunday. The trail keeps that it was there."""
    permissions.require(by, "registry.edit_holidays")
    holiday = trail.locked(holiday)
    refuse_for(rules.remove_holiday_blockers(because=because))
    trail.record(
        holiday, "remove", by=by, at=at, because=because, calendar=holiday.nation, day=holiday.day, name=holiday.name
    )
    holiday.delete()
