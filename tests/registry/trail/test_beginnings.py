"""A rule that comes with an upgrade is written down from when it holds; where there is no past it held from the first day."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from licensing.jobs import publish_reasons, remind_of_duties
from registry.trail.models.events import Event
from registry.trail.queries import beginnings, chain
from tests.conftest import SetClock
from tests.licensing.stories import TODAY, a_licence, on
from tests.registry.stories import a_condition
from tests.stories import an_application_submitted

pytestmark = pytest.mark.django_db
#: By the migration that writes them down.
RULES = {
    "0034_rules_begin": (beginnings.SEALED_PAPERS, beginnings.REQUESTS_LAPSE),
    "0035_more_rules_begin": (beginnings.DUTIES_MISSED, beginnings.RUN_OUTS_EXPLAINED),
}
each_migration = pytest.mark.parametrize("migration", RULES)


def begin(migration: str) -> list[datetime | None]:
    import_module(f"licensing.migrations.{migration}").begin(apps, None)
    return [beginnings.since(rule) for rule in RULES[migration]]


@each_migration
def test_a_fresh_database_has_no_past_and_nothing_is_written(migration: str) -> None:
    assert begin(migration) == [None, None]
    assert beginnings.first_day(RULES[migration][0]) == date.min


@each_migration
def test_where_there_is_a_past_an_upgrade_writes_down_once_from_when_each_rule_holds(migration: str) -> None:
    an_application_submitted()

    begun = begin(migration)

    assert None not in begun
    assert begin(migration) == begun
    assert [beginnings.first_day(rule) for rule in RULES[migration]] == [TODAY, TODAY]
    assert Event.objects.filter(kind="rule").count() == len(begun)
    assert list(chain.faults()) == []


def test_a_rule_that_has_left_something_was_in_force_before(set_clock: SetClock) -> None:
    licence = a_licence()
    condition = a_condition(licence)
    remind_of_duties(at=on(condition.due_on))
    ran_out = on(licence.valid_until + timedelta(days=1))
    set_clock(ran_out)
    publish_reasons(at=ran_out)

    assert begin("0035_more_rules_begin") == [None, None]
