"""What takes long to count, counted anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries import counts
from compliance.statistics.queries.keyed import counts_to_freeze
from registry import permissions, schemes
from registry.accounts.models import User
from registry.disclosure.actions import freeze_counts


@transaction.atomic
def tabulate(*, by: User | None, at: datetime) -> int:
    """Make the counts for the public of all schemes at once, so that none shows of the same reports what another does not.

    Says how many schemes there are. By nobody: the clock.
    """
    if by is not None:
        permissions.require(by, "compliance.view_counts")
    today = timezone.localdate(at)
    counted = {scheme.name: counts.to_keep(counts.counts(scheme, today)) for scheme in schemes.all_in_force(today)}
    return keep(StatisticsSubject.PUBLIC, counted, at=at)


@transaction.atomic
def keep(what: StatisticsSubject, counted: Mapping[str, Any], *, at: datetime) -> int:
    """Replace what was counted before, scheme by scheme; says how many there are.

    It follows from the cases alone, so nothing is written into the trail.
    """
    versions = {scheme.name: scheme.version for scheme in schemes.all_in_force(timezone.localdate(at))}
    for scheme, tables in counted.items():
        made = {"version": versions[scheme], "counted_at": at, "tables": tables}
        Tabulation.objects.update_or_create(what=what, scheme=scheme, defaults=made)
    return len(counted)


@transaction.atomic
def freeze_quarters(*, by: User | None, at: datetime) -> int:
    """Freeze the counts of each quarter that is old enough, for the tables that anyone may ask for; says how many. By the clock."""
    found = list(counts_to_freeze(timezone.localdate(at)))
    for one in found:
        freeze_counts(one, by=by, at=at)
    return len(found)
