"""Background entry points: make one call for each thing that is due."""

from datetime import datetime

from django.utils import timezone

from licensing import queries
from licensing.actions import paces, renewals


def remind_of_renewals(*, at: datetime) -> int:
    """Remind the holders whose licences end soon; says how many were reminded."""
    today = timezone.localdate(at)
    due = [one for scheme in queries.schemes_offered(today).values() for one in queries.to_remind(scheme, today=today)]
    return sum(renewals.remind(licence, weeks=weeks, by=None, at=at) for licence, weeks in due)


def work_out_paces(*, at: datetime) -> int:
    """Once a day, count how long the decisions of the last year took; says for how many schemes."""
    today = timezone.localdate(at)
    due = [name for name in queries.schemes_offered(today) if not queries.is_worked_out(name, today=today)]
    for name in due:
        paces.work_out(name, by=None, at=at)
    return len(due)
