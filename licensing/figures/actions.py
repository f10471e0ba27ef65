"""The figures of the months, counted anew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.statistics import actions as counting
from compliance.statistics.models import StatisticsSubject
from licensing.figures.queries import figures
from registry import permissions, schemes
from registry.accounts.models import User


@transaction.atomic
def count(*, by: User | None, at: datetime) -> int:
    """Count the figures of the last twelve months of all schemes; says how many schemes there are. By nobody: the clock."""
    if by is not None:
        permissions.require(by, "licensing.view_figures")
    today = timezone.localdate(at)
    counted = {scheme.name: figures.months_to_keep(scheme, today) for scheme in schemes.all_in_force(today)}
    return counting.keep(StatisticsSubject.WORK, counted, at=at)
