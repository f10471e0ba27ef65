"""The states of notices of underpayment and of orders on conviction, and who must act in each."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.states.cases import APPROVES, SEES, WORKS
from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, holder_wait, staff_wait

OF_NOTICE: dict[str, Any] = {"page": "underpayment", "seen_with": SEES}
OF_ORDER: dict[str, Any] = {"page": "conviction_order", "seen_with": SEES}


class UnderpaymentStatus(StrEnum):
    """Where a notice of underpayment stands (Employment Rights Act 2025, ss.103-115)."""

    DRAFTED = "drafted"
    LEFT = "left"
    TO_PAY = "to_pay"
    PAID = "paid"
    UNPAID = "unpaid"
    IN_COURT = "in_court"
    WITHDRAWN = "withdrawn_notice"


N = UnderpaymentStatus


UNDERPAYMENT = Lifecycle(
    N.DRAFTED,
    move(
        "serve_underpayment",
        {N.DRAFTED},
        N.TO_PAY,
        sets=("served_by", "served_at", "penalty_pence", "pay_by", "reduced_by", "reduced_pence"),
    ),
    move("leave_underpayment", {N.DRAFTED}, N.LEFT),
    move("settle_underpayment", {N.TO_PAY, N.UNPAID, N.IN_COURT}, N.PAID, sets=("paid_on", "shown_by")),
    move("miss_payment", {N.TO_PAY}, N.UNPAID),
    move("withdraw_underpayment", {N.TO_PAY, N.UNPAID}, N.WITHDRAWN),
    move("enforce_underpayment", {N.UNPAID}, N.IN_COURT, sets=("enforced_by", "court")),
    waits=(
        staff_wait(
            "serve",
            {N.DRAFTED},
            _("Serve the notice of underpayment or leave it"),
            APPROVES,
            not_by=("drafted_by",),
            **OF_NOTICE,
        ),
        holder_wait(
            "pay",
            {N.TO_PAY},
            _("Pay what the notice of underpayment asks for"),
            Act.NOTIFY,
            due="pay_by",
            page="letter_about",
            missed=_("We can ask a court to make you pay, and the full penalty stays due."),
        ),
        staff_wait(
            "record_payment",
            {N.TO_PAY},
            _("Record whether the notice of underpayment was paid"),
            WORKS,
            first_owner="drafted_by",
            after="pay_by",
            **OF_NOTICE,
        ),
        staff_wait(
            "enforce",
            {N.UNPAID},
            _("Enforce or withdraw the notice of underpayment"),
            WORKS,
            first_owner="drafted_by",
            **OF_NOTICE,
        ),
        staff_wait(
            "record_court",
            {N.IN_COURT},
            _("Record what came of the court case"),
            WORKS,
            first_owner="enforced_by",
            **OF_NOTICE,
        ),
    ),
)


class ConvictionOrderStatus(StrEnum):
    """Where an order stands that a court made when it convicted."""

    WRITTEN = "written"
    STRUCK = "struck"
    HOLDS = "holds"
    LIFTED = "lifted"
    OVER = "over"


H = ConvictionOrderStatus


CONVICTION_ORDER = Lifecycle(
    H.WRITTEN,
    move("compare_order", {H.WRITTEN}, H.HOLDS, sets=("compared_by", "compared_at")),
    move("strike_order", {H.WRITTEN}, H.STRUCK),
    move("vary_holding_order", {H.HOLDS}, H.HOLDS, sets=("until", "terms")),
    move("lift_order", {H.HOLDS}, H.LIFTED),
    move("run_out_order", {H.HOLDS}, H.OVER),
    waits=(
        staff_wait(
            "compare",
            {H.WRITTEN},
            _("Compare the order with the paper of the court"),
            APPROVES,
            organisation="case.organisation",
            not_by=("written_by",),
            **OF_ORDER,
        ),
        NoWait(H.HOLDS, "The order runs."),
        staff_wait(
            "end",
            {H.HOLDS},
            _("End the order that has run out"),
            WORKS,
            organisation="case.organisation",
            first_owner="written_by",
            after="until",
            **OF_ORDER,
        ),
    ),
)
