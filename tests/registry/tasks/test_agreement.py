"""The open tasks are what things wait for: in the world of every page, which real actions made."""

import pytest
from django.utils import timezone

from compliance.inspections.models import Inspection
from registry.tasks import jobs, queries
from registry.tasks.models import Task
from tests.journeys.every_page import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_page() -> None:
    world.build()


def test_in_the_world_of_every_page_tasks_are_what_things_wait_for(every_page: None) -> None:
    assert Task.objects.open().count() > 60
    assert list(queries.faults(timezone.now())) == []
    what_an_older_version_left_gets_its_tasks_and_their_schemes()


def what_an_older_version_left_gets_its_tasks_and_their_schemes() -> None:
    said = dict(Task.objects.open().exclude(scheme="").values_list("open_key", "scheme"))
    assert {str(key).partition(".")[0] for key in said} >= {"application", "licence", "inspection"}
    Task.objects.update(scheme="")
    confirmed = Inspection.objects.filter(status="confirmed", sending=None)
    reports = Task.objects.open().filter(kind="inspection.send_report", subject_pk__in=confirmed.values("pk"))
    waiting = reports.count()
    assert waiting
    reports.delete()

    assert jobs.open_missing(at=timezone.now()) == waiting
    assert jobs.fill_schemes() == len(said) - waiting
    assert dict(Task.objects.open().exclude(scheme="").values_list("open_key", "scheme")) == said
    assert jobs.fill_schemes() == 0


def test_a_missing_task_and_one_left_open_are_found_and_the_missing_one_is_opened_again(every_page: None) -> None:
    lost = Task.objects.open().filter(kind="decision.decide").order_by("pk")[0]
    reference = lost.reference
    lost.delete()

    assert list(queries.faults(timezone.now())) == [f"decision {reference} waits for decide"]
    assert jobs.open_missing(at=timezone.now()) == 1
    assert list(queries.faults(timezone.now())) == []

    left = Task.objects.open().filter(kind="application.assess").order_by("pk")[0]
    Task.objects.create(
        kind="application.take_on",
        open_key="application.take_on:left",
        subject_pk=left.subject_pk,
        reference=left.reference,
        address="/",
        due_on=left.due_on,
        raised_at=left.raised_at,
        raised_event=left.raised_event,
    )
    assert [fault for fault in queries.faults(timezone.now()) if "is over" in fault] == [
        f"application.take_on {left.reference} is open, and its subject is over"
    ]
