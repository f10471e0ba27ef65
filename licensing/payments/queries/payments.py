"""What an application costs, what has been paid, and what is under way."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.payments.models import CardPayment, Demand, Payment, Refund
from licensing.payments.states import UNFINISHED
from registry.letters.models import Letter
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class Received:
    """A payment with its receipt, which is a letter."""

    payment: Payment
    receipt: Letter | None


@dataclass(frozen=True, slots=True)
class Account:
    """All that the page about the money of one application shows."""

    application: Application
    band: str
    fees_since: date
    words: str
    note: str
    demands: tuple[Demand, ...]
    received: tuple[Received, ...]
    tries: tuple[CardPayment, ...]
    refunds: tuple[Refund, ...]

    @property
    def total(self) -> Decimal:
        return self.application.owed


@dataclass(frozen=True, slots=True)
class Price:
    """What an application with these answers costs, and how that follows."""

    fee: Decimal
    band: str
    turnover: Decimal
    inspection: Decimal | None
    since: date


def account_of(application: Application) -> Account:
    """The money of an application that has been handed in, newest first."""
    scheme, language = scheme_of(application), get_language()
    receipts = {
        letter.facts.get("receipt"): letter
        for letter in Letter.objects.filter(reference=application.reference, template="licensing/letters/paid.html")
    }
    payments = application.payments.select_related("card", "line").order_by("-received_on", "-pk")
    return Account(
        application=application,
        band=said(scheme.fee_band(application.fee_band).title, language) if application.fee_band else "",
        fees_since=scheme.fees_since,
        words=said(scheme.fees.payment, language),
        note=_note(application, scheme),
        demands=tuple(application.demands.filter(ended_at=None, amount__gt=0).order_by("pk")),
        received=tuple(Received(payment, receipts.get(payment.reference)) for payment in payments),
        tries=tuple(application.card_payments.order_by("-begun_at", "-pk")),
        refunds=tuple(application.refunds.order_by("-pk")),
    )


def _note(application: Application, scheme: Scheme) -> str:
    """What the scheme says of the fee is not said of what is asked for later, when the assessment has begun."""
    if application.fee is not None and application.paid >= application.fee:
        return gettext("Use only the payment reference for the payment.")
    return said(scheme.payment_note, get_language())


def price_of(filled: ApplicationForm, application: Application) -> Price | None:
    """Nothing until the turnover is known."""
    fee = filled.fee(application.fee_kind)
    if fee is None:
        return None
    scheme: Scheme = filled.scheme
    band = filled.facts["turnover_band"]
    charge = scheme.payments and scheme.payments.inspection
    wanted = charge and (application.renews_id is None or charge.on_renewal)
    return Price(
        fee=fee,
        band=said(scheme.fee_band(band).title, get_language()),
        turnover=Decimal(str(filled.facts["turnover"])),
        inspection=scheme.fee(band, "inspection") if wanted else None,
        since=scheme.fees_since,
    )


def open_card_payments(*, begun_before: object) -> QuerySet[CardPayment]:
    """Those of which we have heard no end, the oldest first."""
    found = CardPayment.objects.filter(status__in=UNFINISHED, begun_at__lt=begun_before)
    return found.select_related("application").order_by("begun_at", "pk")


def why_not_paid(card: CardPayment) -> str | Promise:
    """What became of a try, in words for the payer."""
    return TOLD.get(card.status, gettext("The payment is not finished yet."))


TOLD: dict[str, str | Promise] = {
    "success": _("Your payment has arrived."),
    "failed": _("Your card was declined. Nothing was paid."),
    "cancelled": _("The payment was cancelled. Nothing was paid."),
    "expired": _("The payment was not finished in time. Nothing was paid."),
}
