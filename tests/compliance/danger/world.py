"""Dangers and shifts, made by the real actions."""

from datetime import timedelta

from compliance.danger import actions as dangers
from compliance.danger.models import DangerSign
from compliance.inspections.models import Inspection
from registry.accounts.models import User
from registry.alerts import actions as alerts
from registry.alerts.models import DutyShift
from tests.conftest import NOW
from tests.people import person


def with_telephone(user: User, last: int = 0) -> User:
    alerts.choose_alerts(
        telephone=f"+4477009001{last:02}", gets_urgent_mail=True, gets_morning_mail=True, by=user, at=NOW
    )
    return user


def a_shift(*, officer: User | None = None, deputy: User | None = None, by: User | None = None) -> DutyShift:
    """From a minute ago, for twelve hours."""
    return alerts.add_shift(
        officer=officer or with_telephone(person("safeguarding_lead", name="On Duty")),
        deputy=deputy,
        starts=NOW - timedelta(minutes=1),
        until=NOW + timedelta(hours=12),
        by=by or person("manager"),
        at=NOW,
    )


def a_danger(inspection: Inspection, *, by: User) -> DangerSign:
    return dangers.raise_danger("officer", inspection=inspection, by=by, at=NOW)
