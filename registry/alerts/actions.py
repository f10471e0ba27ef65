"""Telling people of danger, of urgent tasks and of what is due; the rota; and how each person is alerted.

A run may be repeated or killed at any point: each step of an alert is one transaction, which begins by locking the task.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.alerts import letters, queries, rules
from registry.alerts.models import Alert, AlertNotice, AlertSettings, DutyShift, MorningMail, tasks_without_alert
from registry.alerts.states import DUTY, TEXT_LASTS, AlertWay
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.tasks.models import Task
from registry.trail.actions import events as trail
from registry.waits import TaskPriority

logger = logging.getLogger(__name__)


@transaction.atomic
def alert_of_danger(task: Task, *, by: None, at: datetime) -> int:
    """Take the next step of the alert about a danger, if it is due: mail and text to those of the step. Says to how many people.

    Nothing is sent once someone has acknowledged the task, nor twice for one step.
    """
    task = _locked(task)
    alert = Alert.objects.filter(task=task).first()
    if not task.is_open or task.acknowledged_at or (alert and (alert.next_at is None or alert.next_at > at)):
        return 0
    step = alert.step + 1 if alert else DUTY
    told = queries.people_of_step(task, step, at=at)
    if not told:
        logger.error("No one can be told of the danger %s", task.reference)
    alert = _reached(task, step, next_at=queries.next_step_after(step, at=at), at=at)
    for person in told:
        _tell(alert, person, by_text=True, at=at)
    trail.record(task, "alert" if step == DUTY else "escalate_alert", by=None, at=at, step=step, told=_references(told))
    return len(told)


@transaction.atomic
def alert_of_urgent(task: Task, *, by: None, at: datetime) -> int:
    """Mail the owner of an urgent task, or all who may do it, once; and once more after it was released. Says to how many."""
    task = _locked(task)
    if not tasks_without_alert(TaskPriority.URGENT).filter(pk=task.pk).exists():
        return 0
    told = [one for one in queries.pool_of(task, at=at) if AlertSettings.objects.of(one).gets_urgent_mail]
    before = Alert.objects.filter(task=task).first()
    step = before.step + 1 if before else DUTY
    alert = _reached(task, step, next_at=None, at=at)
    for person in told:
        _tell(alert, person, by_text=False, at=at)
    trail.record(task, "alert", by=None, at=at, step=step, told=_references(told))
    return len(told)


@transaction.atomic
def mail_morning(person: User, *, by: None, at: datetime) -> bool:
    """Mail a person what is due today and overdue, once a day; nothing where there is none, or they are away. Says whether."""
    today = timezone.localdate(at)
    _considered, is_new = MorningMail.objects.get_or_create(person=person, day=today)
    is_wanted = AlertSettings.objects.of(person).gets_morning_mail and not queries.is_away(person, today)
    if not is_new or not is_wanted:
        return False
    due = queries.due_today(person, today)
    count = due.count()
    if count:
        listed, overdue = due[: letters.MOST_LISTED], due.overdue(at).count()
        letters.morning_mail(listed, overdue=overdue, count=count, to=person, on=today, at=at)
    return bool(count)


@transaction.atomic
def record_sent(notice: AlertNotice, *, fault: str, by: None, at: datetime) -> None:
    """Write down that a text message has left, or what went wrong, as a code of `registry.outbox.states.FAULTS`."""
    if fault:
        notice.outbox.fail(fault, at=at)
    else:
        notice.outbox.succeed(at)


# --- the rota, and how one is alerted ---


@transaction.atomic
def add_shift(
    *, officer: User, deputy: User | None, starts: datetime, until: datetime, by: User, at: datetime
) -> DutyShift:
    """Put an officer, and a deputy if there is one, on duty for danger. Raises `Refused` (may_not, no_telephone, overlaps …)."""
    permissions.require(by, "registry.edit_rota")
    people = frozenset(one for one in (officer, deputy) if one is not None)
    refuse_for(
        rules.add_shift_blockers(
            officer=officer,
            deputy=deputy,
            starts=starts,
            until=until,
            overlaps=DutyShift.objects.overlapping(starts, until).exists(),
            without_telephone=frozenset(one for one in people if not AlertSettings.objects.of(one).telephone),
            at=at,
        )
    )
    shift = DutyShift.objects.create(officer=officer, deputy=deputy, starts=starts, until=until)
    trail.record(shift, "add_shift", by=by, at=at, officer=officer, deputy=deputy, starts=starts, until=until)
    return shift


@transaction.atomic
def remove_shift(shift: DutyShift, *, by: User, at: datetime) -> None:
    """Take a shift off the rota. The trail keeps that it was there."""
    permissions.require(by, "registry.edit_rota")
    shift = trail.locked(shift)
    trail.record(shift, "remove_shift", by=by, at=at, deputy=shift.deputy, starts=shift.starts, until=shift.until)
    shift.delete()


@transaction.atomic
def choose_alerts(
    *, telephone: str, gets_urgent_mail: bool, gets_morning_mail: bool, by: User, at: datetime
) -> AlertSettings:
    """Say where text messages about danger reach one, and which mails one gets. The trail keeps no number."""
    permissions.require(by, "registry.work_for_authority")
    chosen = {"gets_urgent_mail": gets_urgent_mail, "gets_morning_mail": gets_morning_mail}
    settings, _new = AlertSettings.objects.update_or_create(person=by, defaults={"telephone": telephone, **chosen})
    trail.record(
        by,
        "choose_alerts",
        by=by,
        at=at,
        has_telephone=bool(telephone),
        gets_urgent_mail=gets_urgent_mail,
        gets_morning_mail=gets_morning_mail,
    )
    return settings


def _locked(task: Task) -> Task:
    held: Task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    return held


def _reached(task: Task, step: int, *, next_at: datetime | None, at: datetime) -> Alert:
    alert, _new = Alert.objects.update_or_create(task=task, defaults={"step": step, "last_at": at, "next_at": next_at})
    return alert


def _tell(alert: Alert, person: User, *, by_text: bool, at: datetime) -> None:
    letter = letters.alert_mail(alert.task, to=person, at=at)
    _notice(alert, person, AlertWay.MAIL, letter.outbox, at)
    if by_text and queries.telephone_of(person):
        item = OutboxItem.objects.add(OutboxKind.TEXT, new_reference("S"), useful_until=at + TEXT_LASTS, at=at)
        _notice(alert, person, AlertWay.TEXT, item, at)


def _notice(alert: Alert, person: User, way: AlertWay, item: OutboxItem, at: datetime) -> None:
    AlertNotice.objects.create(alert=alert, step=alert.step, person=person, way=way, outbox=item, at=at)


def _references(people: list[User]) -> list[str]:
    return [person.reference for person in people]
