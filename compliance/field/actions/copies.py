"""Taking visits along on a device, and taking over what it sends back: in order, each thing once, nothing silently merged."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from compliance.field.models import FieldCopy, FieldDevice
from compliance.field.queries import commissions
from compliance.field.rules import field as rules
from compliance.inspections.models import Inspection
from compliance.inspections.rules import record_blockers
from compliance.interviews.models import InterviewSeed
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def take_along(key: uuid.UUID, *, label: str, visits: Iterable[Inspection], by: User, at: datetime) -> FieldDevice:
    """Note that this device has a copy of these visits of the inspector, and make the seed of each visit's lot.

    Raises `Refused` (no_label, not_yours, signed_out, conflicted, not_the_inspector …).
    """
    permissions.require(by, "compliance.report_inspection")
    device = FieldDevice.objects.select_for_update(of=("self",)).filter(key=key).first()
    refuse_for(rules.take_along_blockers(device, label=label, by=by))
    if device is None:
        device = FieldDevice.objects.create(key=key, user=by, label=label, registered_at=at, seen_at=at)
    device.label, device.seen_at = label, at
    device.save(update_fields=["label", "seen_at"])
    for visit in visits:
        _take_along(device, visit, by=by, at=at)
    return device


def _take_along(device: FieldDevice, visit: Inspection, *, by: User, at: datetime) -> None:
    visit = trail.locked(visit)
    refuse_for(permissions.conflict_blockers(by, visit.organisation))
    refuse_for(record_blockers(visit, by=by))
    InterviewSeed.objects.get_or_create(inspection=visit, defaults={"made_at": at})
    knows = commissions.commission_of(visit, to=by).digest
    taken = {"taken_at": at, "gone_at": None, "knows": knows}
    FieldCopy.objects.update_or_create(device=device, inspection=visit, defaults=taken)
    trail.record(visit, "take_along", by=by, at=at, device=str(device.key))


@transaction.atomic
def sign_out(device: FieldDevice, *, by: User, at: datetime) -> FieldDevice:
    """From now on nothing is taken from this device, and it forgets what it has as soon as it hears of us.

    For its owner, and for whoever answers for lost devices. Raises `Refused` (signed_out).
    """
    if device.user_id != by.pk:
        permissions.require(by, "compliance.sign_out_devices")
    device = trail.locked(device)
    refuse_for(rules.sign_out_blockers(device))
    device.pieces.all().delete()
    device.signed_out_at, device.signed_out_by = at, by
    device.save(update_fields=["signed_out_at", "signed_out_by"])
    trail.record(device, "sign_out_device", by=by, at=at)
    return device
