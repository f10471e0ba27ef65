"""The stand-in for the provider of card payments, running for real on a port of its own, and what a payer does there."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from csp.constants import SELF
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from licensing.applications.models import Application
from licensing.payments.models import CardPayment
from script.stand_ins import card_payments
from script.stand_ins.card_payments import DECLINED, PAID, Till

KEY, SECRET = "the key of the tests", "the secret of the tests"


@contextmanager
def a_till(settings: Any, *, tell: str = "") -> Iterator[Till]:
    """The stand-in at work, with the product set up to use it."""
    server = card_payments.serve(port=0, key=KEY, secret=SECRET, tell=tell)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    till: Till = server.RequestHandlerClass.till  # type: ignore[attr-defined]
    settings.CARD_PAYMENTS_URL, settings.CARD_PAYMENTS_KEY, settings.CARD_PAYMENTS_SECRET = till.address, KEY, SECRET
    settings.CARD_PAYMENTS_PAGES = [till.address]
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**directives, "form-action": [SELF, till.address]}}
    try:
        yield till
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def till(settings: Settings) -> Iterator[Till]:
    with a_till(settings) as running:
        yield running


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def types_card(address: str, number: str = PAID) -> None:
    """What a payer does on the provider's page; the way back is not followed: the tab is closed."""
    _posts(address, {"card": number, "do": "pay"})


def goes_back(address: str) -> None:
    _posts(address, {"do": "cancel"})


def _posts(address: str, given: dict[str, str]) -> None:
    try:
        build_opener(_Stay).open(address, urlencode(given).encode(), timeout=5).close()
    except OSError as answered:  # the redirect, which is not followed
        assert getattr(answered, "code", None) == 303, answered


def presses_pay(client: Client, application: Application) -> str:
    """Where the button leads."""
    response = client.post(reverse("pay_by_card", args=[application.reference]))
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def comes_back(client: Client, card: CardPayment) -> HttpResponse:
    response = client.get(reverse("card_payment", args=[card.application.reference, card.reference]))
    assert response.status_code == 200
    return response  # type: ignore[return-value]


def tells(body: bytes, signature: str, *, client: Client | None = None) -> int:
    """The message arrives; says how it was answered."""
    address = reverse("card_payment_told")
    headers = {"Pay-Signature": signature}
    answer = (client or Client()).post(address, body, content_type="application/json", headers=headers)
    return int(answer.status_code)


def message_about(till: Till, card: CardPayment, event: str = "card_payment_succeeded") -> tuple[bytes, str]:
    return till.message(till.payments[str(card.provider_id)], event)


__all__ = ["DECLINED", "KEY", "PAID", "SECRET", "Till", "a_till", "till"]
