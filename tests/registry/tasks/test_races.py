"""Two people at once, and processes that die: no task is lost or doubled."""

from datetime import timedelta

import pytest
from django.db.transaction import TransactionManagementError

from licensing.applications.models import Application
from licensing.cases.actions import assignment
from registry.accounts.models import User
from registry.errors import Refused
from registry.tasks import actions, jobs, queries
from registry.tasks.models import Task
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter, Event
from tests.conftest import NOW
from tests.killed import killed
from tests.licensing.stories import TODAY, a_refusal_proposed, notified
from tests.people import person
from tests.races import at_once
from tests.stories import an_application_paid

pytestmark = pytest.mark.django_db(transaction=True)


def open_kinds() -> list[str]:
    return sorted(Task.objects.open().filter(kind__startswith="application.").values_list("kind", flat=True))


def test_of_two_who_take_a_task_at_once_one_gets_it() -> None:
    an_application_paid()
    task = Task.objects.open().get(kind="application.take_on")
    officers = [person("case_officer") for _officer in range(2)]

    results = at_once(*[lambda officer=officer: actions.take(task, by=officer, at=NOW) for officer in officers])

    assert sum(isinstance(result, Task) for result in results) == 1
    assert all(isinstance(result, Task | Refused) for result in results)
    task.refresh_from_db()
    assert task.done_by in officers
    assert open_kinds() in ([], ["application.assess"])
    assert list(queries.faults(NOW)) == []


def begin() -> None:
    officer = User.objects.filter(groups__name="case_officer").order_by("pk").first()
    task = Task.objects.open().get(kind="application.take_on")
    assert officer is not None
    assignment.begin_assessment(Application.objects.get(pk=task.subject_pk), by=officer, at=NOW)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("function", ["registry.trail.actions.events:_record", "registry.trail.actions.events:move"])
def test_a_process_that_dies_in_a_move_leaves_the_tasks_as_they_were(function: str, moment: str) -> None:
    an_application_paid()
    before = list(Task.objects.order_by("pk").values())

    assert killed(begin, function, moment)

    assert list(Task.objects.order_by("pk").values()) == before
    begin()
    assert "application.take_on" not in open_kinds()
    assert list(queries.faults(NOW)) == []


def test_a_day_is_finished_in_a_transaction_of_its_own() -> None:
    """No transaction of a test is around it: outside of one, another process would draw the number of the same event."""
    decision = notified(a_refusal_proposed())
    assert decision.reply_by is not None
    after = NOW + timedelta(days=(decision.reply_by - TODAY).days + 1)

    assert jobs.open_due(at=after) >= 1
    assert Event.objects.filter(verb=jobs.DAY_IS_DONE).count() == 1


def test_no_number_is_drawn_and_no_event_written_outside_a_transaction() -> None:
    case, officer = an_application_paid(), person("case_officer")
    before = Event.objects.count()

    for act in (
        lambda: Counter.objects.draw("licence XXXX"),
        lambda: Counter.objects.raise_to("licence XXXX", 9),
        lambda: Counter.objects.link(Counter.ENTRIES, {}),
        lambda: trail.record(case, "note", by=officer, at=NOW),
    ):
        with pytest.raises(TransactionManagementError):
            act()
    assert Event.objects.count() == before
