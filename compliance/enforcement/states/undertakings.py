"""The states of an undertaking and of the order that may follow it, and who must act in each."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.states.cases import APPROVES, SEES, WORKS
from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, holder_wait, staff_wait

RECEIPTS = "compliance.enforcement.queries.receipts"
OF_UNDERTAKING: dict[str, Any] = {"organisation": "case.organisation", "page": "undertaking", "seen_with": SEES}


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
        holder_wait(
            "check_suppliers",
            {U.ACCEPTED},
            _("Check each of your suppliers in the register, signed in, and keep the receipts"),
            Act.NOTIFY,
            organisation="case.organisation",
            due_from=f"{RECEIPTS}.next_review_on",
            asks=f"{RECEIPTS}.asks_for_receipts",
            # We look at the receipts once the day is over: no one is late while our review is missing.
            lapses=True,
            is_on_day=True,
            page="letter_about",
            missed=_("We then look at the receipts. Without them we can ask a court for an order against you."),
        ),
        staff_wait(
            "review_receipts",
            {U.ACCEPTED},
            _("Review the receipts of checks"),
            WORKS,
            first_owner="drafted_by",
            asks=f"{RECEIPTS}.is_review_due",
            **OF_UNDERTAKING,
        ),
        staff_wait(
            "answer_review",
            {U.ACCEPTED},
            _("Record the breach of the undertaking, or release it"),
            WORKS,
            first_owner="drafted_by",
            asks=f"{RECEIPTS}.was_not_kept",
            **OF_UNDERTAKING,
        ),
        staff_wait(
            "end",
            {U.ACCEPTED},
            _("End the undertaking that has run out"),
            WORKS,
            first_owner="drafted_by",
            after="until",
            asks=f"{RECEIPTS}.can_end",
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
