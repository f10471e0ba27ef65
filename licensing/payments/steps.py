"""What officers do about the money of a case: payments, what is demanded besides the fee, corrections, refunds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.applications.steps import HEADING, of_case
from licensing.inspections.queries import inspections_of
from licensing.payments import forms
from licensing.payments.actions import corrections, payments
from licensing.payments.models import Payment, Refund
from licensing.payments.rules import payments as rules
from licensing.payments.states import HANDLES
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Step, Steps


def _case(row: Payment | Refund) -> str:
    return reverse("application", args=[row.application.reference]) + "#payments"


def _sum(row: Payment | Refund) -> str:
    return gettext("The sum is £%(amount)s.") % {"amount": f"{row.amount:,.2f}"}


_COMMON: dict[str, Any] = {
    "address_of": _case,
    "related": ("application__organisation",),
    "locks_first": lambda row: (row.application,),
    "heading": HEADING,
    "facts": lambda row: {"application": row.application},
}


def _still_to_pay(application: Application) -> str:
    return gettext("Still to pay: £%(amount)s. The applicant was asked to write %(reference)s on the payment.") % {
        "amount": f"{application.still_to_pay:,.2f}",
        "reference": application.payment_reference,
    }


def _charge(application: Application) -> str:
    fee = scheme_of(application).fee(application.fee_band, "inspection") if application.fee_band else None
    amount = "" if fee is None else f"{fee:,.2f}"
    return gettext("The applicant is asked for £%(amount)s, by letter and on their own page.") % {"amount": amount}


def _charge_blockers(application: Application, by: User, on: date) -> Iterable[Reason]:
    commissioned = bool(inspections_of(application))
    return rules.charge_inspection_blockers(application, scheme_of(application), commissioned=commissioned)


def _declared(application: Application) -> str:
    return gettext(
        "Declared: £%(declared)s, band %(band)s. If what you found is in a dearer band, the difference is demanded."
    ) % {"declared": f"{float(application.facts.get('turnover') or 0):,.0f}", "band": application.fee_band}


MONEY = of_case(
    "money",
    Step(
        "record_payment",
        _("Record a payment"),
        press=_("Record the payment"),
        permission=HANDLES,
        form=forms.Payment,
        about=_still_to_pay,
        blockers=lambda application, by, on: rules.receive_blockers(application),
        action=payments.record,
        previews=True,
        is_button=False,
        slug="payments",
        url_name="record_payment",
        verb="record_payment",
        done=_("Payment recorded"),
    ),
    Step(
        "charge_inspection",
        _("Demand the charge for the inspection"),
        press=_("Demand the charge"),
        permission=HANDLES,
        about=_charge,
        blockers=_charge_blockers,
        action=payments.charge_inspection,
        previews=True,
        is_button=False,
        url_name="charge_inspection",
        done=_("Charge for the inspection demanded"),
    ),
    Step(
        "verify_turnover",
        _("Record the turnover that was found"),
        press=_("Record it"),
        permission="licensing.assess_application",
        form=forms.VerifiedTurnover,
        about=_declared,
        blockers=lambda application, by, on: rules.verify_turnover_blockers(application, scheme_of(application)),
        action=payments.verify_turnover,
        previews=True,
        is_button=False,
        url_name="verify_turnover",
        done=_("Turnover recorded as found"),
    ),
)


PAYMENT = Steps(
    Payment,
    "payment",
    url="staff/payments/received/<str:reference>",
    rows=lambda user: Payment.objects.open_to(user),
    also_made_of=lambda payment: (("application", payment.application.reference),),
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
    permission=HANDLES,
    steps=(
        Step(
            "pay_back",
            _("Record that it was paid back"),
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
