"""Who is told of a task now, what is due for a person, and what was sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override

from registry import schemes, workdays
from registry.accounts.models import User
from registry.alerts.models import Alert, AlertNotice, AlertSettings, DutyShift, tasks_without_alert
from registry.alerts.states import DEPUTY, DUTY, MANAGERS, MORNING, ROUND, URGENT_LASTS
from registry.assignment.models import Absence
from registry.conflicts.models import Conflict
from registry.holidays.models import Calendar
from registry.holidays.queries import holidays
from registry.tasks import queries as tasks
from registry.tasks.models import Task, TaskQuerySet
from registry.waits import TaskPriority
from registry.web.addresses import path_in

RECEIVES, EDITS = "registry.receive_alerts", "registry.edit_rota"


def minutes_to_acknowledge(on: date) -> timedelta:
    """Within how long a danger is acknowledged, as the pack says."""
    return timedelta(minutes=schemes.first_in_force(on).tasks.alarm.acknowledge_minutes)


# --- who is told ---


def people_of_step(task: Task, step: int, *, at: datetime) -> list[User]:
    """Who is told of a danger at this step, each once: never someone who may not see the task.

    First the officer on duty and those who are told of every danger; then the deputy; then the managers; then all of them.
    Where no one is on duty, or the one on duty may not see it, the managers are told in their place.
    """
    shift = DutyShift.objects.at(at)
    officer = _able(task, [shift.officer] if shift else [])
    deputy = _able(task, [shift.deputy] if shift and shift.deputy else [])
    leads, managers = (_able(task, User.objects.who_may(permission).order_by("pk")) for permission in (RECEIVES, EDITS))
    told = {
        DUTY: [*(officer or managers), *leads],
        DEPUTY: deputy or managers,
        MANAGERS: managers,
    }.get(step, [*officer, *deputy, *leads, *managers])
    return list({person.pk: person for person in told or managers or leads}.values())


def pool_of(task: Task, *, at: datetime) -> list[User]:
    """Who is told of an urgent task: its owner or who does their tasks meanwhile; else all who may do it and are there."""
    on = timezone.localdate(at)
    if task.owner is not None:
        away = Absence.objects.filter(person=task.owner, starts__lte=on, until__gte=on).select_related("deputy").first()
        return _able(task, [away.deputy if away else task.owner])
    there = User.objects.who_may(task.wait.permission).exclude(pk__in=_away(on)).filter(agency=None)
    return _able(task, there.order_by("pk"))


def _able(task: Task, people: Iterable[User]) -> list[User]:
    """Those of them who may do the task: with the permissions, without a conflict of interest, and not excluded from it."""
    kept = {task.not_by_id, task.nor_by_id}
    if task.organisation_id is not None:
        kept.update(
            Conflict.objects.in_force().filter(organisation=task.organisation_id).values_list("officer", flat=True)
        )
    return [one for one in people if one.is_active and one.pk not in kept and one.has_perms(_needs(task, one))]


def _needs(task: Task, person: User) -> tuple[str, ...]:
    """What this person must hold to see the task, as in the list of tasks: who is given it needs less than the others."""
    return (task.wait.permission,) if task.owner_id == person.pk else task.wait.needs


def _away(on: date) -> "QuerySet[Absence, Any]":
    return Absence.objects.filter(starts__lte=on, until__gte=on).values("person")


def telephone_of(person: User) -> str:
    """Where text messages about danger go; nothing where none are sent, or the person has given no number."""
    return AlertSettings.objects.of(person).telephone if settings.TEXT_SENDER else ""


# --- what is due ---


def dangers_due(at: datetime) -> list[Task]:
    """Tasks of danger of which no one was told, or of which the next must be told; the oldest first."""
    begun = Alert.objects.due(at).values("task")
    new = tasks_without_alert(TaskPriority.DANGER).filter(acknowledged_at=None)
    return list(Task.objects.filter(Q(pk__in=begun) | Q(pk__in=new.values("pk"))).order_by("raised_at", "pk"))


def next_step_after(step: int, *, at: datetime) -> datetime:
    """When the next is told if no one acknowledges."""
    return at + (minutes_to_acknowledge(timezone.localdate(at)) if step <= MANAGERS else ROUND)


def urgent_due(at: datetime) -> list[Task]:
    """Urgent tasks of staff of which no one was told, raised or released within a day."""
    recent = Q(raised_at__gt=at - URGENT_LASTS) | Q(released_at__gt=at - URGENT_LASTS)
    found = tasks_without_alert(TaskPriority.URGENT).filter(recent, acknowledged_at=None)
    return [task for task in found.order_by("raised_at", "pk") if not task.wait.is_for_holder]


def is_morning(at: datetime) -> bool:
    """Whether the morning mail of today is to be written: on working days, from seven on."""
    local = timezone.localtime(at)
    return local.time() >= MORNING and workdays.is_working_day(local.date(), holidays(Calendar.ENGLAND_AND_WALES))


def due_today(person: User, on: date) -> TaskQuerySet:
    """What this person must do that is due on this day or overdue, the most pressing first."""
    return tasks.own_tasks(person, on).filter(due_on__lte=on)


def is_away(person: User, on: date) -> bool:
    return Absence.objects.filter(person=person, starts__lte=on, until__gte=on).exists()


# --- what was sent ---


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One mail or text message of an alert, for the page of the thing: to which person, when, and whether it has left."""

    step: int
    person: User
    way: str
    at: datetime
    sent_at: datetime | None
    has_failed: bool


def lines_of(task: Task) -> list[AlertLine]:
    notices = AlertNotice.objects.filter(alert=task.pk).select_related("person", "outbox").order_by("step", "pk")
    return [
        AlertLine(
            one.step, one.person, str(one.get_way_display()), one.at, one.outbox.sent_at, bool(one.outbox.failed_at)
        )
        for one in notices
    ]


def address_in_full(task: Task, to: User) -> str:
    """The address of the page where this is done, in the language of its reader: never in that of who reported."""
    return f"{settings.SITE_ADDRESS}{path_in(to.language, task.address)}"


def words_of(notice: AlertNotice) -> str:
    """The text message about a danger: the reference and the address, and nothing of what was said."""
    task = notice.alert.task
    with override(notice.person.language):
        said = gettext("Danger: open %(reference)s.") % {"reference": task.reference}
    return f"{said} {address_in_full(task, notice.person)}"


def shifts(at: datetime) -> Iterator[DutyShift]:
    """The shifts that are not over, the next first."""
    yield from DutyShift.objects.filter(until__gt=at).select_related("officer", "deputy").order_by("starts", "pk")


def people_for_rota() -> "QuerySet[User]":
    """Those who may be on duty, by name."""
    return User.objects.who_may("registry.be_on_duty").order_by("name", "pk")
