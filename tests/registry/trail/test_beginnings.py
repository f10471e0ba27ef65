"""A rule that comes with an upgrade is written down from when it holds; where there is no past it held from the first day."""

from importlib import import_module

import pytest
from django.apps import apps

from registry.trail.models.events import Event
from registry.trail.queries import beginnings, chain
from tests.stories import an_application_submitted

pytestmark = pytest.mark.django_db
RULES = (beginnings.SEALED_PAPERS, beginnings.REQUESTS_LAPSE)
begin = import_module("licensing.migrations.0034_rules_begin").begin


def test_a_fresh_database_has_no_past_and_nothing_is_written() -> None:
    begin(apps, None)

    assert [beginnings.since(rule) for rule in RULES] == [None, None]


def test_where_there_is_a_past_an_upgrade_writes_down_once_from_when_each_rule_holds() -> None:
    an_application_submitted()

    begin(apps, None)
    begun = [beginnings.since(rule) for rule in RULES]
    begin(apps, None)

    assert None not in begun
    assert [beginnings.since(rule) for rule in RULES] == begun
    assert Event.objects.filter(kind="rule").count() == len(RULES)
    assert list(chain.faults()) == []
