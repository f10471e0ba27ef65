"""The published reasons of decisions follow the appeal: shown once it can change nothing, withdrawn where it has."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.appeals.queries import reasons as queries
from registry.register.actions import reasons
from registry.trail.actions import events as trail


@transaction.atomic
def publish_due(*, by: None, at: datetime) -> int:
    """Show the reasons whose day has come, and withdraw those of decisions that an appeal has undone; says how many."""
    gone = queries.reasons_to_withdraw()
    for reason in gone:
        reasons.withdraw_reason(trail.locked(reason), because="", by=by, at=at)
    due = queries.reasons_to_show(timezone.localdate(at))
    for reason in due:
        reasons.show_reason(trail.locked(reason), by=by, at=at)
    return len(gone) + len(due)
