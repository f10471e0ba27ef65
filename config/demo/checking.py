"""Sample checks: a labour user who keeps proofs of its suppliers and has checked two formally; and a proof without an account."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.people import person
from public_lookup.formal_checks import actions as checks
from public_lookup.receipts import actions as receipts
from registry import schemes
from registry.register.models import Entry

WHO = {"business": "Nair Orchards Ltd", "name": "Priya Nair", "telephone": "01632 960789"}
WHY = "They offer us pickers for the next season."
FORMAL, KEPT = 2, 3


def check(at: datetime) -> Iterator[object]:
    """By the real actions, in the order of time: proofs of the last weeks, then the formal checks of now."""
    user = person("labour-user")
    today = timezone.localdate(at)
    formal = [name for name in schemes.names() if _has_formal_checks(name, at)]
    held = Entry.objects.filter(scheme__in=formal, shown_until=None).exclude(valid_from=None).order_by("entry_number")
    going_on = list(held.filter(revoked_from=None, valid_until__gte=today)[: FORMAL + KEPT])
    ended = list(held.filter(revoked_from__lte=today)[:1])
    for weeks, entry in enumerate([*ended, *going_on[FORMAL:]]):
        day = max(at - timedelta(weeks=KEPT - weeks), entry.shown_from)
        yield receipts.take(entry.number, as_at=day, organisation="none", by=user, at=day)
    for entry in going_on[:FORMAL]:
        yield checks.make(entry.number, **WHO, because=WHY, organisation="none", by=user, at=at)
    for entry in going_on[:1]:
        yield receipts.take(entry.number, as_at=at, by=None, at=at)


def _has_formal_checks(name: str, at: datetime) -> bool:
    try:
        return schemes.in_force(name, timezone.localdate(at)).formal_check is not None
    except schemes.NoSchemeInForce:
        return False
