"""Raising the alarm, acknowledging it, and saying how the danger was dealt with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from compliance.danger import queries, rules
from compliance.danger.models import DangerSign, DangerSource
from compliance.danger.states import ON_DUTY
from registry import permissions
from registry.accounts.models import User
from registry.alerts.queries import minutes_to_acknowledge
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.organisations.models import Organisation
from registry.tasks import actions as tasks
from registry.tasks.models import Task
from registry.tasks.rules import DONE
from registry.trail.actions import events as trail
from registry.waits import value_at

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class DevicePress:
    """That a button on a device was pressed: the key of it there, and when it was."""

    key: UUID
    at: datetime

    def noted(self, rows: "QuerySet[M]", by: User) -> M | None:
        """Which of these rows it became when it arrived before; of two that arrive at one moment, the other waits."""
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        return rows.first()


@transaction.atomic
def raise_danger(
    source: str,
    *,
    report: Model | None = None,
    inspection: Model | None = None,
    officer: User | None = None,
    pressed: DevicePress | None = None,
    by: User | None,
    at: datetime,
) -> DangerSign:
    """Raise the alarm: people are alerted as soon as this is committed. A report raises it once, an inspection once at a time.

    `officer` has not checked out of the inspection: each who has not is an alarm apart. `by=None` is a reporter, who is not known.
    `pressed` on a device, however often it is sent, it is one alarm; a clock that is fast does not put it after `at`.
    """
    if by is not None and source == DangerSource.OFFICER:
        permissions.require(by, "registry.work_for_authority")
    noted = pressed.noted(DangerSign.objects.filter(device_key=pressed.key), by) if pressed and by else None
    sign = noted or _raised(report, inspection, officer)
    if sign is not None:
        return sign
    sign = DangerSign.objects.create(
        reference=new_reference("SOS"),
        source=source,
        report_id=report.pk if report else None,
        inspection_id=inspection.pk if inspection else None,
        officer=officer,
        organisation=_organisation_of(report, inspection),
        raised_by=by,
        raised_at=at,
        pressed_at=min(pressed.at, at) if pressed else None,
        device_key=pressed.key if pressed else None,
        acknowledge_by=at + minutes_to_acknowledge(timezone.localdate(at)),
    )
    of_device = {"pressed_at": sign.pressed_at} if pressed else {}
    begun: dict[str, Any] = {"report": report, "inspection": inspection, **of_device}
    trail.record(sign, "raise_danger", by=by, at=at, after=sign.status, source=source, **begun)
    return sign


@transaction.atomic
def acknowledge(sign: DangerSign, *, by: User, at: datetime) -> Task:
    """Say that one responds to it: no one else is alerted. What was reported can then be read by this person.

    Raises `Refused` (acknowledged, done).
    """
    permissions.require(by, ON_DUTY)
    task = queries.task_of(trail.locked(sign, among=DangerSign.objects.visible_to(by)))
    if task is None or not task.is_open:
        raise Refused([DONE])
    return tasks.acknowledge(task, by=by, at=at)


@transaction.atomic
def deal_with(sign: DangerSign, *, outcome: str, because: str, by: User, at: datetime) -> DangerSign:
    """Say how the danger ended. Raises `Refused` (wrong_state, no_reason, conflicted)."""
    permissions.require(by, ON_DUTY)
    sign = trail.locked(sign, among=DangerSign.objects.visible_to(by))
    refuse_for(rules.deal_with_blockers(sign, by=by, because=because))
    return trail.move(sign, "deal_with", by=by, at=at, because=because, outcome=outcome, dealt_by=by, dealt_at=at)


def _raised(report: Model | None, inspection: Model | None, officer: User | None) -> DangerSign | None:
    """The one that was raised for this report, or that is open for this inspection or its missing officer."""
    if report is not None:
        return DangerSign.objects.filter(report=report.pk).first()
    if inspection is not None:
        of_it = DangerSign.objects.raised().filter(inspection=inspection.pk)
        is_missing = Q(source=DangerSource.CHECK_OUT)
        return of_it.filter(is_missing & Q(officer=officer) if officer else ~is_missing).first()
    return None


def _organisation_of(report: Model | None, inspection: Model | None) -> Organisation | None:
    organisation: Organisation | None = value_at(inspection or report, "organisation")
    return organisation
