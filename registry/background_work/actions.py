"""The worker writes down that it is there."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from registry.background_work.models import Heartbeat


@transaction.atomic
def record_heartbeat(lane: str, *, failed: Sequence[str] | None = None, by: None, at: datetime) -> None:
    """This lane has ended a round; with `failed`, one in which it did what is due by the clock."""
    done = {} if failed is None else {"due_at": at, "failed": [*failed]}
    Heartbeat.objects.update_or_create(lane=lane, defaults={"beat_at": at, **done})
