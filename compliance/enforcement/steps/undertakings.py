"""The steps of an undertaking, and of the order that may follow it."""

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.actions import undertakings as actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries import receipts
from compliance.enforcement.rules import undertakings as rules
from compliance.enforcement.steps.cases import APPROVES, WORKS
from registry.steps import Step, Steps

UNDERTAKING = Steps(
    Undertaking,
    "undertaking",
    url="staff/undertakings/<str:reference>",
    related=("case__organisation", "drafted_by", "served_by", "applied_by"),
    permission=WORKS,
    steps=(
        Step(
            "serve",
            _("Serve the notice"),
            permission=APPROVES,
            blockers=lambda one, by, on: rules.serve_blockers(one, by=by),
            action=actions.serve,
            previews=True,
            done=_("Notice served"),
        ),
        Step(
            "discard",
            _("Do not serve it"),
            permission=APPROVES,
            form=forms.Because,
            action=actions.discard,
            done=_("Not served"),
        ),
        Step(
            "negotiate",
            _("The other side negotiates"),
            form=forms.Because,
            action=actions.negotiate,
            press=_("Record that they negotiate"),
            done=_("Negotiated"),
        ),
        Step(
            "extend",
            _("More time, as agreed"),
            form=forms.Extend,
            blockers=lambda one, by, on: rules.extend_blockers(one),
            action=actions.extend_negotiation,
            press=_("Give more time"),
            done=_("More time to agree"),
        ),
        Step(
            "accept",
            _("Accept the undertaking"),
            permission=APPROVES,
            blockers=lambda one, by, on: rules.accept_blockers(one, on=on),
            action=actions.accept_undertaking,
            previews=True,
            done=_("Accepted"),
        ),
        Step(
            "refuse",
            _("The other side refuses"),
            form=forms.Because,
            action=actions.refuse_undertaking,
            press=_("Record the refusal"),
            done=_("Refused"),
        ),
        Step(
            "review_receipts",
            _("Review the receipts of checks"),
            form=forms.ReviewReceipts,
            blockers=lambda one, by, on: rules.review_blockers(one, is_due=receipts.is_review_due(one, on)),
            action=actions.review_receipts,
            in_statuses=("accepted",),
            fits=lambda one, on: receipts.asks_for_receipts(one, on),
            press=_("Record the review"),
            done=_("Receipts reviewed"),
        ),
        Step(
            "release",
            _("Release"),
            permission=APPROVES,
            form=forms.Because,
            action=actions.release,
            done=_("Released"),
        ),
        Step(
            "breach",
            _("It was breached"),
            form=forms.Because,
            action=actions.breach,
            press=_("Record the breach"),
            done=_("Breached"),
        ),
        Step(
            "apply",
            _("Apply for an order"),
            permission=APPROVES,
            form=forms.Court,
            blockers=lambda one, by, on: rules.apply_blockers(one, by=by),
            action=actions.apply_for_order,
            done=_("Order applied for"),
        ),
        Step(
            "order",
            _("The court has made the order"),
            form=forms.Order,
            blockers=lambda one, by, on: rules.order_blockers(one, "make_order"),
            action=actions.make_order,
            press=_("Record the order"),
            done=_("Order made"),
        ),
        Step(
            "dismiss",
            _("The court makes no order"),
            form=forms.Because,
            action=actions.dismiss_order,
            press=_("Record that there is no order"),
            done=_("Order not made"),
        ),
        Step(
            "vary",
            _("The court has varied the order"),
            form=forms.Vary,
            blockers=lambda one, by, on: rules.order_blockers(one, "vary_order"),
            action=actions.vary_order,
            press=_("Record how it was varied"),
            done=_("Order varied"),
        ),
        Step(
            "discharge",
            _("The court has discharged the order"),
            form=forms.Because,
            action=actions.discharge_order,
            press=_("Record that it was discharged"),
            done=_("Order discharged"),
        ),
    ),
)
