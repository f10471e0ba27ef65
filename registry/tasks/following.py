"""How tasks follow from events: a thing is compared with the waits that its lifecycle declares (docs/decisions/0098-tasks.md)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.module_loading import import_string

from registry import schemes, workdays
from registry.accounts.models import User
from registry.holidays.models import Calendar, Holiday
from registry.tasks.models import Task, kind_of
from registry.waits import TaskPriority, Wait, address_of, local_day, value_at, waits_of

if TYPE_CHECKING:
    from registry.trail.models.events import Event


def follow(*things: models.Model, event: "Event", by: User | None, is_read_again: bool = False) -> None:
    """Close the tasks of what is not waited for any more, and open or update those of what is. Two statements.

    Things are as they are after the event; the first is read again if its caller may have an older copy of it. What waits together
    with one (`waits_with`) is read and followed as well.
    """
    if is_read_again and waits_of(type(things[0])):
        now = type(things[0])._base_manager.filter(pk=things[0].pk).first()
        things = (now or things[0], *things[1:])
    closed: list[str] = []
    opened: dict[tuple[str, ...], list[Task]] = {}
    day = timezone.localdate(event.at)
    for thing in _with_others(things):
        for wait in waits_of(type(thing)):
            if wait.holds(thing, day):
                opened.setdefault(_follows_subject(wait), []).append(new_task(thing, wait, event))
            else:
                closed.append(open_key(thing, wait))
    _close(closed, event, by)
    for fields, tasks in opened.items():
        if fields:
            Task.objects.bulk_create(tasks, update_conflicts=True, unique_fields=["open_key"], update_fields=fields)
        else:
            Task.objects.bulk_create(tasks, ignore_conflicts=True)


def _close(keys: list[str], event: "Event", by: User | None) -> None:
    if keys:
        # Of two at once, the one who commits last may have read the clock first.
        done_at = Greatest(F("raised_at"), Value(event.at))
        Task.objects.filter(open_key__in=keys).update(
            open_key=None, done_at=done_at, done_by=by, done_event=event.number
        )


def open_key(thing: models.Model, wait: Wait) -> str:
    return f"{kind_of(thing, wait)}:{thing.pk}"


def new_task(thing: models.Model, wait: Wait, event: "Event") -> Task:
    """The task of a wait that begins with this event; not saved."""
    since = timezone.localdate(event.at)
    due, excluded = wait.day_of(thing, since), wait.not_by
    due_on = local_day(due) or _counted(thing, wait, since)
    return Task(
        kind=kind_of(thing, wait),
        open_key=open_key(thing, wait),
        subject_pk=thing.pk,
        reference=str(getattr(thing, "reference", None) or thing.pk),
        address=address_of(thing, wait),
        organisation=value_at(thing, wait.organisation) if wait.organisation else None,
        agency=value_at(thing, wait.agency) if wait.agency else None,
        owner=_owner(thing, wait),
        not_by=value_at(thing, excluded[0]) if excluded else None,
        nor_by=value_at(thing, excluded[1]) if len(excluded) > 1 else None,
        priority=value_at(thing, wait.priority) if wait.priority else TaskPriority.NORMAL,
        due_on=due_on,
        due_at=due if isinstance(due, datetime) else None,
        raised_at=event.at,
        raised_event=event.number,
    )


def _owner(thing: models.Model, wait: Wait) -> User | None:
    """Who has it from the beginning: no one who has left the authority."""
    path = wait.owner or wait.first_owner
    person: User | None = value_at(thing, path) if path else None
    return person if person is not None and person.is_active else None


def _counted(thing: models.Model, wait: Wait, since: date) -> date:
    """The day that the scheme sets for a wait without a clock of its own, counted in working days of the office."""
    name = getattr(thing, "scheme", "")
    scheme = schemes.in_force(name, since) if name else schemes.first_in_force(since)
    days = scheme.tasks.working_days(kind_of(thing, wait))
    if days == 0:
        return since
    holidays = frozenset(Holiday.objects.filter(nation=Calendar.ENGLAND_AND_WALES).values_list("day", flat=True))
    return workdays.add_working_days(since, days, holidays)


def _follows_subject(wait: Wait) -> tuple[str, ...]:
    """The columns of an open task that change with its subject: what was assigned or postponed by hand stays."""
    named = {"owner": ("owner",), "agency": ("agency",), "due": ("due_on", "due_at"), "not_by": ("not_by", "nor_by")}
    named |= {"priority": ("priority",), "due_from": ("due_on",)}
    return tuple(column for path, columns in named.items() if getattr(wait, path) for column in columns)


def _with_others(things: Iterable[models.Model]) -> Iterator[models.Model]:
    """These, and the other things of which the waits depend on them, as those are now; each once."""
    seen: set[tuple[type[models.Model], int]] = set()
    for thing in things:
        thing.__dict__.pop("waits_now", None)
        for one in (thing, *_others(thing)):
            if (type(one), one.pk) not in seen:
                seen.add((type(one), one.pk))
                yield one


def _others(thing: models.Model) -> Iterator[models.Model]:
    for path in getattr(thing, "waits_with", ()):
        other = value_at(thing, path)
        if other is not None:
            yield type(other)._base_manager.get(pk=other.pk)
    for path in _followers().get(thing._meta.label_lower, ()):
        yield from import_string(path)(thing)


@cache
def _followers() -> dict[str, list[str]]:
    """Of each model, the functions of higher apps that name what waits with it (`waits_with` of their configuration)."""
    found: dict[str, list[str]] = {}
    for config in apps.get_app_configs():
        declared: dict[str, str] = getattr(config, "waits_with", {})
        for label, path in declared.items():
            found.setdefault(label, []).append(path)
    return found
