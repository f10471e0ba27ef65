"""A task is one open wait: who must do what about a thing, by which day, and when it was done.

Tasks are never opened or closed by hand: `registry.tasks.following` does it (docs/decisions/0098-tasks.md).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.assignment.models import Absence
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation
from registry.overdue import has_passed, passed
from registry.waits import TaskPriority, Wait, waits_of


@cache
def declared_waits() -> dict[str, Wait]:
    """Every wait of every model, by the kind of the task that it opens."""
    found = ((model, wait) for model in apps.get_models() for wait in waits_of(model))
    return {kind_of(model, wait): wait for model, wait in found}


def kind_of(model: type[models.Model] | models.Model, wait: Wait) -> str:
    return f"{model._meta.model_name}.{wait.code}"


def kinds_for(user: User, *, of_agency: bool = False, of_others: bool = False) -> list[str]:
    """The kinds of task that this person may do: for the authority, or for their agency; `of_others`: also where not theirs."""
    held, waits = user.get_all_permissions(), declared_waits().items()
    found = ((kind, wait) for kind, wait in waits if wait.permission and bool(wait.agency) == of_agency)
    return [kind for kind, wait in found if held.issuperset(wait.needs if of_others else (wait.permission,))]


def kinds_seen_by(user: User) -> list[str]:
    """The kinds of task of the authority about things that this person sees."""
    held = user.get_all_permissions()
    return [kind for kind, wait in declared_waits().items() if wait.seen_with in held]


@cache
def _ending_kinds() -> list[str]:
    """The kinds of which no one is late after their day."""
    return [kind for kind, wait in declared_waits().items() if wait.ends_with_its_day]


def overdue(now: datetime) -> Q:
    """Past their day, or past their hour where they have one; none that ends with its day."""
    return passed("due_on", now, hour="due_at") & ~Q(kind__in=_ending_kinds())


def waited_for(model: type[models.Model], code: str, at: datetime | None = None) -> models.Exists:
    """Of a row of this model: whether this is waited for now, or was at that moment. Who is late is asked of this and of the day."""
    tasks = Task.objects.filter(kind=f"{model._meta.model_name}.{code}", subject_pk=models.OuterRef("pk"))
    if at is None:
        return models.Exists(tasks.open())
    return models.Exists(tasks.filter(Q(done_at=None) | Q(done_at__gt=at), raised_at__lte=at))


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None)

    def visible_to(self, user: User, on: date, *, people: Sequence[int] = ()) -> "TaskQuerySet":
        """Tasks of the authority that this person may do or assign: never about an organisation they have a conflict with.

        What belongs to one person is seen by that person, by their deputy, and by those who assign tasks and see such things;
        a danger by everyone who may respond to it, so that no second person calls the police and none thinks that another did.
        `people` are those whose tasks they do on that day (`Absence.objects.served_by`), where they were read already.
        """
        people = people or Absence.objects.served_by(user, on)
        assigned = kinds_seen_by(user) if user.has_perm("registry.assign_tasks") else []
        # A kind is in one list alone: both engines find a short list by its index, and not two with an "or" between them.
        done = [kind for kind in kinds_for(user) if kind not in assigned]
        shared = [kind for kind in kinds_for(user, of_others=True) if kind not in assigned]
        others = Q(owner=None) | Q(owner__in=people[1:]) | Q(priority=TaskPriority.DANGER)
        own = Q(owner=user, kind__in=done) | Q(others, kind__in=shared)
        seen = Q(kind__in=assigned) | own & ~Q(not_by=user) & ~Q(nor_by=user)
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
        return self.order_by("-priority", "due_on", "pk")


class Task(models.Model):
    """One open wait, or one that is over. It holds no words about the thing: who may not see the thing learns nothing from it."""

    kind = models.CharField(max_length=60, help_text="model of the thing and code of the wait")
    open_key = models.CharField(max_length=100, null=True, blank=True, unique=True, help_text="while it is open")
    subject_pk = models.BigIntegerField()
    reference = models.CharField(max_length=40, help_text="of the thing")
    address = models.CharField(max_length=200, help_text="of the page where it is done")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scheme = models.CharField(max_length=60, blank=True, help_text="that the thing is about, if it is about one")
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    not_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="another person must do it",
    )
    nor_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    priority = models.SmallIntegerField(default=TaskPriority.NORMAL)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="where the clock counts hours")
    raised_at = models.DateTimeField()
    raised_event = models.BigIntegerField(help_text="number of the event that opened it")
    released_at = models.DateTimeField(null=True, blank=True, help_text="given back by who left or declared a conflict")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
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
                name="task_open_by_owner", fields=["owner", "-priority", "due_on", "id"], condition=Q(done_at=None)
            ),
            models.Index(name="task_open_by_day", fields=["-priority", "due_on", "id"], condition=Q(done_at=None)),
            models.Index(name="task_open_by_kind", fields=["kind", "due_on", "id"], condition=Q(done_at=None)),
            models.Index(name="task_open_by_firm", fields=["organisation", "due_on", "id"], condition=Q(done_at=None)),
            # Most tasks are of no agency: SQLite would go through them all by this index.
            models.Index(
                name="task_open_by_agency",
                fields=["agency", "due_on", "id"],
                condition=Q(done_at=None, agency__isnull=False),
            ),
            models.Index(
                name="task_done_by", fields=["done_by", "-done_at", "-id"], condition=Q(done_at__isnull=False)
            ),
            models.Index(name="task_of_subject", fields=["subject_pk", "kind", "raised_at"]),
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
        return not self.wait.ends_with_its_day and has_passed(self.due_at or self.due_on, now)
