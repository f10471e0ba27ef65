"""Proofs of check as people take them, and what they do to them afterwards."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from public_lookup.receipts.models import Receipt


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
