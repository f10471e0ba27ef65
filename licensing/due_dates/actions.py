"""Chasing dates that were missed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.due_dates import letters
from licensing.time_limits.queries import DueDate
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.trail.actions import events as trail


@transaction.atomic
def chase(officer: User, *, missed: Sequence[DueDate], by: None, at: datetime) -> bool:
    """Remind whoever sees to these dates that they have passed: one letter a day. Says whether it was written."""
    officer = trail.locked(officer)
    about = f"dates {officer.reference} {timezone.localdate(at)}"
    if not missed or Letter.objects.filter(reference=about).exists():
        return False
    trail.record(officer, "chase", by=by, at=at, dates=len(missed))
    letters.dates_missed(officer, missed, about=about, at=at)
    return True
