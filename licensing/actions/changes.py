"""Changes to an organisation that the register, or the licence itself, must follow."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing import letters
from licensing.rules import changes as rules
from registry import permissions, schemes, trail
from registry.actions import licences, listings, organisations
from registry.errors import refuse_for
from registry.models import Licence, Organisation, User
from registry.states import LicenceStatus


@transaction.atomic
def change_numbers(organisation: Organisation, *, changes: Mapping[str, str], by: User, at: datetime) -> list[Licence]:
    """Record changed company, tax or VAT numbers; each licence whose scheme says so ends that day (2009 Rules, r.5).

    `changes` holds company_number, utr or vat_number. Returns the licences that ended.
    """
    permissions.require(by, "registry.end_licence")
    organisation = trail.locked(organisation)
    # The licences before anything is written, as whoever decides about one does: nobody waits for one who waits for them.
    held = [trail.locked(licence) for licence in organisation.licences.order_by("pk")]
    refuse_for(rules.change_numbers_blockers(organisation, changes))
    today = timezone.localdate(at)
    changed = {field for field, value in changes.items() if value != getattr(organisation, field)}
    organisations.update(organisation, changes=changes, by=by, at=at)
    ended = [
        licences.end(licence, ended_from=today, because=", ".join(sorted(changed)), by=by, at=at)
        for licence in held
        if licence.status == LicenceStatus.ACTIVE and licence.valid_until >= today
        if changed & set(schemes.in_force(licence.scheme, today).changes.ends_licence)
    ]
    listings.republish(organisation, by=by, at=at)
    for licence in ended:
        letters.ended(licence, at=at)
    return ended
