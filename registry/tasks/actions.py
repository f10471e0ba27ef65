"""What a person does with a task other than the work itself, and what a day or a new version does with all of them."""

from collections.abc import Callable
from datetime import date, datetime

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.tasks import rules
from registry.tasks.models import Task, kinds_for
from registry.trail.actions import events as trail
from registry.waits import TaskPriority

#: Gives the thing of a task to a person, or to no one, and says whether it could: the app that owns the thing names it in
#: `assigns` of its configuration. It is called once it was checked that `by` may give this task away or take it.
Assigner = Callable[..., bool]


@transaction.atomic
def take(task: Task, *, by: User, at: datetime) -> Task:
    """Take a task that belongs to no one. Raises `Refused` if someone else has it or it is done."""
    task = _held(task, by=by, on=timezone.localdate(at))
    refuse_for(rules.take_blockers(task, by=by))
    return _given(task, by, by=by, at=at)


@transaction.atomic
def assign(task: Task, *, owner: User, because: str = "", by: User, at: datetime) -> Task:
    """Give a task to a person who may do it. Where the thing itself is given to someone, the thing is given."""
    permissions.require(by, "registry.assign_tasks")
    task = _held(task, by=by, on=timezone.localdate(at))
    refuse_for(rules.assign_blockers(task, owner=owner))
    return _given(task, owner, because=because, by=by, at=at)


@transaction.atomic
def postpone(task: Task, *, due_on: date, because: str, by: User, at: datetime) -> Task:
    """Set a later day for a task that no law and no clock of its thing sets a day for, and say why."""
    permissions.require(by, "registry.assign_tasks")
    task = _held(task, by=by, on=timezone.localdate(at))
    refuse_for(rules.postpone_blockers(task, due_on=due_on, because=because, today=timezone.localdate(at)))
    was, task.due_on = task.due_on, due_on
    task.save(update_fields=["due_on"])
    trail.record(task, "postpone", by=by, at=at, because=because, was_due_on=was, due_on=due_on)
    return task


@transaction.atomic
def acknowledge(task: Task, *, by: User, at: datetime) -> Task:
    """Say that one has seen an urgent task and is acting on it: it is theirs then, and so it is a danger that another had."""
    task = _held(task, by=by, on=timezone.localdate(at))
    refuse_for(rules.acknowledge_blockers(task))
    task.acknowledged_at, task.acknowledged_by = at, by
    if task.owner is None or task.priority == TaskPriority.DANGER:
        task.owner = by
    task.save(update_fields=["acknowledged_at", "acknowledged_by", "owner"])
    trail.record(task, "acknowledge_task", by=by, at=at)
    return task


@transaction.atomic
def hand_over(person: User, *, to: User, because: str, by: User, at: datetime) -> int:
    """Give every open task of a person to another, all or none; says how many. Raises `Refused` naming those that cannot be."""
    permissions.require_one(by, "registry.assign_tasks", "registry.manage_people")
    tasks = list(Task.objects.open().filter(owner=person).select_for_update(of=("self",)).order_by("pk"))
    refuse_for(reason for task in tasks for reason in rules.assign_blockers(task, owner=to, names_task=True))
    for task in tasks:
        _given(task, to, because=because, by=by, at=at)
    give_back(person, to=to, because=because, by=by, at=at)
    return len(tasks)


@transaction.atomic
def release(
    person: User,
    *,
    organisation: Organisation | None = None,
    may_not: bool = False,
    because: str,
    by: User,
    at: datetime,
) -> int:
    """Give the tasks of a person back to everyone who may do them, urgent ones now; says how many.

    For who leaves at once, who has declared a conflict of interest with the organisation, and who has other roles now
    (`may_not`: only what they may not do any more).
    """
    tasks = Task.objects.open().filter(owner=person).select_for_update(of=("self",)).order_by("pk")
    if organisation is not None:
        tasks = tasks.filter(organisation=organisation)
    if may_not:
        tasks = tasks.exclude(kind__in=kinds_for(person))
    for task in tasks:
        _given(task, None, because=because, by=by, at=at)
    released = Task.objects.open().filter(pk__in=[task.pk for task in tasks])
    released.update(released_at=at)
    released.filter(priority=TaskPriority.NORMAL).update(priority=TaskPriority.URGENT)
    give_back(person, organisation=organisation, because=because, by=by, at=at)
    return len(tasks)


@transaction.atomic
def give_back(
    person: User,
    *,
    to: User | None = None,
    organisation: Organisation | None = None,
    because: str,
    by: User,
    at: datetime,
) -> None:
    """Give on what a person is responsible for and has no open task about: a case that waits for its applicant, for example.

    Each app names the actions that do it in `gives_back`. `to` is who gets it; without, it belongs to no one.
    """
    for config in apps.get_app_configs():
        for path in getattr(config, "gives_back", ()):
            import_string(path)(person, to=to, organisation=organisation, because=because, by=by, at=at)


def _held(task: Task, *, by: User, on: date) -> Task:
    """The task, locked, if this person sees it. Raises `Task.DoesNotExist` otherwise."""
    return Task.objects.visible_to(by, on).select_for_update(of=("self",)).get(pk=task.pk)


def _given(task: Task, owner: User | None, *, because: str = "", by: User, at: datetime) -> Task:
    assigner = _assigner_of(task)
    if assigner is not None and assigner(task.subject_pk, owner, because=because, by=by, at=at):
        task.refresh_from_db()
        return task
    was, task.owner = task.owner, owner
    task.save(update_fields=["owner"])
    trail.record(task, "assign_task", by=by, at=at, because=because, owner=owner, owner_before=was)
    return task


def _assigner_of(task: Task) -> Assigner | None:
    if not task.wait.owner:
        return None
    for config in apps.get_app_configs():
        path = getattr(config, "assigns", {}).get(task.kind)
        if path:
            assigner: Assigner = import_string(path)
            return assigner
    return None
