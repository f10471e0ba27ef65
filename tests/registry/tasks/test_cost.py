"""What following an event costs: two statements on tasks for each event about a thing that waits, and no reads for most."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.trail.actions import events as trail
from tests.compliance.stories import an_inspection_recorded
from tests.conftest import NOW
from tests.registry.stories import a_decider, an_organisation

pytestmark = pytest.mark.django_db


def test_a_move_costs_two_statements_more_and_no_more_reads() -> None:
    visit = an_inspection_recorded()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        trail.move(trail.locked(visit), "report", by=visit.inspector, at=NOW, reported_at=NOW)

    about_tasks = [query["sql"].split()[0] for query in asked if "registry_task" in query["sql"]]
    assert sorted(about_tasks) == ["INSERT", "UPDATE"]


def test_an_event_about_what_does_not_wait_costs_nothing() -> None:
    organisation = an_organisation()
    with CaptureQueriesContext(connection) as asked:
        trail.record(organisation, "update", by=a_decider(), at=NOW)

    assert not [query for query in asked if "registry_task" in query["sql"]]
