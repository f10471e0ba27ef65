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


@transaction.atomic
def change_numbers(organisation: Organisation, *, changes: Mapping[str, str], by: User, at: datetime) -> list[Licence]:
    """Record changed company, tax or VAT numbers; each licence whose scheme says so ends that day (2009 Rules, r.5).

    `changes` holds company_number, utr or vat_number. Returns the licences that ended.
    """
    permissions.require(by, "registry.end_licence")
    organisation = trail.locked(organisation)
    refuse_for(rules.change_numbers_blockers(organisation, changes))
    changed = {field for field, value in changes.items() if value != getattr(organisation, field)}
    organisations.update(organisation, changes=changes, by=by, at=at)
    ended = [
        licences.end(licence, ended_from=timezone.localdate(at), because=", ".join(sorted(changed)), by=by, at=at)
        for licence in organisation.licences.filter(status="active", valid_until__gte=timezone.localdate(at))
        if changed & set(schemes.in_force(licence.scheme, timezone.localdate(at)).changes.ends_licence)
    ]
    listings.republish(organisation, by=by, at=at)
    for licence in ended:
        letters.ended(licence, at=at)
    return ended
