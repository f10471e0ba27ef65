"""Proofs of check: what the register answered is written down and signed, once, at the instant at which it was asked."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from public_lookup.lookup.queries import entries
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries.receipts import LETTER
from public_lookup.receipts.queries.records import record_of
from registry import signing
from registry.accounts.models import User
from registry.codes import new_reference


@transaction.atomic
def take(
    number: str,
    *,
    as_at: datetime,
    checked_by: Mapping[str, str] | None = None,
    organisation: str = "",
    by: User | None,
    at: datetime,
) -> Receipt:
    """Write down and sign what the register says of this licence number, as it stood at `as_at` and as it is read at `at`.

    `by` keeps it in somebody's account; None keeps what was asked and not who asked. Only `checked_by`, of a formal check,
    is named in what is signed. The holder is not told. `organisation` is the reference of the one that it is taken for, of
    those that `by` acts for; it is kept apart from the receipt. Raises `NotShown` where the register showed nobody with this
    number then, and `Refused` (no_purpose).
    """
    shown = entries.entry(number, at=as_at)
    receipt_number = _new_number()
    record = record_of(receipt_number, shown, at=at, checked_by=checked_by)
    receipt = Receipt.objects.create(
        number=receipt_number,
        key=secrets.token_urlsafe(16),
        listing=shown.entry.listing,
        name=shown.entry.name,
        licence_number=shown.entry.number,
        standing=shown.entry.standing,
        as_at=as_at,
        taken_at=at,
        taken_by=by,
        sealed=signing.seal(settings.SIGNING_KEY, record),
    )
    if by is not None:
        _tell_rooms(receipt, organisation=organisation, by=by, at=at)
    return receipt


def _tell_rooms(receipt: Receipt, *, organisation: str, by: User, at: datetime) -> None:
    """The app that counts the receipts of an organisation keeps which one it is for (`after_receipt` of the configuration)."""
    for config in apps.get_app_configs():
        if path := getattr(config, "after_receipt", ""):
            import_string(path)(receipt.number, organisation=organisation, by=by, at=at)


def _new_number() -> str:
    """Never one that was given before: receipts are kept for good, and the database holds that numbers are unique."""
    while Receipt.objects.filter(number=(number := new_reference(LETTER))).exists():
        continue
    return number
