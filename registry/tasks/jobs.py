"""What a day or a new version does with all tasks."""

from datetime import date, datetime

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from registry.integrity.covering import in_chunks
from registry.tasks import queries
from registry.tasks.following import follow, new_task, open_key
from registry.tasks.models import Task, kind_of
from registry.trail.actions import events as trail
from registry.trail.models.events import Event
from registry.waits import scheme_of, waits_of

AT_ONCE = 500
#: The event that says that the tasks of a day were opened and closed.
DAY_IS_DONE = "finish_day"
#: Seconds for which a day on which nothing changed is not looked at again.
A_DAY = 86_400


def open_due(*, at: datetime) -> int:
    """Open and close what a day alone begins or ends, once a day, with events of their own; says about how many things.

    Asked again on the same day it does nothing. Cut off in between, it goes on where it was.
    """
    on, count = timezone.localdate(at), 0
    done = f"tasks-{on.isoformat()}"
    if cache.get(done) or Event.objects.filter(kind="task", reference=on.isoformat(), verb=DAY_IS_DONE).exists():
        return 0
    for model in queries.models_with_waits():
        keys = [thing.pk for thing, _wanted in queries.differences(model, on=on, of_day=True)]
        for first in range(0, len(keys), AT_ONCE):
            count += _reach_day(model, keys[first : first + AT_ONCE], on=on, at=at)
    if count:
        with transaction.atomic():
            trail.record(Task(reference=on.isoformat()), DAY_IS_DONE, by=None, at=at, things=count)
    cache.set(done, True, timeout=A_DAY)
    return count


@transaction.atomic
def _reach_day(model: type[models.Model], keys: list[int], *, on: date, at: datetime) -> int:
    """The things are read again, locked: what someone did to them meanwhile has opened and closed its own tasks."""
    things = list(model._base_manager.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    about = model._meta.model_name
    day = Task(reference=on.isoformat())
    event = trail.record(day, "reach_day", by=None, at=at, about=about, things=len(things))
    follow(*things, event=event, by=None)
    return len(things)


@transaction.atomic
def open_missing(*, at: datetime) -> int:
    """Open the tasks that are missing of things that were made without events of their own: sample data, and what an older
    version left; and end those that this version does not wait for. Each begins or ends with the last event about its thing; one
    that a day begins has its time from today on. Says how many are opened.
    """
    on, count = timezone.localdate(at), 0
    for model in queries.models_with_waits():
        tasks: list[Task] = []
        for thing, wanted in queries.differences(model, on=on):
            last = _last_event(thing)
            if last is not None:
                tasks.extend(new_task(thing, wait, last, on=on if wait.is_of_day else None) for wait in wanted)
                needless = [open_key(thing, wait) for wait in waits_of(model) if wait not in wanted]
                ended = {"open_key": None, "done_at": Greatest(at, "raised_at"), "done_event": last.number}
                Task.objects.filter(open_key__in=needless).update(**ended)
        Task.objects.bulk_create(tasks, ignore_conflicts=True, batch_size=AT_ONCE)
        count += len(tasks)
    return count


@transaction.atomic
def fill_schemes() -> int:
    """Say of open tasks which scheme their things are about, where an older version did not. Says of how many."""
    count = 0
    for model in queries.models_with_waits():
        waits = {kind_of(model, wait): wait for wait in waits_of(model)}
        without = Task.objects.open().filter(kind__in=waits, scheme="").only("kind", "subject_pk").order_by("pk")
        for tasks in in_chunks(without.iterator(), AT_ONCE):
            things = model._base_manager.in_bulk([task.subject_pk for task in tasks])
            for task in tasks:
                thing = things.get(task.subject_pk)
                task.scheme = scheme_of(thing, waits[task.kind]) if thing else ""
            count += Task.objects.bulk_update([task for task in tasks if task.scheme], ["scheme"])
    return count


def _last_event(thing: models.Model) -> Event | None:
    about = Event.objects.filter(kind=thing._meta.model_name, reference=trail.reference_of(thing))
    return about.order_by("-number").first() or Event.objects.order_by("-number").first()
