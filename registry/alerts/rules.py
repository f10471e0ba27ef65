"""When someone may be put on the duty rota."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason

#: A shift is no longer than this, and begins no further ahead.
LONGEST, AHEAD = timedelta(days=31), timedelta(days=366)
ON_DUTY = "registry.be_on_duty"


def add_shift_blockers(
    *,
    officer: User,
    deputy: User | None,
    starts: datetime,
    until: datetime,
    overlaps: bool,
    without_telephone: frozenset[User],
    at: datetime,
) -> Iterator[Reason]:
    for person, field in ((officer, "officer"), (deputy, "deputy")):
        if person is not None:
            yield from _person_blockers(person, field, without_telephone)
    if deputy == officer:
        yield Reason("own_deputy", _("Choose another person as deputy."), "deputy")
    yield from _time_blockers(starts, until, at)
    if overlaps:
        yield Reason("overlaps", _("Another shift is on the rota at this time. Remove it first."), "starts_day")


def _time_blockers(starts: datetime, until: datetime, at: datetime) -> Iterator[Reason]:
    if until <= starts:
        yield Reason("ends_before", _("The end must be after the start."), "until_day")
    elif until - starts > LONGEST:
        yield Reason("too_long", _("A shift can last 31 days at most."), "until_day")
    if until <= at or starts > at + AHEAD:
        yield Reason("day_out_of_range", _("Enter a shift that ends after now and starts within a year."), "starts_day")


def _person_blockers(person: User, field: str, without_telephone: frozenset[User]) -> Iterator[Reason]:
    if not person.is_active or not person.has_perm(ON_DUTY):
        yield Reason(
            "may_not", format_lazy(_("{person} cannot be on duty with their roles."), person=str(person)), field
        )
    if person in without_telephone:
        text = _("{person} has no telephone number for alerts. They enter it on their page “Alerts to you”.")
        yield Reason("no_telephone", format_lazy(text, person=str(person)), field)
