"""What must be true of money: what is received, begun by card, demanded, or found on a bank statement.

Speaking with a provider of card payments, in the shape of GOV.UK Pay, version 1: ask it to take a payment, ask what became
of one, believe nobody who speaks in its name without its secret."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND, PAYABLE
from licensing.payments.models import CardPayment, Payment, Refund, StatementLine
from licensing.payments.states import DemandKind, PaymentKind
from registry.days import day_blockers
from registry.errors import Reason
from registry.schemes import Scheme

#: What the provider says of a payment that failed, where it was not the card: P0020, nobody finished it; P0030, the payer went back.
EXPIRED, CANCELLED = frozenset({"P0020"}), frozenset({"P0030", "P0040"})


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """What the provider says of one payment; `next_url` is where it can be paid, as long as it can."""

    payment_id: str
    amount: int
    reference: str
    status: str
    code: str = ""
    next_url: str = ""

    @property
    def outcome(self) -> str:
        """The move that it comes to; empty while the payer is not done."""
        if self.status == "success":
            return "succeed"
        if self.status in {"failed", "cancelled", "error"}:
            return self._why_not()
        return ""

    def _why_not(self) -> str:
        if self.code in EXPIRED:
            return "expire"
        return "cancel" if self.status == "cancelled" or self.code in CANCELLED else "fail"


LONGEST_REASON = 500


def receive_blockers(application: Application) -> Iterator[Reason]:
    """Whether money can be recorded at all, before anything has been typed: in hand, or granted and something still due."""
    if application.status not in IN_HAND and not application.awaits_payment:
        yield Reason("not_in_hand", _("The application is not open, so no payment can be recorded for it."))


def payment_blockers(
    application: Application, *, amount: Decimal, received_on: date, bank_reference: str, today: date
) -> Iterator[Reason]:
    yield from receive_blockers(application)
    if amount <= 0:
        yield Reason("amount_not_positive", _("Enter an amount of more than £0."), "amount")
    if received_on > today:
        yield Reason("received_in_the_future", _("The date on which it was received is in the future."), "received_on")
    if not bank_reference.strip():
        yield Reason("no_bank_reference", _("Enter the reference on the bank statement."), "bank_reference")
    recorded = application.payments.filter(
        kind=PaymentKind.RECEIVED, cancelled_at=None, bank_reference=bank_reference, received_on=received_on
    )
    if recorded.exists():
        yield Reason("recorded_before", _("This payment has been recorded before."), "bank_reference")


# --- corrected, and paid back


def cancel_blockers(payment: Payment, *, because: str | None = None) -> Iterator[Reason]:
    """Why a payment cannot be taken out as a mistake. What the card provider told is none: it is paid back there."""
    if payment.kind != PaymentKind.RECEIVED or payment.cancelled_at is not None:
        yield Reason("cancelled_before", _("This payment has been taken out already."))
    if payment.card_id is not None:
        yield Reason("by_card", _("The card provider said that this was paid. Pay it back instead."))
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter what was wrong."), "because")


def pay_back_blockers(
    refund: Refund, *, paid_on: date | None = None, bank_reference: str | None = None, today: date
) -> Iterator[Reason]:
    """Why this cannot be recorded as paid back: nothing is owed to the payer any more, or it has not happened."""
    yield from refund.lifecycle.blockers(refund.status, "pay_back")
    if refund.application.overpaid < refund.amount:
        yield Reason("not_overpaid", _("Less than that is paid too much now. Say why it is not paid back."))
    first, future = timezone.localdate(refund.noticed_at), _("The day cannot be in the future.")
    early = _("It was noticed on {day}: it was paid back on that day or later.")
    yield from day_blockers(paid_on, "paid_on", earliest=first, too_early=early, latest=today, too_late=future)
    if bank_reference is not None and not bank_reference.strip():
        yield Reason("no_bank_reference", _("Enter the reference of the bank transfer."), "bank_reference")


def drop_refund_blockers(refund: Refund, *, because: str | None = None) -> Iterator[Reason]:
    yield from refund.lifecycle.blockers(refund.status, "drop_refund")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


# --- by card


def begin_card_blockers(application: Application) -> Iterator[Reason]:
    if not application.awaits_payment:
        yield Reason("nothing_to_pay", _("There is nothing to pay for this application now."))


def told_blockers(card: CardPayment, told: ProviderPayment) -> Iterator[Reason]:
    """What the provider says must be about this payment, for this application, of this amount (docs/rules.md T36)."""
    if card.provider_id is not None and told.payment_id != card.provider_id:
        yield Reason("another_payment", _("The provider speaks of another payment."))
    if told.reference != card.application.payment_reference:
        yield Reason("another_application", _("The provider speaks of a payment for another application."))
    if told.amount != card.pence:
        yield Reason("another_amount", _("The provider speaks of another amount."))


# --- demanded besides the fee


def charge_inspection_blockers(application: Application, scheme: Scheme, *, commissioned: bool) -> Iterator[Reason]:
    """The charge is payable on demand if an inspection is required, and not when a licence is renewed (2009 Rules, r.6)."""
    charge = scheme.payments and scheme.payments.inspection
    if application.status not in IN_HAND:
        yield Reason("not_in_hand", _("The application is not open any more."))
    if not charge or (application.renews_id is not None and not charge.on_renewal):
        yield Reason("no_charge", _("The scheme has no charge for an inspection on such an application."))
    if not commissioned:
        yield Reason("no_inspection", _("No inspection has been commissioned for this application."))
    if application.demands.filter(kind=DemandKind.INSPECTION, ended_at=None).exists():
        yield Reason("charged_before", _("The charge for the inspection has been demanded before."))


def verify_turnover_blockers(
    application: Application, scheme: Scheme, *, verified: Decimal | None = None, evidence: str | None = None
) -> Iterator[Reason]:
    """What is not given has not been typed yet."""
    if not (scheme.payments and scheme.payments.shortfall):
        yield Reason("no_shortfall", _("The scheme does not ask for a difference when the turnover was higher."))
    if application.status not in PAYABLE:
        yield Reason("not_in_hand", _("The application is neither open nor granted."))
    if verified is not None and verified < 0:
        yield Reason("negative", _("Enter a turnover of £0 or more."), "verified")
    if evidence is not None and not evidence.strip():
        yield Reason("no_evidence", _("Say what shows that this was the turnover."), "evidence")


# --- on a bank statement


def line_blockers(line: StatementLine) -> Iterator[Reason]:
    """Each line of a statement is dealt with once."""
    if hasattr(line, "payment"):
        yield Reason("matched_before", gettext("This money has been recorded for %s.") % line.payment.application)
    if line.set_aside_at is not None:
        yield Reason("set_aside_before", _("This money has been set aside."))


def match_blockers(line: StatementLine, application: Application) -> Iterator[Reason]:
    yield from line_blockers(line)
    for reason in receive_blockers(application):
        yield Reason(reason.code, reason.text, "application")


def set_aside_blockers(line: StatementLine, *, because: str) -> Iterator[Reason]:
    yield from line_blockers(line)
    if not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")
    if len(because) > LONGEST_REASON:
        yield Reason("reason_too_long", _("Enter at most 500 characters."), "because")
