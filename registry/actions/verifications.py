"""Verifying the whole history: asked for on a page, done by the background worker (registry.tasks)."""

from datetime import datetime, timedelta

from django.db import transaction

from registry import covering, permissions, trail
from registry.models import TrailVerification, User

#: The same refusal asks for no other verification within this time.
ASKED_AGAIN = timedelta(hours=1)


@transaction.atomic
def ask(published: tuple[int, str] | None, *, by: User, at: datetime) -> TrailVerification:
    """Ask for one, unless the same is waiting already."""
    permissions.require(by, "registry.read_trail")
    number, digest = published or (None, "")
    same = TrailVerification.objects.waiting().filter(published_number=number, published_hash=digest.lower()).first()
    if same is not None:
        return same
    made = TrailVerification.objects.create(
        asked_by=by, asked_at=at, published_number=number, published_hash=digest.lower()
    )
    trail.record(made, "ask", by=by, at=at, published=number)
    return made


@transaction.atomic
def ask_after_refusal(found: covering.RowRewritten, *, by: User | None, at: datetime) -> TrailVerification | None:
    """Keep on record which rows an action was refused for, and ask for a verification; nothing if that was done within the hour.

    Called after the transaction of the action was rolled back.
    """
    because = "; ".join(found.faults)
    if TrailVerification.objects.filter(because=because, asked_at__gt=at - ASKED_AGAIN).exists():
        return None
    made = TrailVerification.objects.create(asked_by=by, asked_at=at, because=because)
    trail.record(made, "ask", by=by, at=at, because=because)
    return made
