"""Receipts by who took them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from public_lookup.receipts.models import Receipt


@dataclass(slots=True)
class ReceiptOfAccount:
    """One receipt with the account that took it: the name and licence number that were asked about, the answer in words."""

    number: str
    account: int
    taken_on: date
    name: str
    licence_number: str
    standing: str


def receipts_of_accounts(accounts: Collection[int], since: date, until: date) -> Iterator[ReceiptOfAccount]:
    """Those of these days, the oldest first."""
    taken = Receipt.objects.filter(
        taken_by__in=list(accounts), taken_at__date__gte=since, taken_at__date__lte=until
    ).order_by("taken_at", "pk")
    for one in taken:
        if one.taken_by_id is not None:
            day = timezone.localdate(one.taken_at)
            yield ReceiptOfAccount(one.number, one.taken_by_id, day, one.name, one.licence_number, one.standing_label)
