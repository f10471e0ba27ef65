"""How tasks follow from events: a thing is compared with the waits that its lifecycle declares (docs/decisions/0098-tasks.md)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from registry import schemes, workdays
from registry.accounts.models import User
from registry.holidays.models import Calendar, Holiday
from registry.tasks.models import Task, kind_of
from registry.waits import TaskPriority, Wait, address_of, key_at, local_day, scheme_of, value_at, waits_of

if TYPE_CHECKING:
    from registry.trail.models.events import Event
#: What is read of an open task: which one it is, and what may change with its thing.
OPEN_TASK = ("open_key", "raised_at", "owner", "agency", "not_by", "nor_by", "priority", "due_on", "due_at")


def follow(*things: models.Model, event: "Event", by: User | None, is_read_again: bool = False) -> None:
    """Close the tasks of what is not waited for any more, and open or update those of what is.

    Things are as they are after the event; the first is read again if its caller may have an older copy of it. What waits together
    with one (`waits_with`) is read and followed as well. Every event locks the head of the trail, so no one else opens or closes a
    task between the reading of the open ones and the end of the transaction.
    """
    if is_read_again and waits_of(type(things[0])):
        now = type(things[0])._base_manager.filter(pk=things[0].pk).first()
        things = (now or things[0], *things[1:])
    others = _with_others(things, has_moved=event.before != event.after)
    waits = {open_key(thing, wait): (thing, wait) for thing in others for wait in waits_of(type(thing))}
    if waits:
        _follow(waits, event=event, by=by)


def _follow(waits: Mapping[str, tuple[models.Model, Wait]], *, event: "Event", by: User | None) -> None:
    """One statement reads the open tasks of these waits, one closes and one opens; none where none is to be."""
    tasks = {str(task.open_key): task for task in Task.objects.raw(_asking(len(waits)), [*waits])}
    day = timezone.localdate(event.at)
    holding = {key for key, (thing, wait) in waits.items() if wait.holds(thing, day)}
    for key in holding & tasks.keys():
        _update(tasks[key], *waits[key], day)
    if closed := tasks.keys() - holding:
        # Of two at once, the one who commits last may have read the clock first.
        done_at = max(event.at, *(tasks[key].raised_at for key in closed))
        done = {"open_key": None, "done_at": done_at, "done_by": by, "done_event": event.number}
        Task.objects.filter(open_key__in=closed).update(**done)
    if opened := [new_task(*waits[key], event) for key in waits if key in holding and key not in tasks]:
        Task.objects.bulk_create(opened, ignore_conflicts=True)


@cache
def _asking(number: int) -> str:
    """The statement that reads the open tasks of this many keys. To put it together takes longer than to ask it, after every event."""
    statement, _keys = (
        Task.objects.only(*OPEN_TASK).filter(open_key__in=map(str, range(number))).query.sql_with_params()
    )
    return statement


def open_key(thing: models.Model, wait: Wait) -> str:
    return f"{kind_of(thing, wait)}:{thing.pk}"


def new_task(thing: models.Model, wait: Wait, event: "Event", *, on: date | None = None) -> Task:
    """The task of a wait that begins with this event; not saved. Its time runs from the day of the event, or from `on`."""
    since = on or timezone.localdate(event.at)
    due, excluded = wait.day_of(thing, since), wait.not_by
    return Task(
        kind=kind_of(thing, wait),
        open_key=open_key(thing, wait),
        subject_pk=thing.pk,
        reference=str(getattr(thing, "reference", None) or thing.pk),
        address=address_of(thing, wait),
        organisation_id=key_at(thing, wait.organisation),
        agency_id=key_at(thing, wait.agency),
        scheme=scheme_of(thing, wait),
        owner_id=_owner(thing, wait.owner or wait.first_owner),
        not_by_id=key_at(thing, excluded[0]) if excluded else None,
        nor_by_id=key_at(thing, excluded[1]) if len(excluded) > 1 else None,
        priority=value_at(thing, wait.priority) if wait.priority else TaskPriority.NORMAL,
        due_on=local_day(due) or _counted(thing, wait, since),
        due_at=due if isinstance(due, datetime) else None,
        raised_at=event.at,
        raised_event=event.number,
    )


def _update(task: Task, thing: models.Model, wait: Wait, on: date) -> None:
    """Bring an open task up to what its thing says now: what was assigned or postponed by hand stays, and so does a day that was
    worked out when the task began, unless the thing happens on its day: then the next day follows when the last is over.
    """
    now = {column: value for column, value in _of_thing(thing, wait, on) if getattr(task, column) != value}
    if "owner_id" in now:
        now["owner_id"] = _owner(thing, wait.owner)
    if any(getattr(task, column) != value for column, value in now.items()):
        Task.objects.filter(pk=task.pk).update(**now)


def _of_thing(thing: models.Model, wait: Wait, on: date) -> Iterator[tuple[str, Any]]:
    """The columns of an open task that are those of its thing, as the thing has them now."""
    if wait.owner:
        yield "owner_id", key_at(thing, wait.owner)
    if wait.agency:
        yield "agency_id", key_at(thing, wait.agency)
    if (wait.due or wait.is_on_day) and (due := wait.day_of(thing, on)) is not None:
        yield "due_on", local_day(due)
        yield "due_at", due if isinstance(due, datetime) else None
    for column, path in zip(("not_by_id", "nor_by_id"), wait.not_by, strict=False):
        yield column, key_at(thing, path)
    if wait.priority:
        yield "priority", value_at(thing, wait.priority)


def _owner(thing: models.Model, path: str) -> int | None:
    """The key of the person who is given the thing: no one who has left the authority."""
    person: User | None = value_at(thing, path) if path else None
    return person.pk if person is not None and person.is_active else None


def _counted(thing: models.Model, wait: Wait, since: date) -> date:
    """The day that the scheme sets for a wait without a clock of its own, counted in working days of the office."""
    name = getattr(thing, "scheme", "")
    scheme = schemes.in_force(name, since) if name else schemes.first_in_force(since)
    days = scheme.tasks.working_days(kind_of(thing, wait))
    if days == 0:
        return since
    # So many working days end before this, whatever bank holidays there are.
    last = since + timedelta(days=2 * days + 30)
    free = Holiday.objects.filter(nation=Calendar.ENGLAND_AND_WALES, day__gt=since, day__lte=last)
    return workdays.add_working_days(since, days, frozenset(free.values_list("day", flat=True)))


def _with_others(things: Iterable[models.Model], *, has_moved: bool) -> Iterator[models.Model]:
    """These, and the other things of which the waits depend on them, as those are now; each once."""
    seen: set[tuple[type[models.Model], int]] = set()
    for thing in things:
        thing.__dict__.pop("waits_now", None)
        for one in (thing, *_others(thing, has_moved=has_moved)):
            if (type(one), one.pk) not in seen:
                seen.add((type(one), one.pk))
                yield one


def _others(thing: models.Model, *, has_moved: bool) -> Iterator[models.Model]:
    for path in getattr(thing, "waits_with", ()):
        if (key := key_at(thing, path)) is not None:
            model: Any = type(thing)._meta.get_field(path).related_model
            yield model._base_manager.get(pk=key)
    for name in ("waits_with", "waits_with_status") if has_moved else ("waits_with",):
        for path in _followers(name).get(thing._meta.label_lower, ()):
            yield from import_string(path)(thing)


@cache
def _followers(name: str) -> dict[str, list[str]]:
    """Of each model, the functions of higher apps that name what waits with it, or with its status (so named in their configurations)."""
    found: dict[str, list[str]] = {}
    for config in apps.get_app_configs():
        declared: dict[str, str] = getattr(config, name, {})
        for label, path in declared.items():
            found.setdefault(label, []).append(path)
    return found
