"""What officers do about a payment that was recorded by mistake, and about what was paid too much."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from licensing.payments import forms
from licensing.payments.actions import corrections
from licensing.payments.models import Payment, Refund
from licensing.payments.rules import payments as rules
from licensing.payments.states import HANDLES
from registry.form_fields import Because
from registry.steps import Step, Steps


def _case(row: Payment | Refund) -> str:
    return reverse("application", args=[row.application.reference]) + "#payments"


def _sum(row: Payment | Refund) -> str:
    return now("The sum is £%(amount)s.") % {"amount": f"{row.amount:,.2f}"}


_COMMON: dict[str, Any] = {
    "address_of": _case,
    "related": ("application__organisation",),
    "locks_first": lambda row: (row.application,),
    "heading": "licensing/parts/officer_heading.html",
    "facts": lambda row: {"application": row.application},
}

PAYMENT = Steps(
    Payment,
    "payment",
    url="staff/payments/received/<str:reference>",
    rows=lambda user: Payment.objects.open_to(user),
    steps=(
        Step(
            "cancel_payment",
            _("Take out a payment that was recorded by mistake"),
            label=_("Take out"),
            press=_("Take it out"),
            permission=HANDLES,
            form=forms.CorrectPayment,
            about=_sum,
            blockers=lambda payment, by, on: rules.cancel_blockers(payment),
            action=corrections.cancel_payment,
            previews=True,
            slug="cancel",
            kind="application",
            done=_("Payment taken out: recorded by mistake"),
        ),
    ),
    **_COMMON,
)

REFUND = Steps(
    Refund,
    "refund",
    url="staff/payments/refunds/<str:reference>",
    steps=(
        Step(
            "pay_back",
            _("Record that it was paid back"),
            permission=HANDLES,
            form=forms.PaidBack,
            about=_sum,
            blockers=lambda refund, by, on: rules.pay_back_blockers(refund, today=on),
            action=corrections.pay_back,
            previews=True,
            style="",
            done=_("Paid back"),
        ),
        Step(
            "drop_refund",
            _("Say why it is not paid back"),
            permission=HANDLES,
            form=Because,
            about=_("The payer reads the reason."),
            blockers=lambda refund, by, on: rules.drop_refund_blockers(refund),
            action=corrections.drop_refund,
            previews=True,
            slug="not-due",
            done=_("Not paid back"),
        ),
    ),
    **_COMMON,
)
