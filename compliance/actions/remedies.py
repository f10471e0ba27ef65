"""What workers got back because of an inspection: written down by one person, confirmed by another, then counted."""

from datetime import datetime

from django.db import transaction

from compliance.models import EvidenceItem, FollowUp, Inspection, Remedy
from compliance.rules import follow_ups as rules
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def record(
    inspection: Inspection,
    *,
    kind: str,
    workers: int,
    pence: int,
    shown_by: str,
    exhibit: EvidenceItem | None = None,
    follow_up: FollowUp | None = None,
    by: User,
    at: datetime,
) -> Remedy:
    """Write down what how many workers got, and how that is known. Raises `Refused` (not_theirs, no_workers, not_shown …)."""
    permissions.require(by, "compliance.record_remedies")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.record_blockers(inspection, by=by))
    refuse_for(rules.remedy_blockers(kind=kind, workers=workers, pence=pence, shown_by=shown_by))
    remedy = Remedy.objects.create(
        inspection=inspection,
        number=inspection.remedies.count() + 1,
        kind=kind,
        workers=workers,
        pence=pence,
        shown_by=shown_by.strip(),
        exhibit=exhibit,
        follow_up=follow_up,
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(remedy, "record", by=by, at=at, remedy=kind, workers=workers, pence=pence)
    return remedy


@transaction.atomic
def confirm(remedy: Remedy, *, by: User, at: datetime) -> Remedy:
    """Say as a second person that it was paid: from now on it is counted, and nobody changes it."""
    permissions.require(by, "compliance.confirm_remedies")
    remedy = _locked(remedy)
    refuse_for(permissions.conflict_blockers(by, remedy.inspection.organisation))
    refuse_for(rules.confirm_blockers(remedy, by=by))
    remedy.confirmed_by, remedy.confirmed_at = by, at
    remedy.save(update_fields=["confirmed_by", "confirmed_at"])
    trail.record(remedy, "confirm", by=by, at=at, workers=remedy.workers, pence=remedy.pence)
    return remedy


@transaction.atomic
def turn_down(remedy: Remedy, *, because: str, by: User, at: datetime) -> Remedy:
    """Say as a second person that it is not shown to have been paid: it is not counted, and stays with the reason."""
    permissions.require(by, "compliance.confirm_remedies")
    remedy = _locked(remedy)
    refuse_for(permissions.conflict_blockers(by, remedy.inspection.organisation))
    refuse_for(rules.turn_down_blockers(remedy, because=because, by=by))
    remedy.turned_down_because = because
    remedy.save(update_fields=["turned_down_because"])
    trail.record(remedy, "turn_down", by=by, at=at, because=because)
    return remedy


def _locked(remedy: Remedy) -> Remedy:
    return trail.locked(remedy, among=Remedy.objects.select_related("inspection__organisation"))
