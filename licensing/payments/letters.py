"""What an applicant is told of its application and of money."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.letters.letters import judged_by, queue
from licensing.payments.models import Demand, Payment, Refund
from licensing.payments.states import DemandKind
from registry.letters.models import Letter
from registry.schemes import said


def paid(payment: Payment, *, at: datetime) -> Letter:
    """The receipt: how much came, when and how, what for, and what is still to pay."""
    application = payment.application
    scheme, language = judged_by(application), application.organisation.language
    facts = {
        "receipt": payment.reference,
        "amount": payment.amount,
        "received_on": payment.received_on,
        "by_card": payment.card_id is not None,
        "fee_kind": application.fee_kind,
        "payment_reference": application.payment_reference,
        "still_to_pay": application.still_to_pay or "",
        "overpaid": application.overpaid or "",
        "vat": said(scheme.payments.vat, language) if scheme.payments else "",
    }
    return queue(application, template="paid", subject=_("Receipt for your payment"), facts=facts, at=at)


def payment_cancelled(counter: Payment, *, at: datetime) -> Letter:
    """Says that a receipt no longer counts, why, and what is due now."""
    payment = counter.reverses
    assert payment is not None, "a constraint keeps that it takes out a payment"
    said_of_it = {"because": counter.because, "receipt": payment.reference, "amount": payment.amount}
    return _about_money(counter, subject=_("Your receipt no longer counts"), told="cancelled", at=at, **said_of_it)


def paid_back(payment: Payment, *, at: datetime) -> Letter:
    """Says how much was paid back, and when."""
    return _about_money(
        payment, subject=_("We have paid money back to you"), told="paid_back", amount=-payment.amount, at=at
    )


def not_paid_back(refund: Refund, *, at: datetime) -> Letter:
    """Says that what was paid too much is not paid back, and why."""
    facts = {"told": "not_paid_back", "amount": refund.amount, "because": refund.because, "receipt": refund.reference}
    application = refund.application
    facts |= {"payment_reference": application.payment_reference, "fee_kind": application.fee_kind}
    subject = _("What you paid too much")
    return queue(application, template="paid", subject=subject, facts=facts, at=at)


def _about_money(payment: Payment, *, subject: Promise, told: str, at: datetime, **facts: Any) -> Letter:
    application = Application.objects.get(pk=payment.application_id)
    every = {
        "told": told,
        "receipt": payment.reference,
        "received_on": payment.received_on,
        "fee_kind": application.fee_kind,
        "payment_reference": application.payment_reference,
        "still_to_pay": application.still_to_pay or "",
        **facts,
    }
    return queue(application, template="paid", subject=subject, facts=every, at=at)


def demanded(demand: Demand, *, at: datetime) -> Letter:
    """Says what is to be paid besides the fee, why, by when and how (2009 Rules, r.6; BULL0625)."""
    application = demand.application
    scheme, language = judged_by(application), application.organisation.language
    asked = scheme.payments and getattr(scheme.payments, demand.kind)
    facts = {
        "kind": demand.kind,
        "amount": demand.amount,
        "due_on": demand.due_on,
        "words": said(asked.words, language) if asked else "",
        "declared": demand.declared,
        "verified": demand.verified,
        "evidence": demand.evidence,
        "band": said(scheme.fee_band(demand.band).title, language),
        "payment_reference": application.payment_reference,
        "payment": said(scheme.fees.payment, language),
        "bank_account": settings.BANK_ACCOUNT,
    }
    return queue(application, template="demanded", subject=DEMANDS[DemandKind(demand.kind)], facts=facts, at=at)


DEMANDS: dict[DemandKind, str | Promise] = {
    DemandKind.INSPECTION: _("Pay the charge for the inspection"),
    DemandKind.SHORTFALL: _("Pay the difference of the fee"),
}
