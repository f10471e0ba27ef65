"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, Pending, pending_wait, staff_wait


class CardPaymentStatus(TextChoices):
    CREATED = "created", _("Not handed over yet")
    STARTED = "started", _("Under way")
    SUCCESS = "success", _("Paid")
    FAILED = "failed", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Not finished in time")


C = CardPaymentStatus


UNFINISHED = (C.CREATED, C.STARTED)


# Money that the provider says has come counts, whatever was thought before: its messages may come late, twice, out of order.
CARD_PAYMENT = Lifecycle(
    C.CREATED,
    move("hand_over", {C.CREATED}, C.STARTED, sets=("provider_id",)),
    move("succeed", {C.STARTED, C.FAILED, C.CANCELLED, C.EXPIRED}, C.SUCCESS, sets=("code", "finished_at")),
    move("fail", {C.STARTED}, C.FAILED, sets=("code", "finished_at")),
    move("cancel", {C.STARTED}, C.CANCELLED, sets=("code", "finished_at")),
    move("expire", {C.CREATED, C.STARTED}, C.EXPIRED, sets=("code", "finished_at")),
    waits=(
        NoWait(C.CREATED, "The card provider is asked, or it expires."),
        NoWait(C.STARTED, "The person pays at the card provider, or it expires."),
        NoWait(C.FAILED, "The fee stays owed, which is a task of the application."),
        NoWait(C.CANCELLED, "The fee stays owed, which is a task of the application."),
        NoWait(C.EXPIRED, "The fee stays owed, which is a task of the application."),
    ),
)


class PaymentKind(TextChoices):
    RECEIVED = "received", _("Received")
    CANCELLED = "cancelled", _("Recorded by mistake")
    PAID_BACK = "paid_back", _("Paid back")


class RefundStatus(TextChoices):
    DUE = "due", _("To be paid back")
    PAID = "paid", _("Paid back")
    NOT_DUE = "not_due", _("Not to be paid back")
    REPLACED = "replaced", _("Replaced")


R = RefundStatus
HANDLES = "licensing.record_payment"
_OF_CASE: dict[str, Any] = {"organisation": "application.organisation", "args": ("application.reference",)}

#: What was paid too much is paid back, or someone says why not.
REFUND = Lifecycle(
    R.DUE,
    move("pay_back", {R.DUE}, R.PAID, sets=("handled_by", "handled_at", "payment")),
    move("drop_refund", {R.DUE}, R.NOT_DUE, sets=("handled_by", "handled_at")),
    # The sum has changed: another refund takes its place, or none is due.
    move("end_refund", {R.DUE}, R.REPLACED, sets=("handled_by", "handled_at")),
    waits=(
        staff_wait(
            "pay_back",
            {R.DUE},
            _("Pay back what was paid too much"),
            HANDLES,
            page="application",
            seen_with="licensing.view_applications",
            **_OF_CASE,
        ),
        pending_wait(
            "paying_back",
            {R.DUE},
            _("We pay back what you paid too much"),
            Pending.AUTHORITY,
            page="application_payments",
            **_OF_CASE,
        ),
    ),
)


class DemandKind(TextChoices):
    INSPECTION = "inspection", _("Charge for an inspection")
    SHORTFALL = "shortfall", _("Difference of the fee")
