"""The one rule of when a day has passed: of a row and of a query it is the same, on every day and at every hour."""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q

from registry.overdue import has_passed, passed
from registry.tasks.models import Task, declared_waits
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
ENDS_WITH_ITS_DAY = ("decision.reply", "licence.tell_supply")


@pytest.mark.parametrize(("days", "is_past"), [(1, False), (0, False), (-1, True)])
def test_a_day_has_passed_from_the_next_day_on(days: int, is_past: bool) -> None:
    assert has_passed(NOW.date() + timedelta(days=days), NOW) is is_past
    assert has_passed(NOW.date() + timedelta(days=days), NOW.date()) is is_past


def test_the_day_is_that_of_here() -> None:
    """At half past midnight in summer it is still the day before in universal time."""
    at = datetime(2026, 7, 2, 0, 30, tzinfo=LONDON)
    assert has_passed(date(2026, 7, 1), at)


def test_an_hour_has_passed_after_it_and_what_has_no_day_never() -> None:
    assert not has_passed(NOW, NOW)
    assert has_passed(NOW - timedelta(seconds=1), NOW)
    assert not has_passed(None, NOW)


@pytest.mark.both
def test_rows_and_queries_agree_over_random_days_and_hours() -> None:
    random = Random(106)
    kinds = ["application.assess", "dangersign.respond", *ENDS_WITH_ITS_DAY]
    assert all(declared_waits()[kind].ends_with_its_day == (kind in ENDS_WITH_ITS_DAY) for kind in kinds)
    for number in range(200):
        due_at = NOW + timedelta(minutes=random.randrange(-4_000, 4_000)) if random.random() < 0.5 else None
        due_on = due_at.astimezone(LONDON).date() if due_at else NOW.date() + timedelta(days=random.randrange(-3, 4))
        kind = random.choice(kinds)
        Task.objects.create(
            kind=kind,
            open_key=f"{kind}:{number}",
            subject_pk=number,
            reference="-",
            address="/",
            due_on=due_on,
            due_at=due_at,
            raised_at=NOW - timedelta(days=9),
            raised_event=1,
        )
    tasks = list(Task.objects.all())
    for _moment in range(40):
        at = NOW + timedelta(minutes=random.randrange(-6_000, 6_000))
        assert _found(Task.objects.all().overdue(at)) == {one.pk for one in tasks if one.is_overdue(at)}
        assert _found(Task.objects.filter(passed("due_on", at))) == {
            one.pk for one in tasks if has_passed(one.due_on, at)
        }
    assert _found(Task.objects.filter(Q(kind__in=ENDS_WITH_ITS_DAY)).overdue(at)) == set()


def _found(rows: object) -> set[int]:
    return {task.pk for task in rows}  # type: ignore[attr-defined]
