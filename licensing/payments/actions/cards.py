"""Payments by card: begun by the applicant, handed over to the provider, and ended by what the provider says of them.

Nothing is asked of the provider in here: no transaction waits for another machine (licensing/cards/way_through.py).
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.payments import letters
from licensing.payments.actions import corrections
from licensing.payments.models import CardPayment, Payment
from licensing.payments.rules import payments as rules
from licensing.payments.rules.payments import ProviderPayment
from licensing.payments.states import UNFINISHED
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def begin(application: Application, *, by: User, at: datetime) -> CardPayment:
    """Begin to pay by card all that is still to pay; one that is under way already is gone on with, whoever began it."""
    permissions.require(by, "licensing.apply")
    own = Organisation.objects.acted_for_by(by)
    application = trail.locked(Application.objects.get(pk=application.pk, organisation__in=own))
    under_way = application.card_payments.filter(status__in=UNFINISHED).first()
    refuse_for(() if under_way else rules.begin_card_blockers(application))
    if under_way:
        return under_way
    card = CardPayment.objects.create(
        reference=new_reference("V"),
        application=application,
        amount=application.still_to_pay,
        begun_by=by,
        begun_at=at,
    )
    trail.record(card, "begin_card_payment", by=by, at=at, application=application, amount=f"{card.amount:.2f}")
    return card


@transaction.atomic
def hand_over(card: CardPayment, *, told: ProviderPayment, by: User | None, at: datetime) -> CardPayment:
    """The provider knows of the payment: whatever it says of it from now on bears its own name for it."""
    card = _locked(card)
    refuse_for(rules.told_blockers(card, told))
    if card.provider_id == told.payment_id:  # two tabs, or the same request repeated
        return card
    return trail.move(card, "hand_over", by=by, at=at, provider_id=told.payment_id)


@transaction.atomic
def learn(card: CardPayment, *, told: ProviderPayment, by: None = None, at: datetime) -> CardPayment:
    """Take in what the provider says of a payment, however late and however often it says it.

    Raises `Refused`, and changes nothing, when that is about another payment, application or amount (docs/rules.md T36).
    """
    card = _locked(card)
    refuse_for(rules.told_blockers(card, told))
    if not told.outcome or not card.lifecycle.allows(card.status, told.outcome):
        return card
    return ENDS[told.outcome](card, code=told.code, by=by, at=at)


@transaction.atomic
def succeed(card: CardPayment, *, code: str = "", by: None = None, at: datetime) -> CardPayment:
    """The money has come: from now on it counts as paid, once, and the payer gets a receipt."""
    card = _locked(card)
    trail.move(card, "succeed", by=by, at=at, code=code, finished_at=at)
    payment = Payment.objects.receive(
        card.application,
        amount=card.amount,
        received_on=timezone.localdate(at),
        bank_reference=str(card.provider_id),
        card=card,
        by=by,
        at=at,
    )
    trail.record(card.application, "record_payment", by=by, at=at, amount=f"{card.amount:.2f}", card=card)
    corrections.notice_overpayment(card.application, by=by, at=at)
    letters.paid(payment, at=at)
    return card


@transaction.atomic
def fail(card: CardPayment, *, code: str = "", by: None = None, at: datetime) -> CardPayment:
    """The card was declined: nothing was paid, and another try can begin."""
    return trail.move(_locked(card), "fail", by=by, at=at, code=code, finished_at=at)


@transaction.atomic
def cancel(card: CardPayment, *, code: str = "", by: None = None, at: datetime) -> CardPayment:
    """The payer went back, or we took the request back: nothing was paid, and another try can begin."""
    return trail.move(_locked(card), "cancel", by=by, at=at, code=code, finished_at=at)


@transaction.atomic
def expire(card: CardPayment, *, code: str = "", by: None = None, at: datetime) -> CardPayment:
    """Nobody finished it, or it was never handed over: nothing was paid, and another try can begin."""
    return trail.move(_locked(card), "expire", by=by, at=at, code=code, finished_at=at)


ENDS: Mapping[str, Callable[..., CardPayment]] = {
    "succeed": succeed,
    "fail": fail,
    "cancel": cancel,
    "expire": expire,
}


def _locked(card: CardPayment) -> CardPayment:
    """The application first, as everybody locks it who receives money: two never wait for each other."""
    application = trail.locked(card.application)
    card = trail.locked(card)
    card.application = application
    return card
