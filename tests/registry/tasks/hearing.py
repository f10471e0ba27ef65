"""What people hear of tasks: none is told of a task about a thing that they may not see."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from registry import jobs
from registry.accounts.models import User
from registry.alerts.models import AlertNotice
from registry.letters.models import Letter
from registry.tasks.models import Task


def assert_no_role_hears_of_what_it_may_not_see(
    people: Mapping[str, User], seen: Mapping[str, set[int]], in_programs: Mapping[str, set[int]]
) -> None:
    """`seen` are the tasks in the list of each role, `in_programs` those that a program of that person is given."""
    mailed = dict(_mailed())
    assert mailed
    for role, tasks in seen.items():
        user = User.objects.get(pk=people[role].pk)
        assert [str(task) for task in Task.objects.filter(pk__in=tasks) if not _is_seen(task, user)] == [], role
        assert in_programs[role] <= tasks, role
        assert mailed.get(user.pk, set()) <= tasks, role


def _is_seen(task: Task, user: User) -> bool:
    """Whether the thing itself is among those that this person sees, where its rows say so."""
    if user.agency_id:
        return bool(task.agency_id == user.agency_id)
    rows: Any = apps.get_model(_model_of(task))._default_manager.all()
    sees = getattr(rows, "visible_to", None) or getattr(rows, "open_to", None)
    return sees is None or sees(user).filter(pk=task.subject_pk).exists()


def _model_of(task: Task) -> str:
    name = task.kind.partition(".")[0]
    return next(model._meta.label for model in apps.get_models() if model._meta.model_name == name)


def _mailed() -> Iterator[tuple[int, set[int]]]:
    """The open tasks of which each person is alerted or reminded on the next working morning."""
    at = timezone.now().replace(hour=9) + timedelta(days=1)
    Task.objects.open().update(due_on=at.date())
    jobs.alert_of_danger(at=at)
    jobs.alert_of_urgent(at=at)
    jobs.mail_mornings(at=at)
    for user in User.objects.all():
        told = set(
            AlertNotice.objects.filter(person=user, alert__task__done_at=None).values_list("alert__task", flat=True)
        )
        letters = Letter.objects.filter(template="registry/letters/morning.html", address=user.email)
        names = {(row["reference"], row["todo"]) for letter in letters for row in letter.facts["tasks"]}
        told |= {task.pk for task in Task.objects.open() if (task.reference, task.todo) in names}
        if told:
            yield user.pk, told
