"""Since when a supplier has another standing than before."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from registry.register.models import Entry

_FIRST_DAYS = (
    "valid_from",
    "suspended_from",
    "revoked_from",
    "appealed_from",
    "surrendered_from",
    "ended_from",
    "refused_from",
)
_LAST_DAYS = ("valid_until", "suspended_until")


def changed_on(entry: Entry, *, since: datetime, on: date) -> date:
    """The last day after `since` on which the entry was published, or one of its dates came."""
    came = [day for name in _FIRST_DAYS if (day := getattr(entry, name))]
    came += [day + timedelta(days=1) for name in _LAST_DAYS if (day := getattr(entry, name))]
    came.append(timezone.localdate(entry.shown_from))
    after = timezone.localdate(since)
    return max((day for day in came if after <= day <= on), default=on)
