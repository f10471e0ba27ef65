"""Proofs of check as people take them, and what they do to them afterwards."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client

from public_lookup.receipts.models import Receipt
from registry import signing


def a_proof(client: Client, number: str, **asked: str) -> Receipt:
    """Taken by the button of the page of an entry; `at` is a past day."""
    query = f"?at={asked['at']}" if asked else ""
    answer = client.post(f"/check/{number}/proof/{query}")
    assert answer.status_code == 303, answer.status_code
    return Receipt.objects.get(number=answer.headers["Location"].split("/")[-3])


def altered(receipt: Receipt, change: Callable[[dict[str, Any]], None]) -> str:
    """Its JSON with one thing changed, and the signature of before."""
    sealed = json.loads(json.dumps(receipt.sealed))
    change(sealed["record"])
    return json.dumps(sealed)


def without_today(receipt: Receipt) -> Receipt:
    """The same proof as it was made before the answer of the day of making was signed too."""
    record = {name: value for name, value in receipt.record.items() if name != "today"} | {"receipt": "V-0000-0000"}
    facts = {"listing": receipt.listing, "name": receipt.name, "licence_number": receipt.licence_number}
    return Receipt.objects.create(
        **facts,
        number="V-0000-0000",
        key="of-a-proof-from-before",
        standing=receipt.standing,
        as_at=receipt.as_at,
        taken_at=receipt.taken_at,
        sealed=signing.seal(settings.SIGNING_KEY, record),
    )
