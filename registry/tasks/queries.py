"""The tasks of a person, an organisation or an agency; and whether the open tasks are what things wait for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from registry import workdays
from registry.accounts.models import User
from registry.assignment.models import Absence
from registry.conflicts.models import Conflict
from registry.conflicts.queries import officers
from registry.holidays.models import Calendar
from registry.holidays.queries import holidays
from registry.tasks.filters import TaskFilter, free_for
from registry.tasks.following import open_key
from registry.tasks.models import Task, TaskQuerySet, kind_of
from registry.waits import TaskPriority, Wait, waits_of

#: Rows read from the database at once when all things are looked through.
CHUNK = 1_000
#: How many things a person worked on last are shown, and among how many ended tasks they are looked for.
RECENT, RECENT_LOOKED_AT = 8, 40
ABOUT = ("organisation", "agency", "owner")


def own_tasks(user: User, on: date, *, people: Sequence[int] = ()) -> TaskQuerySet:
    """What this person must do, with what they do for those who are away: danger first, then by day.

    `people`, here and below: whose tasks they do (`Absence.objects.served_by`), where they were read already.
    """
    people = people or Absence.objects.served_by(user, on)
    found = Task.objects.open().visible_to(user, on, people=people).filter(owner__in=people)
    return found.select_related(*ABOUT).first_due()


def unassigned_tasks(user: User, on: date, *, people: Sequence[int] = ()) -> TaskQuerySet:
    """What this person may take on: tasks that belong to no one yet."""
    found = Task.objects.open().visible_to(user, on, people=people).filter(free_for(user))
    return found.select_related(*ABOUT).first_due()


def open_dangers(user: User, on: date, *, people: Sequence[int] = ()) -> TaskQuerySet:
    """Every open danger that this person sees, also once someone responds: it is theirs to know about until it has ended."""
    found = tasks_seen_by(user, on, people=people).filter(priority=TaskPriority.DANGER)
    return found.select_related(*ABOUT, "acknowledged_by").first_due()


def open_task_of(thing: models.Model) -> Task | None:
    """Who has this very thing now, and by which day it is done."""
    found = Task.objects.open().filter(kind__startswith=f"{thing._meta.model_name}.", subject_pk=thing.pk)
    return found.select_related("owner").first()


def has_task_of(thing: models.Model, user: User) -> bool:
    """Whether an open task about this very thing was given to this person."""
    keys = [open_key(thing, wait) for wait in waits_of(type(thing))]
    return Task.objects.filter(open_key__in=keys, owner=user).exists()


def tasks_of_agency(user: User) -> TaskQuerySet:
    """What is asked of this person's agency, the next due first."""
    return Task.objects.open().of_agency(user).select_related(*ABOUT).first_due()


def tasks_seen_by(user: User, on: date, *, people: Sequence[int] = ()) -> TaskQuerySet:
    """Every open task that this person sees: of the authority; or, where they work for another authority, of that."""
    found = Task.objects.open()
    return found.of_agency(user) if user.agency_id else found.visible_to(user, on, people=people)


def tasks(asked: Mapping[str, Any], *, by: User, at: datetime) -> TaskFilter:
    """The list of tasks as this person sees it, narrowed by what was asked."""
    return TaskFilter(asked, tasks=tasks_seen_by(by, timezone.localdate(at)), by=by, at=at)


def task_seen_by(user: User, pk: int, on: date) -> Task | None:
    """This task, open or done, if this person sees it."""
    seen = Task.objects.of_agency(user) if user.agency_id else Task.objects.visible_to(user, on)
    return seen.select_related(*ABOUT, "acknowledged_by", "done_by").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class TaskAge:
    """How old a task is, in working days of the office, and in how many it is to be done."""

    days: int
    target: int

    @property
    def is_over(self) -> bool:
        return self.days > self.target

    @property
    def scale(self) -> int:
        """Where the bar of the age ends."""
        return max(self.days, self.target, 1)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task on the page of a person's work: with its age, and whose it is where they only do it for that person."""

    task: Task
    raised_on: date
    age: TaskAge
    is_overdue: bool
    deputised: User | None

    @property
    def priority(self) -> TaskPriority:
        return TaskPriority(self.task.priority)

    @property
    def priority_code(self) -> str:
        return self.priority.name.lower()


