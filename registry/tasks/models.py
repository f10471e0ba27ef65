"""A task is one open wait: who must do what about a thing, by which day, and when it was done.

Tasks are never opened or closed by hand. `TaskQuerySet.follow` compares a thing with the waits that its lifecycle declares,
after each event about it and in the same transaction (docs/decisions/0098-tasks.md).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.module_loading import import_string

from registry import schemes, workdays
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.assignment.models import Absence
from registry.conflicts.models import Conflict
from registry.holidays.models import Calendar, Holiday
from registry.organisations.models import Organisation
from registry.waits import TaskPriority, Wait, address_of, local_day, scheme_of, value_at, waits_of

if TYPE_CHECKING:
    from registry.trail.models.events import Event


@cache
def declared_waits() -> dict[str, Wait]:
    """Every wait of every model, by the kind of the task that it opens."""
    found = ((model, wait) for model in apps.get_models() for wait in waits_of(model))
    return {kind_of(model, wait): wait for model, wait in found}


def kind_of(model: type[models.Model] | models.Model, wait: Wait) -> str:
    return f"{model._meta.model_name}.{wait.code}"


def kinds_for(user: User, *, of_agency: bool = False, of_others: bool = False) -> list[str]:
    """The kinds of task that this person may do: for the authority, or for their agency; `of_others`: also where not theirs."""
    found = ((kind, wait) for kind, wait in declared_waits().items() if wait.permission)
    return [
        kind
        for kind, wait in found
        if bool(wait.agency) == of_agency and user.has_perms([*wait.needs] if of_others else [wait.permission])
    ]


def kinds_seen_by(user: User) -> list[str]:
    """The kinds of task of the authority about things that this person sees."""
    return [kind for kind, wait in declared_waits().items() if wait.seen_with and user.has_perm(wait.seen_with)]


def overdue(now: datetime) -> Q:
    """Past their day, or past their hour where they have one."""
    return Q(due_at__lt=now) | Q(due_at=None, due_on__lt=timezone.localdate(now))


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None)

    def visible_to(self, user: User, on: date) -> "TaskQuerySet":
        """Tasks of the authority that this person may do or assign: never about an organisation they have a conflict with.

        What belongs to one person is seen by that person, by their deputy, and by those who assign tasks and see such things.
        """
        others = Q(owner=None) | Q(owner__in=Absence.objects.people_of(user, on))
        own = Q(owner=user, kind__in=kinds_for(user)) | Q(others, kind__in=kinds_for(user, of_others=True))
        seen = own & ~Q(not_by=user) & ~Q(nor_by=user)
        if user.has_perm("registry.assign_tasks"):
            seen |= Q(kind__in=kinds_seen_by(user))
        return self.filter(seen, agency=None).exclude(organisation__in=Conflict.objects.organisations_of(user))

    def subjects_for(self, user: User, model: str) -> "models.QuerySet[Task, int]":
        """The keys of the things of the model of this name that this person sees for an open task (docs/decisions/0107)."""
        kinds = [kind for kind in declared_waits() if kind.partition(".")[0] == model]
        seen = self.open().visible_to(user, timezone.localdate()).filter(kind__in=kinds)
        return seen.values_list("subject_pk", flat=True)

    def of_agency(self, user: User) -> "TaskQuerySet":
        """What is asked of the agency that this person works for."""
        return self.filter(kind__in=kinds_for(user, of_agency=True), agency__isnull=False, agency=user.agency_id)

    def of_holders(self) -> "TaskQuerySet":
        """What organisations that apply for or hold a licence must do by a day that the law or the case sets."""
        return self.filter(kind__in=[kind for kind, wait in declared_waits().items() if wait.act and wait.has_day])

    def for_holder(self, *organisations: Organisation) -> "TaskQuerySet":
        """What these organisations must do. Which of their people may do what, `Wait.act` says."""
        holder = [kind for kind, wait in declared_waits().items() if wait.is_for_holder]
        return self.filter(kind__in=holder, organisation__in=organisations)

    def pending_for(self, *organisations: Organisation) -> "TaskQuerySet":
        """What these organisations may know that they wait for: the authority, the tribunal or another business."""
        kinds = [kind for kind, wait in declared_waits().items() if wait.pending]
        return self.filter(kind__in=kinds, organisation__in=organisations)

    def overdue(self, now: datetime) -> "TaskQuerySet":
        return self.filter(overdue(now))

    def first_due(self) -> "TaskQuerySet":
        """Danger first, then urgent, then by day."""
        return self.order_by("-priority", "due_on", "due_at", "pk")

    def follow(self, *things: models.Model, event: "Event", by: User | None) -> None:
        """Close the tasks of what is not waited for any more, and open or update those of what is. Two statements.

        Things are as they are after the event. What waits together with one (`waits_with`) is read and followed as well.
        """
        closed: list[str] = []
        opened: dict[tuple[str, ...], list[Task]] = {}
        day = timezone.localdate(event.at)
        for thing in _with_others(things):
            for wait in waits_of(type(thing)):
                if wait.holds(thing, day):
                    opened.setdefault(_follows_subject(wait), []).append(new_task(thing, wait, event))
                else:
                    closed.append(open_key(thing, wait))
        self._close(closed, event, by)
        for fields, tasks in opened.items():
            if fields:
                self.bulk_create(tasks, update_conflicts=True, unique_fields=["open_key"], update_fields=fields)
            else:
                self.bulk_create(tasks, ignore_conflicts=True)

    def _close(self, keys: list[str], event: "Event", by: User | None) -> None:
        if keys:
            # Of two at once, the one who commits last may have read the clock first.
            done_at = Greatest(F("raised_at"), Value(event.at))
            self.filter(open_key__in=keys).update(open_key=None, done_at=done_at, done_by=by, done_event=event.number)


class Task(models.Model):
    """One open wait, or one that is over. It holds no words about the thing: who may not see the thing learns nothing from it."""

    kind = models.CharField(max_length=60, help_text="model of the thing and code of the wait")
    open_key = models.CharField(max_length=100, null=True, blank=True, unique=True, help_text="while it is open")
    subject_pk = models.BigIntegerField()
    reference = models.CharField(max_length=40, help_text="of the thing")
    address = models.CharField(max_length=200, help_text="of the page where it is done")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60, blank=True, help_text="that the thing is about, if it is about one")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    not_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="another person must do it"
    )
    nor_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.SmallIntegerField(default=TaskPriority.NORMAL)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="where the clock counts hours")
    raised_at = models.DateTimeField()
    raised_event = models.BigIntegerField(help_text="number of the event that opened it")
    released_at = models.DateTimeField(null=True, blank=True, help_text="given back by who left or declared a conflict")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_event = models.BigIntegerField(null=True, blank=True, help_text="number of the event that ended it")

    objects = TaskQuerySet.as_manager()

    #: Whether it is overdue, on the rows of a list.
    is_late: bool

    class Meta:
        permissions = [("assign_tasks", "Assign tasks to people")]
        constraints = [
            models.CheckConstraint(
                name="task_open_has_key",
                condition=Q(open_key__isnull=False, done_at=None) | Q(open_key=None, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="task_runs_forward", condition=Q(done_at=None) | Q(done_at__gte=F("raised_at"))
            ),
        ]
        indexes = [
            models.Index(
                name="task_open_by_owner",
                fields=["owner", "-priority", "due_on", "due_at", "id"],
                condition=Q(done_at=None),
            ),
            models.Index(
                name="task_open_by_day", fields=["-priority", "due_on", "due_at", "id"], condition=Q(done_at=None)
            ),
            models.Index(name="task_open_by_firm", fields=["organisation", "due_on", "id"], condition=Q(done_at=None)),
            models.Index(name="task_open_by_agency", fields=["agency", "due_on", "id"], condition=Q(done_at=None)),
            models.Index(name="task_of_subject", fields=["kind", "subject_pk", "raised_at"]),
            models.Index(name="task_by_day_raised", fields=["raised_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def wait(self) -> Wait:
        return declared_waits()[self.kind]

    @property
    def todo(self) -> str:
        """What to do, in the language that is spoken now."""
        return str(self.wait.todo)

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    def is_overdue(self, now: datetime) -> bool:
        """Past its day, or past its hour where it has one."""
        return self.due_at < now if self.due_at else self.due_on < timezone.localdate(now)


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
        scheme=scheme_of(thing, wait),
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
