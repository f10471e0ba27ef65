"""What following an event costs: one read of the open tasks of a thing that waits, and a write only where one begins or ends."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.trail.actions import events as trail
from tests.compliance.stories import an_inspection_recorded
from tests.conftest import NOW
from tests.registry.stories import a_decider, a_licence, an_organisation

pytestmark = pytest.mark.django_db


def verbs(asked: CaptureQueriesContext, table: str = "registry_task") -> list[str]:
    return sorted(query["sql"].split()[0] for query in asked if table in query["sql"])


def test_a_move_reads_the_open_tasks_once_ends_one_and_begins_one() -> None:
    visit = an_inspection_recorded()

    with CaptureQueriesContext(connection) as asked:
        trail.move(trail.locked(visit), "report", by=visit.inspector, at=NOW, reported_at=NOW)

    assert verbs(asked) == ["INSERT", "SELECT", "UPDATE"]


def test_an_event_that_changes_no_task_writes_none() -> None:
    visit = an_inspection_recorded()
    with CaptureQueriesContext(connection) as asked:
        trail.record(visit, "word", by=visit.inspector, at=NOW)

    assert verbs(asked) == ["SELECT"]


def test_an_event_about_a_licence_costs_seven_reads_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The licence afresh, its open tasks, whether it has begun to supply, and until when its holder is insured, in four where no day is known."""
    licence, decider = a_licence(), a_decider()
    trail.record(licence, "note", by=decider, at=NOW)  # seals what was made above
    with CaptureQueriesContext(connection) as with_tasks:
        trail.record(licence, "note", by=decider, at=NOW)
    monkeypatch.setattr("registry.trail.actions.events.follow", lambda *things, **about: None)
    with CaptureQueriesContext(connection) as without:
        trail.record(licence, "note", by=decider, at=NOW)

    assert len(with_tasks) - len(without) == 7


def test_an_event_about_what_does_not_wait_costs_nothing() -> None:
    organisation = an_organisation()
    with CaptureQueriesContext(connection) as asked:
        trail.record(organisation, "update", by=a_decider(), at=NOW)

    assert verbs(asked) == []
