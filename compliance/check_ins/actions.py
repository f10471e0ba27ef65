"""Checking in to a visit, staying longer, checking out; and the alarm when no one did."""

from datetime import datetime

from django.db import transaction

from compliance.check_ins import queries, rules
from compliance.check_ins.models import Stay
from compliance.danger import actions as danger
from compliance.danger.actions import DevicePress
from compliance.danger.models import DangerSource
from compliance.inspections.models import Inspection
from compliance.plans.queries.plans import plan_of
from registry import permissions
from registry.accounts.models import User
from registry.errors import Refused, refuse_for
from registry.trail.actions import events as trail

SEES = "compliance.view_own_inspections"


@transaction.atomic
def check_in(
    inspection: Inspection, *, expected_at: datetime, pressed: DevicePress | None = None, by: User, at: datetime
) -> Stay:
    """Say that one has arrived, and when one expects to leave. Colleagues are alerted if one has not checked out by then.

    `pressed` on a device, however often it is sent, it is one stay, which began when it was pressed.
    Raises `Refused` (wrong_state, does_not_go, elsewhere, two_needed, wrong_time, too_old, overtaken).
    """
    permissions.require(by, SEES)
    key, arrived_at = (pressed.key, pressed.at) if pressed else (None, at)
    if pressed and (noted := pressed.noted(Stay.objects.of(by).filter(key=key), by)):
        return noted
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(
        rules.check_in_blockers(
            inspection,
            plan=plan_of(inspection),
            elsewhere=queries.own_stay(by),
            needed_two_before=queries.needed_two_before(inspection),
            expected_at=expected_at,
            by=by,
            at=arrived_at,
        )
    )
    since = pressed is not None and queries.stays_since(by, arrived_at)
    refuse_for(rules.late_blockers(arrived_at, since=since, at=at))
    stay = Stay.objects.create(
        inspection=inspection, officer=by, arrived_at=arrived_at, expected_at=expected_at, key=key
    )
    trail.record(stay, "check_in", by=by, at=at, after=stay.status, also_about=[inspection], expected_at=expected_at)
    return stay


@transaction.atomic
def stay_longer(stay: Stay, *, expected_at: datetime, by: User, at: datetime) -> Stay:
    """Expect to leave later. Raises `Refused` (wrong_state, wrong_time)."""
    stay = _own(stay, by)
    refuse_for(rules.longer_blockers(stay, expected_at=expected_at, at=at))
    return trail.move(stay, "stay_longer", by=by, at=at, expected_at=expected_at)


@transaction.atomic
def check_out(stay: Stay, *, pressed: DevicePress | None = None, by: User, at: datetime) -> Stay:
    """Say that one has left safely. An alarm that was raised stays until the person who responds has said how it ended."""
    stay = _own(stay, by)
    left_key, left_at = (str(pressed.key), pressed.at) if pressed else (None, at)
    refuse_for(rules.check_out_blockers(stay, left_at=left_at))
    return trail.move(stay, "check_out", by=by, at=at, left_at=max(left_at, stay.arrived_at), left_key=left_key)


@transaction.atomic
def check_out_of(reference: str, *, pressed: DevicePress, by: User, at: datetime) -> Stay:
    """Check out of the visit of this reference, as was pressed on a device: however often it is sent, it ends one stay.

    Raises `Refused` (not_there, wrong_state, not_since).
    """
    permissions.require(by, SEES)
    if noted := pressed.noted(Stay.objects.of(by).filter(left_key=pressed.key), by):
        return noted
    stay = queries.own_stay(by, reference)
    if stay is None:
        raise Refused([rules.NOT_THERE])
    return check_out(stay, pressed=pressed, by=by, at=at)


@transaction.atomic
def miss_check_out(stay: Stay, *, by: User | None, at: datetime) -> Stay:
    """Raise the alarm for an officer who should have checked out: the people on duty are alerted as of any danger.

    Raises `Refused` (wrong_state, not_missing): who checked out, or said meanwhile that they stay longer, is not missing.
    """
    stay = trail.locked(stay)
    refuse_for(rules.miss_blockers(stay, grace=queries.grace(at), at=at))
    moved = trail.move(stay, "miss_check_out", by=by, at=at, missed_at=at)
    danger.raise_danger(DangerSource.CHECK_OUT, inspection=stay.inspection, officer=stay.officer, by=by, at=at)
    return moved


def _own(stay: Stay, by: User) -> Stay:
    permissions.require(by, SEES)
    return trail.locked(stay, among=Stay.objects.of(by))
