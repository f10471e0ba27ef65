"""The states of what this room is about, what may follow what, and who must act in each."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, holder_wait, staff_wait


class CaseStatus(StrEnum):
    """Where a case of supply without a licence stands, by whom it waits for."""

    OPEN = "open"  # the officer
    PROPOSED = "proposed"  # a second person
    REFERRED = "referred"  # the prosecutor
    CLOSED = "closed"


C = CaseStatus
WORKS = "compliance.work_enforcement"
APPROVES = "compliance.approve_enforcement"
SEES = "compliance.view_enforcement"
OF_CASE: dict[str, Any] = {"page": "unlicensed_case", "seen_with": SEES}
OF_UNDERTAKING: dict[str, Any] = {"organisation": "case.organisation", "page": "undertaking", "seen_with": SEES}
OF_NOTICE: dict[str, Any] = {"page": "underpayment", "seen_with": SEES}
OF_ORDER: dict[str, Any] = {"page": "conviction_order", "seen_with": SEES}

UNLICENSED_CASE = Lifecycle(
    C.OPEN,
    move("propose_outcome", {C.OPEN}, C.PROPOSED, sets=("outcome", "proposed_by", "proposed_at", "proposed_because")),
    move("look_further", {C.PROPOSED}, C.OPEN),
    move("refer", {C.PROPOSED}, C.REFERRED, sets=("approved_by", "approved_at", "approved_because")),
    move("end_case", {C.PROPOSED}, C.CLOSED, sets=("approved_by", "approved_at", "approved_because")),
    move("record_result", {C.REFERRED}, C.CLOSED, sets=("result", "result_on", "sentence")),
    waits=(
        staff_wait(
            "investigate",
            {C.OPEN},
            _("Investigate and propose an outcome"),
            WORKS,
            first_owner="officer",
            **OF_CASE,
        ),
        staff_wait(
            "approve",
            {C.PROPOSED},
            _("Approve the proposed outcome or return the case"),
            APPROVES,
            not_by=("proposed_by",),
            **OF_CASE,
        ),
        staff_wait(
            "record_result",
            {C.REFERRED},
            _("Record the result of the prosecution"),
            WORKS,
            first_owner="officer",
            **OF_CASE,
        ),
    ),
)


class UndertakingStatus(StrEnum):
    """Where a labour market undertaking stands, and the order that may follow it (Employment Rights Act 2025, ss.119-129)."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    NOTICE = "notice"
    NEGOTIATING = "negotiating"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    RELEASED = "released"
    BREACHED = "breached"
    ENDED = "ended"
    ORDER_APPLIED = "order_applied"
    ORDER_DISMISSED = "order_dismissed"
    ORDER_MADE = "order_made"
    ORDER_VARIED = "order_varied"
    ORDER_DISCHARGED = "order_discharged"
    ORDER_ENDED = "order_ended"


U = UndertakingStatus
IN_NEGOTIATION = (U.NOTICE, U.NEGOTIATING)
ORDER_HOLDS = (U.ORDER_MADE, U.ORDER_VARIED)


UNDERTAKING = Lifecycle(
    U.DRAFT,
    move("serve", {U.DRAFT}, U.NOTICE, sets=("served_by", "served_at", "negotiate_by")),
    move("discard", {U.DRAFT}, U.DISCARDED),
    move("negotiate", {U.NOTICE}, U.NEGOTIATING),
    move("extend_negotiation", IN_NEGOTIATION, U.NEGOTIATING, sets=("negotiate_by",)),
    move("accept_undertaking", IN_NEGOTIATION, U.ACCEPTED, sets=("starts_on", "until")),
    move("refuse_undertaking", IN_NEGOTIATION, U.REFUSED),
    move("lapse", IN_NEGOTIATION, U.LAPSED),
    move("release", {U.ACCEPTED}, U.RELEASED),
    move("breach", {U.ACCEPTED}, U.BREACHED),
    move("end_undertaking", {U.ACCEPTED}, U.ENDED),
    move("apply_for_order", {U.REFUSED, U.LAPSED, U.BREACHED}, U.ORDER_APPLIED, sets=("applied_by", "court")),
    move("dismiss_order", {U.ORDER_APPLIED}, U.ORDER_DISMISSED),
    move("make_order", {U.ORDER_APPLIED}, U.ORDER_MADE, sets=("order_starts_on", "order_until", "order_terms")),
    move("vary_order", ORDER_HOLDS, U.ORDER_VARIED, sets=("order_until", "order_terms")),
    move("discharge_order", ORDER_HOLDS, U.ORDER_DISCHARGED),
    move("end_order", ORDER_HOLDS, U.ORDER_ENDED),
    waits=(
        staff_wait(
            "serve",
            {U.DRAFT},
            _("Serve the notice of the undertaking or discard it"),
            APPROVES,
            not_by=("drafted_by",),
            **OF_UNDERTAKING,
        ),
        staff_wait(
            "agree",
            IN_NEGOTIATION,
            _("Agree the undertaking, or record that it was refused"),
            WORKS,
            first_owner="drafted_by",
            due="negotiate_by",
            **OF_UNDERTAKING,
        ),
        holder_wait(
            "keep",
            {U.ACCEPTED},
            _("Keep to the undertaking that you gave"),
            Act.NOTIFY,
            organisation="case.organisation",
            due="until",
            until="until",
            page="letter_about",
            missed=_("We can ask a court for an order against you."),
        ),
        staff_wait(
            "end",
            {U.ACCEPTED},
            _("End the undertaking that has run out"),
            WORKS,
            first_owner="drafted_by",
            after="until",
            **OF_UNDERTAKING,
        ),
        staff_wait(
            "apply_for_order",
            {U.REFUSED, U.LAPSED, U.BREACHED},
            _("Apply for an order"),
            WORKS,
            first_owner="drafted_by",
            **OF_UNDERTAKING,
        ),
        staff_wait(
            "record_order",
            {U.ORDER_APPLIED},
            _("Record what the court decided"),
            WORKS,
            first_owner="applied_by",
            **OF_UNDERTAKING,
        ),
        NoWait(U.ORDER_MADE, "The order runs."),
        NoWait(U.ORDER_VARIED, "The order runs."),
        staff_wait(
            "end_order",
            ORDER_HOLDS,
            _("End the order that has run out"),
            WORKS,
            first_owner="applied_by",
            after="order_until",
            **OF_UNDERTAKING,
        ),
    ),
)


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
