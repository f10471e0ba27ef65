"""What was done to some things: found by an index, however long the trail is."""

import pytest
from django.db import connection

from registry.trail.actions.events import record_many
from registry.trail.models.events import Event
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def happened(kind: str, reference: str) -> dict[str, object]:
    nothing = {"by": "", "by_name": "", "before": "", "after": "", "because": "", "facts": {}}
    return {**nothing, "at": NOW, "verb": "do", "kind": kind, "reference": reference}


def test_events_of_several_things_are_theirs_newest_first_and_of_nothing_there_is_none() -> None:
    record_many([happened("a", "1"), happened("b", "1"), happened("a", "2"), happened("a", "1")])

    found = [(one.kind, one.reference) for one in Event.objects.of([("a", "1"), ("b", "1")])]

    assert found == [("a", "1"), ("b", "1"), ("a", "1")]
    assert list(Event.objects.of([])) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a short table through")
@pytest.mark.parametrize("things", [[("a", "1")], [("a", "1"), ("b", "2")]])
def test_no_trail_is_read_through_for_them(things: list[tuple[str, str]]) -> None:
    plan = Event.objects.of(things).explain()

    assert "event_of_one_thing" in plan
    assert "SCAN" not in plan
