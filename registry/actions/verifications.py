"""Verifying the whole history: asked for on a page, done by the background worker (registry.tasks)."""

from datetime import datetime

from django.db import transaction

from registry import permissions, trail
from registry.models import TrailVerification, User


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
