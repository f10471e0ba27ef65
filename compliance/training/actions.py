"""Record that an officer had a training, and withdraw what was recorded in error."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.training import queries, rules
from compliance.training.models import Training
from compliance.training.states import RECORDS
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def record_training(*, person: User | None, kind: str, on: date, by: User, at: datetime) -> Training:
    """Record it, valid for as long as the pack says. The one before of its kind counts as repeated.

    Raises `Refused` (no_kind, no_person, not_yet, recorded).
    """
    permissions.require(by, RECORDS)
    today = timezone.localdate(at)
    found = queries.kinds_on(today).get(kind)
    is_there = Training.objects.counted().filter(person=person, kind=kind, on=on).exists()
    refuse_for(rules.record_blockers(found, person, on, is_there=is_there, today=today))
    assert found is not None and person is not None
    training = Training.objects.create(
        reference=new_reference("T"),
        person=person,
        kind=kind,
        on=on,
        valid_until=rules.valid_until(found, on),
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(training, "record_training", by=by, at=at, after=training.status, training=kind, on=on)
    for earlier in queries.earlier_of(training):
        repeat_training(earlier, by=by, at=at)
    return repeat_training(training, by=by, at=at) if queries.later_of(training).exists() else training


@transaction.atomic
def repeat_training(training: Training, *, by: User, at: datetime) -> Training:
    """A later training of its kind counts from now on. Raises `Refused` (wrong_state)."""
    permissions.require(by, RECORDS)
    training = trail.locked(training)
    refuse_for(training.lifecycle.blockers(training.status, "repeat_training"))
    return trail.move(training, "repeat_training", by=by, at=at)


@transaction.atomic
def withdraw_training(training: Training, *, because: str, by: User, at: datetime) -> Training:
    """It was recorded in error, and does not count. Raises `Refused` (wrong_state, no_reason)."""
    permissions.require(by, RECORDS)
    training = trail.locked(training)
    refuse_for(rules.withdraw_blockers(training, because))
    return trail.move(training, "withdraw_training", by=by, at=at, because=because)
