"""Background entry points: read the clock, make one call. The rows that they work on are the record, not the queue."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from registry import letters
from registry.models import Letter

logger = logging.getLogger(__name__)

TOO_LONG = timedelta(hours=1)


@task()
def deliver(letter: int, attempt: int) -> None:
    """Mail one letter, if this is still the attempt that was handed over."""
    for found in Letter.objects.filter(pk=letter, attempts=attempt):
        letters.send(found, at=timezone.now())


def hand_over(*, at: datetime, limit: int = 200) -> int:
    """Put the letters that are due into the queue, oldest first; says how many.

    Each is leased first: it falls due again only when the lease is over, so that whatever is lost with a killed process
    comes back, and nothing is queued twice meanwhile.
    """
    due = Letter.objects.due(at).order_by("next_try", "pk")[:limit]
    return sum(_lease(letter, at=at) for letter in due)


def warn_of_waiting(*, at: datetime) -> int:
    """Say in the log how many letters have waited for over an hour, so that somebody looks at the mail (trust.md G24)."""
    waiting = Letter.objects.filter(sent_at=None, address__gt="", at__lt=at - TOO_LONG).count()
    if waiting:
        logger.warning("Letters that have waited for over an hour to be mailed: %s", waiting)
    return waiting


@transaction.atomic
def _lease(letter: Letter, *, at: datetime) -> bool:
    mine = Letter.objects.due(at).filter(pk=letter.pk, attempts=letter.attempts)
    if not mine.update(next_try=at + letters.LEASE):
        return False
    deliver.enqueue(letter.pk, letter.attempts)
    return True
