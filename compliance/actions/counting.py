"""The counts for the public, made anew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.models import Tabulation
from compliance.queries import counts
from registry import permissions
from registry.models import User


@transaction.atomic
def tabulate(*, by: User | None, at: datetime) -> int:
    """Count all schemes at once, so that none shows of the same reports what another does not; says how many there are.

    Replaces what was counted before. It follows from the cases alone, so nothing is written into the trail. By nobody:
    the clock.
    """
    if by is not None:
        permissions.require(by, "compliance.view_counts")
    today = timezone.localdate(at)
    counted = counts.counted_schemes(today)
    for scheme in counted:
        tables = counts.to_keep(counts.counts(scheme, today))
        made = {"version": scheme.version, "counted_at": at, "tables": tables}
        Tabulation.objects.update_or_create(scheme=scheme.name, defaults=made)
    return len(counted)
