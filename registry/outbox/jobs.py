"""The loop that sends what is due, for every kind."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from registry.outbox.models import OutboxItem, OutboxItemQuerySet

logger = logging.getLogger(__name__)

#: Seconds that one kind may take in one round of the worker, so that a slow receiver of webhooks delays no letter.
SECONDS_A_ROUND = 5.0
#: Items that are read at once.
AT_ONCE = 200

Send = Callable[[OutboxItem, datetime], object]


def send_due(
    due: Callable[[datetime], OutboxItemQuerySet], send: Send, *, at: datetime, seconds: float = SECONDS_A_ROUND
) -> int:
    """Try everything that is due, the longest waiting first, for at most so many seconds; says how many were tried.

    `send` is given the item and the instant of the attempt, and claims the item itself.
    """
    tried, ends = 0, time.monotonic() + seconds
    for item in _waiting(due, at):
        _try(item, send)
        tried += 1
        if time.monotonic() > ends:
            break
    return tried


def _waiting(due: Callable[[datetime], OutboxItemQuerySet], at: datetime) -> Iterator[OutboxItem]:
    """Each item once. Read again until there is none: the next of a queue is due once the one before it has left."""
    seen: set[int] = set()
    while found := [one for one in due(at).order_by("next_try", "pk")[:AT_ONCE] if one.pk not in seen]:
        seen.update(one.pk for one in found)
        yield from found


def _try(item: OutboxItem, send: Send) -> None:
    try:
        send(item, timezone.now())
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        # The lease ends, and it is tried again; one that cannot be sent must not keep the others.
        logger.exception("Outbox item %s could not be tried", item.reference)
