"""Speaking with the provider of card payments, between one transaction and the next."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from licensing.applications.models import Application
from licensing.cards import client as courier
from licensing.cards.client import PaymentRequest, Provider
from licensing.payments.actions import cards
from licensing.payments.models import CardPayment
from licensing.payments.rules.payments import ProviderPayment
from licensing.payments.states import CardPaymentStatus
from registry.accounts.models import User


def card_provider() -> Provider | None:
    """Who takes payments by card, if anybody does: it needs an address, our key, and the secret that signs its messages."""
    if not (settings.CARD_PAYMENTS_URL and settings.CARD_PAYMENTS_KEY and settings.CARD_PAYMENTS_SECRET):
        return None
    return Provider(settings.CARD_PAYMENTS_URL, settings.CARD_PAYMENTS_KEY)


def where_to_pay(provider: Provider, application: Application, *, by: User, at: datetime) -> str:
    """Begin to pay by card, or go on with it, and say at which address. Raises `Refused` and `NoAnswer`; both leave all as it was.

    Whoever comes second, in another tab or from another chair, is led to the payment that is under way. One of another
    amount, because something was paid or demanded meanwhile, is taken back first, so that nothing is paid twice.
    """
    card = cards.begin(application, by=by, at=at)
    if card.status == CardPaymentStatus.STARTED:
        told = courier.ask(provider, str(card.provider_id))
        card = cards.learn(card, told=told, at=at)
        if _can_go_on(card, told):
            return told.next_url
        if not card.is_finished:
            card = taken_back(provider, card, at=at)
        if card.status == CardPaymentStatus.SUCCESS:
            return return_address(card)
        card = cards.begin(application, by=by, at=at)
    if card.amount != card.application.still_to_pay:  # begun, and never handed over
        cards.expire(card, at=at)
        card = cards.begin(application, by=by, at=at)
    told = courier.create(provider, _wanted(card))
    card = cards.hand_over(card, told=told, by=by, at=at)
    card = cards.learn(card, told=told, at=at)
    return told.next_url if _is_page_of_provider(told.next_url) else return_address(card)


def taken_back(provider: Provider, card: CardPayment, *, at: datetime) -> CardPayment:
    """Ask that nobody can pay it any more; what became of it is whatever the provider says then. Raises `NoAnswer`."""
    courier.cancel(provider, str(card.provider_id))
    return learned(provider, card, at=at)


def learned(provider: Provider, card: CardPayment, *, at: datetime) -> CardPayment:
    """The payment as the provider says that it is now: who came back from its page is not believed. Raises `NoAnswer`."""
    return cards.learn(card, told=courier.ask(provider, str(card.provider_id)), at=at)


def return_address(card: CardPayment) -> str:
    """Where the payer comes back to."""
    with translation.override(card.begun_by.language):
        path = reverse("card_payment", args=[card.application.reference, card.reference])
    return f"{settings.SITE_ADDRESS}{path}"


def _can_go_on(card: CardPayment, told: ProviderPayment) -> bool:
    if card.is_finished or card.amount != card.application.still_to_pay:
        return False
    return _is_page_of_provider(told.next_url)


def _is_page_of_provider(address: str) -> bool:
    """Nobody is sent anywhere else, whatever an answer says."""
    return _origin(address) in {_origin(page) for page in settings.CARD_PAYMENTS_PAGES}


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _wanted(card: CardPayment) -> PaymentRequest:
    """Always the same for the same payment: a repeat must not differ from the first."""
    with translation.override(card.begun_by.language):
        description = gettext("Application %(reference)s, %(organisation)s") % {
            "reference": card.application.reference,
            "organisation": card.application.organisation.legal_name,
        }
    return PaymentRequest(
        key=card.reference,
        amount=card.pence,
        reference=str(card.application.payment_reference),
        description=description[:255],
        return_url=return_address(card),
        email=card.begun_by.email,
        language="cy" if card.begun_by.language == "cy" else "en",
    )
