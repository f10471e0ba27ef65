"""Background entry points: make one call for each thing that is due."""

from datetime import datetime

from django.utils import timezone

from licensing import queries
from licensing.actions import renewals


def remind_of_renewals(*, at: datetime) -> int:
    """Remind the holders whose licences end soon; says how many were reminded."""
    today = timezone.localdate(at)
    due = [one for scheme in queries.schemes_offered(today).values() for one in queries.to_remind(scheme, today=today)]
    return sum(renewals.remind(licence, weeks=weeks, by=None, at=at) for licence, weeks in due)
