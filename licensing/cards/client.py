"""Speaking with a provider of card payments, in the shape of GOV.UK Pay, version 1: ask it to take a payment, ask what became
of one, believe nobody who speaks in its name without its secret.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from licensing.payments.rules.payments import ProviderPayment
from registry.clients import machines
from registry.json_reader import read_object

#: Seconds for one question: a person waits for the page.
WITHIN = 4.0
MOST_READ = 256 * 1024


class NoAnswer(Exception):
    """The provider did not do what it was asked. `code`: no_connection, no_answer, refused, unknown, not_understood."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ForgedMessage(Exception):
    """A message that does not bear the provider's signature."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where it is, and the key by which it knows us."""

    address: str
    key: str


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What shall be paid. `key`: a repeat that bears the same brings the same payment. The amount is in pence."""

    key: str
    amount: int
    reference: str
    description: str
    return_url: str
    email: str
    language: str


def create(provider: Provider, wanted: PaymentRequest) -> ProviderPayment:
    """Ask for a payment to be taken. Raises `NoAnswer`; to ask again with the same key is safe."""
    body = {
        "amount": wanted.amount,
        "reference": wanted.reference,
        "description": wanted.description,
        "return_url": wanted.return_url,
        "email": wanted.email,
        "language": wanted.language,
    }
    said = _asked(provider, "POST", "/v1/payments", body=body, headers={"Idempotency-Key": wanted.key})
    return told(_object(said))


def ask(provider: Provider, payment_id: str) -> ProviderPayment:
    """What has become of a payment. Raises `NoAnswer`."""
    return told(_object(_asked(provider, "GET", f"/v1/payments/{quote(payment_id, safe='')}")))


def cancel(provider: Provider, payment_id: str) -> None:
    """Ask that nobody can pay it any more; `ask` says whether that came in time. Raises `NoAnswer`."""
    _asked(provider, "POST", f"/v1/payments/{quote(payment_id, safe='')}/cancel")


def heard(body: bytes, *, signature: str, secret: str) -> ProviderPayment | None:
    """What a message says that claims to come from the provider; nothing, when it is about something else than a payment.

    Raises `Forged` unless it bears the hex HMAC-SHA256 of exactly these bytes, and `NoAnswer` when it cannot be understood.
    """
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(wanted.encode(), signature.strip().lower().encode()):
        raise ForgedMessage
    message = _object(body)
    if message.get("resource_type") != "payment":
        return None
    resource = message.get("resource")
    if not isinstance(resource, dict):
        raise NoAnswer("not_understood")
    return told(resource)


def told(payment: Mapping[str, Any]) -> ProviderPayment:
    """A payment as the provider writes it. Raises `NoAnswer` when it is not one."""
    try:
        state = payment["state"]
        following = (payment.get("_links") or {}).get("next_url") or {}
        said = ProviderPayment(
            payment_id=payment["payment_id"],
            amount=payment["amount"],
            reference=payment["reference"],
            status=state["status"],
            code=state.get("code") or "",
            next_url=following.get("href") or "",
        )
    except (KeyError, TypeError, AttributeError):
        raise NoAnswer("not_understood") from None
    if not _is_sound(said):
        raise NoAnswer("not_understood")
    return said


def _is_sound(said: ProviderPayment) -> bool:
    texts = (said.payment_id, said.reference, said.status, said.code, said.next_url)
    return type(said.amount) is int and all(isinstance(text, str) for text in texts) and 0 < len(said.payment_id) <= 100


def _object(content: bytes) -> dict[str, Any]:
    found = read_object(content)
    if found is None:
        raise NoAnswer("not_understood")
    return found


def _asked(
    provider: Provider, method: str, path: str, *, body: object = None, headers: Mapping[str, str] | None = None
) -> bytes:
    given = {"Authorization": f"Bearer {provider.key}", "Accept": "application/json", **(headers or {})}
    content = None
    if body is not None:
        content, given["Content-Type"] = json.dumps(body).encode(), "application/json"
    try:
        answer = machines.ask(
            method, provider.address.rstrip("/") + path, within=WITHIN, most=MOST_READ, headers=given, body=content
        )
    except machines.MachineSilent as silent:
        raise NoAnswer("no_connection" if silent.code == "no_connection" else "no_answer") from None
    if answer.is_taken:
        return answer.body
    raise NoAnswer(CODES.get(answer.code, "no_answer" if answer.code >= 500 else "refused"))


CODES = {404: "unknown"}
