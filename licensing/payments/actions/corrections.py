"""Payments that were recorded by mistake, and what was paid too much. Nothing is edited: a row below zero takes it out."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from licensing.applications.models import Application
from licensing.checks.queries import checks
from licensing.payments import letters
from licensing.payments.models import Payment, Refund
from licensing.payments.rules import payments as rules
from licensing.payments.states import PaymentKind, RefundStatus
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail

RECORDS = "licensing.record_payment"


@transaction.atomic
def cancel_payment(payment: Payment, *, because: str, by: User, at: datetime) -> Payment:
    """Take out a payment that was recorded by mistake: the payer is told, and money of a bank statement waits again.

    Raises `Refused` (cancelled_before, by_card, no_reason).
    """
    permissions.require(by, RECORDS)
    application = _locked(payment.application, by)
    payment = trail.locked(payment)
    refuse_for(rules.cancel_blockers(payment, because=because))
    refuse_for(checks.repeats(application.organisation, {"because": because}))
    line = payment.line
    payment.cancelled_at, payment.line = at, None
    payment.save(update_fields=["cancelled_at", "line"])
    counter = Payment.objects.receive(
        application,
        kind=PaymentKind.CANCELLED,
        amount=-payment.amount,
        received_on=timezone.localdate(at),
        bank_reference=payment.bank_reference,
        reverses=payment,
        because=because,
        by=by,
        at=at,
    )
    trail.record(
        application, "cancel_payment", by=by, at=at, amount=f"{payment.amount:.2f}", payment=payment, line=line
    )
    notice_overpayment(application, by=by, at=at)
    letters.payment_cancelled(counter, at=at)
    return payment


@transaction.atomic
def notice_overpayment(application: Application, *, by: User | None, at: datetime) -> Refund | None:
    """Open what is to be paid back when more was paid than is owed, and end what is not owed to the payer any more.

    What is not paid back for a reason is not asked about again.
    """
    application = Application.objects.get(pk=application.pk)
    kept = application.refunds.filter(status=RefundStatus.NOT_DUE).aggregate(total=Sum("amount"))["total"]
    overpaid = application.overpaid - (kept or Decimal(0))
    due = application.refunds.due().first()
    if due is not None and due.amount == overpaid:
        return due
    if due is not None:
        end_refund(due, by=by, at=at)
    if overpaid <= Decimal(0):
        return None
    refund = Refund.objects.create(
        reference=new_reference("RF"), application=application, amount=overpaid, noticed_at=at
    )
    trail.record(refund, "notice_overpayment", by=by, at=at, after=refund.status, amount=f"{overpaid:.2f}")
    return refund


@transaction.atomic
def end_refund(refund: Refund, *, by: User | None, at: datetime) -> Refund:
    """End a refund of which the sum has changed: another takes its place, or nothing is to be paid back."""
    refund = trail.locked(refund)
    return trail.move(refund, "end_refund", by=by, at=at, handled_by=by, handled_at=at)


@transaction.atomic
def pay_back(refund: Refund, *, paid_on: date, bank_reference: str, by: User, at: datetime) -> Refund:
    """Record that the bank has paid back what was paid too much; the payer is told.

    Raises `Refused` (not_overpaid, no_bank_reference, day_too_early, day_too_late).
    """
    permissions.require(by, RECORDS)
    application = _locked(refund.application, by)
    refund = trail.locked(refund)
    today = timezone.localdate(at)
    refuse_for(rules.pay_back_blockers(refund, paid_on=paid_on, bank_reference=bank_reference, today=today))
    refuse_for(checks.repeats(application.organisation, {"bank_reference": bank_reference}))
    payment = Payment.objects.receive(
        application,
        kind=PaymentKind.PAID_BACK,
        amount=-refund.amount,
        received_on=paid_on,
        bank_reference=bank_reference,
        by=by,
        at=at,
    )
    trail.move(refund, "pay_back", by=by, at=at, handled_by=by, handled_at=at, payment=payment)
    letters.paid_back(payment, at=at)
    return refund


@transaction.atomic
def drop_refund(refund: Refund, *, because: str, by: User, at: datetime) -> Refund:
    """Say why what was paid too much is not paid back; the payer reads the reason."""
    permissions.require(by, RECORDS)
    _locked(refund.application, by)
    refund = trail.locked(refund)
    refuse_for(rules.drop_refund_blockers(refund, because=because))
    refuse_for(checks.repeats(refund.application.organisation, {"because": because}))
    refund.because = because
    refund.save(update_fields=["because"])
    trail.move(refund, "drop_refund", by=by, at=at, because=because, handled_by=by, handled_at=at)
    letters.not_paid_back(refund, at=at)
    return refund


def _locked(application: Application, by: User) -> Application:
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    return application
