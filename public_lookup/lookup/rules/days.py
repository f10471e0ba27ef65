"""Days that follow from the dates of an entry."""

from datetime import date, timedelta
from typing import Any

from registry.register.states import Standing


def last_day(entry: Any) -> date | None:
    """The last day with the licence, as far as is known; of one that is suspended, the day before that began."""
    if entry.standing == Standing.SUSPENDED and entry.suspended_from:
        before: date = entry.suspended_from - timedelta(days=1)
        return before
    starts = [start for start in (entry.revoked_from, entry.surrendered_from, entry.ended_from) if start]
    ends = [start - timedelta(days=1) for start in starts] + ([entry.valid_until] if entry.valid_until else [])
    return min(ends, default=None)