def task_rows(tasks: Iterable[Task], *, by: User, at: datetime) -> list[TaskRow]:
    """These tasks with what their page says of them. One query for the bank holidays."""
    number = workdays.counter(holidays(Calendar.ENGLAND_AND_WALES))
    today = timezone.localdate(at)
    rows = []
    for task in tasks:
        raised = timezone.localdate(task.raised_at)
        age = TaskAge(number(today) - number(raised), max(0, number(task.due_on) - number(raised)))
        deputised = task.owner if task.owner_id not in (None, by.pk) else None
        rows.append(TaskRow(task, raised, age, task.is_overdue(at), deputised))
    return rows


def people_who_do_tasks() -> "models.QuerySet[User]":
    """Everyone of the authority to whom tasks can be given, by name."""
    return officers().filter(agency=None)


def people_for(task: Task) -> "models.QuerySet[User]":
    """Those who may do this task, by name."""
    people = User.objects.filter(agency=None).exclude(pk__in=[task.not_by_id or 0, task.nor_by_id or 0])
    for permission in task.wait.needs:
        people = people.filter(pk__in=User.objects.who_may(permission).values("pk"))
    conflicted = Conflict.objects.in_force().filter(organisation=task.organisation_id).values("officer")
    return people.exclude(pk__in=conflicted).order_by("name", "email")


def loads(people: Iterable[User]) -> dict[int, int]:
    """How many open tasks each of these people has, by key."""
    counted = Task.objects.open().filter(owner__in=[one.pk for one in people]).values("owner")
    return dict(counted.annotate(n=models.Count("pk")).values_list("owner", "n"))


def recent_work(user: User, at: datetime, *, people: Sequence[int] = ()) -> list[Task]:
    """The last things of which this person ended a task and that they still may see, each once; the newest first."""
    ended = Task.objects.filter(done_by=user, done_at__isnull=False).order_by("-done_at", "-pk")
    keys = list(ended.values_list("pk", flat=True)[:RECENT_LOOKED_AT])
    seen = Task.objects.visible_to(user, timezone.localdate(at), people=people).filter(pk__in=keys)
    newest = seen.select_related("organisation").order_by("-done_at", "-pk")
    return list({task.address: task for task in reversed(newest)}.values())[::-1][:RECENT]


def next_task_after(event: int, user: User, at: datetime) -> Task | None:
    """What this person does next, if they have ended a task since the event of this number."""
    if not Task.objects.filter(done_by=user, done_event__gt=event).exists():
        return None
    return own_tasks(user, timezone.localdate(at)).first()


def models_with_waits() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if waits_of(model):
            yield model


def waiting_things(model: type[models.Model], waits: tuple[Wait, ...]) -> Iterator[models.Model]:
    """Everything of this model that may wait in one of these ways, by its status alone."""
    rows = model._base_manager.order_by("pk")
    if all(wait.states for wait in waits):
        rows = rows.filter(status__in=sorted(frozenset().union(*(wait.states for wait in waits))))
    yield from rows.iterator(CHUNK)


def differences(
    model: type[models.Model], *, on: date, of_day: bool = False
) -> Iterator[tuple[models.Model, list[Wait]]]:
    """Things whose open tasks are not what they wait for on that day, each with the waits that it should have.

    `of_day`: only waits that a day alone begins or ends.
    """
    waits = tuple(wait for wait in waits_of(model) if wait.is_of_day or not of_day)
    if not waits:
        return
    kinds = [kind_of(model, wait) for wait in waits]
    keys = set(Task.objects.open().filter(kind__in=kinds).values_list("open_key", flat=True))
    for thing in waiting_things(model, waits):
        wanted = [wait for wait in waits if wait.holds(thing, on)]
        if any((open_key(thing, wait) in keys) != (wait in wanted) for wait in waits):
            yield thing, wanted


def faults(at: datetime | None = None) -> Iterator[str]:
    """Each way in which the open tasks differ from what things wait for: none, ever (docs/rules.md)."""
    on = timezone.localdate(at)
    for model in models_with_waits():
        for thing, wanted in differences(model, on=on):
            named = ", ".join(wait.code for wait in wanted) or "nothing"
            yield f"{model._meta.model_name} {getattr(thing, 'reference', thing.pk)} waits for {named}"
        yield from _left_open(model)


def _left_open(model: type[models.Model]) -> Iterator[str]:
    """Tasks about things that are in none of the states that wait."""
    waits = waits_of(model)
    for wait in waits:
        found: Any = Task.objects.open().filter(kind=kind_of(model, wait))
        rows = model._base_manager.all()
        if wait.states:
            rows = rows.filter(status__in=sorted(wait.states))
        for task in found.exclude(subject_pk__in=rows.values("pk")):
            yield f"{task} is open, and its subject is over"
