"""Setting a reason to inspect aside, and taking that back."""

from datetime import datetime

from django.db import transaction

from licensing import queries
from licensing.models import Application, Waiver
from licensing.queries import triggers
from licensing.rules import waivers as rules
from licensing.rules.handling import Reader
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def give(application: Application, *, trigger: str, because: str, by: User, at: datetime) -> Waiver:
    """Set one reason to inspect aside: the application can be granted without a visit on its account.

    Whoever decides reads who did it and why. A reason that arises later is not set aside with it. Raises `Refused`.
    """
    permissions.require(by, "licensing.waive_inspection")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    row = triggers.trigger_row(application, trigger)
    refuse_for(
        [
            *rules.give_blockers(
                application, triggered=row is not None, waived=bool(row and row.waiver), because=because
            ),
            # The trail keeps the reason, and is read by more people than the reply.
            *queries.repeats(application.organisation, {"because": because}, reader=Reader.OTHERS),
        ]
    )
    waiver = Waiver.objects.create(
        application=application, trigger=trigger, because=because.strip(), given_by=by, given_at=at
    )
    trail.record(application, "waive_inspection", by=by, at=at, because=because.strip(), trigger=trigger)
    return waiver


@transaction.atomic
def take_back(waiver: Waiver, *, by: User, at: datetime) -> Waiver:
    """The reason to inspect counts again."""
    permissions.require(by, "licensing.waive_inspection")
    trail.locked(waiver.application)
    waiver = trail.locked(waiver)
    refuse_for(permissions.conflict_blockers(by, waiver.application.organisation))
    refuse_for(rules.take_back_blockers(waiver))
    waiver.ended_by, waiver.ended_at = by, at
    waiver.save(update_fields=["ended_by", "ended_at"])
    trail.record(waiver.application, "take_back_waiver", by=by, at=at, trigger=waiver.trigger)
    return waiver
