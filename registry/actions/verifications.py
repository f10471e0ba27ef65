"""Verifying the whole history: asked for on a page, done by the background worker, its result kept."""

from datetime import datetime, timedelta

from django.db import transaction

from registry import permissions, queries
from registry.models import TrailVerification, User

#: A verification that a killed worker left behind is begun again after this.
LEASE = timedelta(hours=2)
EACH = timedelta(days=1)
#: Of a history that is broken from some event on there may be a fault for each event.
MOST_FAULTS = 500


@transaction.atomic
def ask(published: tuple[int, str] | None, *, by: User, at: datetime) -> TrailVerification:
    """Ask for one, unless the same is waiting already."""
    permissions.require(by, "registry.read_trail")
    number, digest = published or (None, "")
    same = TrailVerification.objects.waiting().filter(published_number=number, published_hash=digest.lower()).first()
    return same or TrailVerification.objects.create(
        asked_by=by, asked_at=at, published_number=number, published_hash=digest.lower()
    )


@transaction.atomic
def ask_if_due(*, at: datetime) -> None:
    """Once a day without being asked."""
    if not TrailVerification.objects.filter(asked_at__gt=at - EACH).exists():
        TrailVerification.objects.create(asked_at=at)


@transaction.atomic
def claim(*, at: datetime) -> TrailVerification | None:
    """The oldest that is waiting, or that was left unfinished; of two workers only one has it."""
    unfinished = TrailVerification.objects.unfinished().exclude(started_at__gt=at - LEASE)
    found = unfinished.select_for_update(skip_locked=True).order_by("asked_at", "pk").first()
    if found is not None:
        found.started_at = at
        found.save(update_fields=["started_at"])
    return found


def finish(verification: TrailVerification, result: queries.Verification, *, at: datetime) -> None:
    verification.finished_at = at
    verification.events, verification.entries, verification.rows = result.events, result.entries, result.rows
    verification.head_number, verification.head_hash = result.head
    verification.fault_count, verification.faults = len(result.faults), list(result.faults[:MOST_FAULTS])
    verification.save()
