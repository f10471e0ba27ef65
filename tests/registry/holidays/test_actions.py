"""The table of bank holidays is edited with a reason, by managers alone, and every date is counted by it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from registry import workdays
from registry.accounts.models import User
from registry.errors import Refused
from registry.holidays import actions as holidays
from registry.holidays import queries as holiday_queries
from registry.holidays.models import Calendar, Holiday
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db

# A day on which nothing is closed anywhere: a Monday.
DAY = date(2027, 6, 7)
GIVEN: dict[str, Any] = {
    "calendar": "scotland",
    "day": DAY,
    "name": "Coronation",
    "because": "Proclamation of 1 March.",
}


@pytest.fixture
def manager() -> User:
    return person("manager")


def test_a_holiday_that_is_added_is_no_working_day_of_its_part_alone(manager: User) -> None:
    friday = date(2027, 6, 4)

    holidays.add(**GIVEN, by=manager, at=NOW)

    assert workdays.add_working_days(friday, 1, holiday_queries.holidays(Calendar.SCOTLAND)) == date(2027, 6, 8)
    assert workdays.add_working_days(friday, 1, holiday_queries.holidays(Calendar.ENGLAND_AND_WALES)) == DAY


def test_adding_and_removing_leave_an_event_each_with_the_reason(manager: User) -> None:
    one = holidays.add(**GIVEN, by=manager, at=NOW)
    holidays.remove(one, because="The proclamation was taken back.", by=manager, at=NOW)

    events = Event.objects.filter(kind="holiday").order_by("number")
    assert [(e.verb, e.reference, e.because, e.by) for e in events] == [
        ("add", "scotland 2027-06-07", "Proclamation of 1 March.", manager.reference),
        ("remove", "scotland 2027-06-07", "The proclamation was taken back.", manager.reference),
    ]
    assert not Holiday.objects.filter(nation="scotland", day=DAY).exists()
    assert not list(trail.faults())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"day": date(2027, 1, 4)}, "already_there"),  # 2 January 2027 is a Saturday: Scots rest on the Monday
        ({"day": date(2027, 6, 5)}, "weekend"),
        ({"day": date(2072, 6, 6)}, "too_far_ahead"),
        ({"name": " "}, "no_name"),
        ({"because": "so"}, "no_reason"),
    ],
)
def test_what_cannot_be_a_holiday_is_refused(manager: User, wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        holidays.add(**{**GIVEN, **wrong}, by=manager, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == [code]


def test_a_holiday_is_not_removed_without_a_reason(manager: User) -> None:
    one = Holiday.objects.get(nation="scotland", day=date(2027, 1, 4))

    with pytest.raises(Refused):
        holidays.remove(one, because="", by=manager, at=NOW)

    assert Holiday.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize("role", ["case_officer", "decision_maker", "auditor", "people_administrator"])
def test_nobody_else_edits_the_table(role: str) -> None:
    with pytest.raises(PermissionDenied):
        holidays.add(**GIVEN, by=person(role), at=NOW)


@pytest.mark.parametrize(
    ("country", "calendar"),
    [
        ("scotland", "scotland"),
        ("Scotland ", "scotland"),
        ("northern_ireland", "northern_ireland"),
        ("Northern Ireland", "northern_ireland"),
        ("england", "england_and_wales"),
        ("wales", "england_and_wales"),
        # where the authority sits, for all others: abroad, and addresses of before the nation was asked
        ("elsewhere", "england_and_wales"),
        ("United Kingdom", "england_and_wales"),
        ("", "england_and_wales"),
    ],
)
def test_the_holidays_that_count_are_those_of_the_nation_of_the_address(country: str, calendar: str) -> None:
    assert Calendar.of({"country": country}) == calendar


def test_an_address_of_before_the_nation_was_asked_is_counted_as_where_the_authority_sits() -> None:
    assert Calendar.of({}) == Calendar.ENGLAND_AND_WALES
