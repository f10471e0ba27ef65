"""The steps of a notice of underpayment, and of an order made on conviction."""

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.actions import orders as order_actions
from compliance.enforcement.actions import underpayment as actions
from compliance.enforcement.forms import cases as shared
from compliance.enforcement.forms import underpayment as forms
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.rules import orders as order_rules
from compliance.enforcement.rules import underpayment as rules
from compliance.enforcement.steps.cases import APPROVES, WORKS
from registry.form_fields import Because
from registry.steps import Step, Steps

NOTICE = Steps(
    UnderpaymentNotice,
    "underpayment",
    url="staff/underpayments/<str:reference>",
    related=("organisation", "inspection", "drafted_by", "served_by", "enforced_by"),
    permission=APPROVES,
    steps=(
        Step(
            "serve",
            _("Serve the notice"),
            blockers=lambda notice, by, on: rules.serve_blockers(notice, by=by),
            action=actions.serve_underpayment,
            previews=True,
            done=_("Notice served"),
        ),
        Step(
            "leave",
            _("Do not serve it"),
            form=Because,
            action=actions.leave_underpayment,
            done=_("Not served"),
        ),
        Step(
            "settle",
            _("All of it was paid"),
            permission=WORKS,
            form=forms.Settle,
            blockers=lambda notice, by, on: rules.settle_blockers(notice),
            action=actions.settle_underpayment,
            press=_("Record the payment"),
            done=_("Paid"),
        ),
        Step(
            "withdraw",
            _("Withdraw the notice"),
            form=Because,
            blockers=lambda notice, by, on: rules.withdraw_blockers(notice, by=by),
            action=actions.withdraw_underpayment,
            previews=True,
            done=_("Withdrawn"),
        ),
        Step(
            "enforce",
            _("Go to the court"),
            form=forms.Enforce,
            blockers=lambda notice, by, on: rules.enforce_blockers(notice, by=by),
            action=actions.enforce_underpayment,
            done=_("Taken to court"),
        ),
    ),
)

ORDER = Steps(
    ConvictionOrder,
    "conviction_order",
    url="staff/orders/<str:reference>",
    related=("case__organisation", "written_by", "compared_by"),
    permission=APPROVES,
    steps=(
        Step(
            "compare",
            _("It is what the court has written"),
            blockers=lambda order, by, on: order_rules.compare_blockers(order, by=by),
            action=order_actions.compare_order,
            press=_("Confirm the order"),
            done=_("Compared with the order of the court"),
        ),
        Step(
            "strike",
            _("Strike it out"),
            form=Because,
            action=order_actions.strike_order,
            done=_("Struck out"),
        ),
        Step(
            "vary",
            _("The court has varied the order"),
            permission=WORKS,
            form=shared.Vary,
            blockers=lambda order, by, on: order_rules.vary_blockers(order),
            action=order_actions.vary_holding_order,
            press=_("Record how it was varied"),
            done=_("Order varied"),
        ),
        Step(
            "lift",
            _("The court has discharged the order"),
            permission=WORKS,
            form=Because,
            action=order_actions.lift_order,
            press=_("Record that it was discharged"),
            done=_("Order discharged"),
        ),
    ),
)
