"""The tasks of a person, an organisation or an agency; and whether the open tasks are what things wait for."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from registry.accounts.models import User
from registry.assignment.models import Absence
from registry.tasks.models import Task, TaskQuerySet, kind_of, kinds_for, open_key
from registry.waits import Wait, waits_of

#: Rows read from the database at once when all things are looked through.
CHUNK = 1_000
ABOUT = ("organisation", "agency", "owner")


def own_tasks(user: User, on: date) -> TaskQuerySet:
    """What this person must do, with what they do for those who are away: danger first, then by day."""
    deputised = Absence.objects.people_of(user, on)
    found = Task.objects.open().visible_to(user, on)
    return found.filter(models.Q(owner=user) | models.Q(owner__in=deputised)).select_related(*ABOUT).first_due()


def unassigned_tasks(user: User, on: date) -> TaskQuerySet:
    """What this person may take on: tasks that belong to no one yet."""
    found = Task.objects.open().visible_to(user, on).filter(owner=None, kind__in=kinds_for(user))
    return found.exclude(not_by=user).exclude(nor_by=user).select_related(*ABOUT).first_due()


def tasks_of_agency(user: User) -> TaskQuerySet:
    """What is asked of this person's agency, the next due first."""
    return Task.objects.open().of_agency(user).select_related(*ABOUT).first_due()


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
