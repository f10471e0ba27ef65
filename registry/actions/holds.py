"""Keeping what would otherwise be erased."""

from datetime import datetime

from django.db import transaction

from registry import permissions, trail
from registry.errors import refuse_for
from registry.identifiers import new_reference
from registry.models import Hold, Organisation, User
from registry.rules import retention as rules


@transaction.atomic
def place(organisation: Organisation, *, because: str, by: User, at: datetime) -> Hold:
    """From now on nothing of the organisation is erased, however old it is: there is an investigation, a claim, a request."""
    permissions.require(by, "registry.hold_data")
    organisation = trail.locked(organisation)
    refuse_for(rules.place_hold_blockers(organisation, because=because))
    hold = Hold.objects.create(
        reference=new_reference("H"), organisation=organisation, because=because, placed_by=by, placed_at=at
    )
    trail.record(organisation, "place_hold", by=by, at=at, because=because, hold=hold)
    return hold


@transaction.atomic
def lift(hold: Hold, *, because: str, by: User, at: datetime) -> Hold:
    """What is past its time may be erased again, from the next night on."""
    permissions.require(by, "registry.hold_data")
    hold = trail.locked(hold)
    refuse_for(rules.lift_hold_blockers(hold, because=because))
    hold.lifted_by, hold.lifted_at = by, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    trail.record(hold.organisation, "lift_hold", by=by, at=at, because=because, hold=hold)
    return hold
