"""Who was trained when: valid as long as the pack says, a task before it runs out, and a figure of visits in the release."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from compliance.training import actions, queries
from compliance.training.models import NOTICE, Training
from registry.editions.rules.quarters import days_of, quarter_on
from registry.errors import Refused
from registry.tasks import jobs
from registry.tasks.models import Task
from tests.compliance.stories import an_inspection_confirmed
from tests.compliance.training.world import a_training
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def test_a_training_is_valid_for_the_months_of_the_pack_and_a_later_one_counts_instead() -> None:
    inspector = person("inspector")
    first = a_training(person=inspector, on=date(2024, 2, 29))
    assert first.valid_until == date(2026, 2, 28)

    second = a_training(person=inspector)

    first.refresh_from_db()
    assert (first.status, second.status) == ("training_repeated", "training_recorded")
    assert a_training(person=inspector, on=date(2025, 1, 1)).status == "training_repeated"


def test_a_manager_has_a_task_before_it_runs_out_which_ends_when_it_is_repeated(set_clock: SetClock) -> None:
    inspector = person("inspector")
    one = a_training(person=inspector)
    waiting = Task.objects.open().filter(kind="training.repeat")
    jobs.open_due(at=NOW)
    assert not waiting.all().exists()

    near = timezone.make_aware(datetime.combine(one.valid_until - NOTICE + timedelta(days=1), NOW.time()))
    set_clock(near)
    jobs.open_due(at=near)
    assert [task.due_on for task in waiting] == [one.valid_until]

    a_training(person=inspector, on=near.date(), at=near)
    assert not waiting.all().exists()


def test_what_cannot_be_is_refused() -> None:
    inspector = person("inspector")
    a_training(person=inspector)
    for told, why in (
        ({"kind": "juggling"}, "no_kind"),
        ({"on": NOW.date() + timedelta(days=1)}, "not_yet"),
        ({}, "recorded"),
    ):
        with pytest.raises(Refused) as refused:
            a_training(person=inspector, **told)
        assert codes(refused) == [why]


def test_what_was_recorded_in_error_does_not_count_and_can_be_recorded_right() -> None:
    inspector, manager = person("inspector"), person("manager")
    one = a_training(person=inspector)
    actions.withdraw_training(one, because="It was another inspector.", by=manager, at=NOW)
    assert a_training(person=inspector).status == "training_recorded"
    with pytest.raises(DatabaseError), transaction.atomic():
        Training.objects.update(on=date(2020, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Training.objects.all().delete()


def test_a_manager_reads_who_was_trained_when_and_records_it_on_a_page() -> None:
    inspector, client = person("inspector", name="Kath Brannigan"), signed_in(person("manager"))

    typed = {"person": inspector.reference, "kind": "safety", "on_day": "26", "on_month": "10", "on_year": "2026"}
    answer = client.post("/staff/training/record/", typed, follow=True)

    assert "Safety on visits" in answer.content.decode()
    listed = client.get("/staff/training/?person=brannigan").content.decode()
    assert "Kath Brannigan" in listed and "26 October 2027" in listed
    assert signed_in(inspector).get("/staff/training/").status_code == 403


def test_the_release_counts_visits_by_trained_inspectors() -> None:
    visit = an_inspection_confirmed()
    assert visit.confirmed_at is not None and visit.visited_on is not None
    quarter = quarter_on(timezone.localdate(visit.confirmed_at))
    days = days_of(quarter)
    assert days is not None

    def counted() -> dict[str, tuple[object, object]]:
        (table,) = queries.tables(days[1])
        return {str(row[1]): (row[2], row[3]) for row in table.rows if row[0] == quarter}

    assert counted()["signs"] == (1, 0)
    a_training(person=visit.inspector, on=visit.visited_on)
    assert counted()["signs"] == (1, 1)
    assert counted()["safety"] == (1, 0)
