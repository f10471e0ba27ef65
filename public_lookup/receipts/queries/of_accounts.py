"""Receipts by who took them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from public_lookup.receipts.models import Receipt


def receipts_of_accounts(
    accounts: Iterable[int], since: date, until: date
) -> Iterator[tuple[str, date, str, str, str]]:
    """Number, day of asking, name and licence number that were asked about, and the answer in words, the oldest first."""
    taken = Receipt.objects.filter(
        taken_by__in=list(accounts), taken_at__date__gte=since, taken_at__date__lte=until
    ).order_by("taken_at", "pk")
    for one in taken:
        yield one.number, timezone.localdate(one.taken_at), one.name, one.licence_number, one.standing_label
