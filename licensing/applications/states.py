"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, holder_wait, staff_wait


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ASSESSING = "assessing", _("Being assessed")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for the applicant")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationStatus


# What its applicant reads instead, where the words for everybody are about them.
TOLD_APPLICANT = {S.AWAITING_APPLICANT: _("Waiting for you")}


IN_HAND = (S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT)


NOT_OVER = (S.DRAFT, *IN_HAND)


# A licence may have been granted before it turns out that more was due.
PAYABLE = (*IN_HAND, S.GRANTED)


# What has been sent to us at some time.
SENT = tuple(status for status in S if status != S.DRAFT)


ASSESSES = "licensing.assess_application"
WAITING = "licensing.cases.queries.waiting"


APPLICATION = Lifecycle(
    S.DRAFT,
    move(
        "submit",
        {S.DRAFT},
        S.SUBMITTED,
        sets=("version", "submitted_at", "signed_name", "fee_band", "fee", "payment_reference"),
    ),
    move("begin_assessment", {S.SUBMITTED}, S.ASSESSING, sets=("case_officer",)),
    move("ask", {S.ASSESSING}, S.AWAITING_APPLICANT),
    move("answer", {S.AWAITING_APPLICANT}, S.ASSESSING),
    # The last open request was withdrawn, or its day has passed.
    move("ask_ended", {S.AWAITING_APPLICANT}, S.ASSESSING),
    move("grant", {S.ASSESSING}, S.GRANTED, sets=("closed_at", "licence")),
    # What an applicant does not answer keeps no one from refusing.
    move("refuse", {S.ASSESSING, S.AWAITING_APPLICANT}, S.REFUSED, sets=("closed_at",)),
    move("withdraw", {S.DRAFT, S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT}, S.WITHDRAWN, sets=("closed_at",)),
    # A tribunal has sent the refusal back.
    move("reopen", {S.REFUSED}, S.ASSESSING, sets=("closed_at",)),
    move("grant_on_appeal", {S.REFUSED}, S.GRANTED, sets=("closed_at", "licence")),
    waits=(
        NoWait(S.REFUSED, "Only an appeal can still change it."),
        NoWait(S.AWAITING_APPLICANT, "The request to the applicant is the task."),
        NoWait(S.ASSESSING, "A check, a visit, a request or a proposal may be the task."),
        holder_wait(
            "finish", {S.DRAFT}, _("Finish the application"), Act.FILL_IN, when="is_new", page="application_tasks"
        ),
        holder_wait(
            "finish_renewal",
            {S.DRAFT},
            _("Finish the renewal"),
            Act.FILL_IN,
            due="renews.valid_until",
            when="renews",
            page="application_tasks",
            missed=_("The licence ends on its last day. You must not supply workers after it."),
        ),
        holder_wait(
            "pay",
            PAYABLE,
            _("Pay the fee"),
            Act.SUBMIT,
            asks=f"{WAITING}.is_fee_unpaid",
            page="application_payments",
            missed=_("We begin when the fee has arrived."),
        ),
        holder_wait(
            "pay_demand",
            PAYABLE,
            _("Pay what is still due"),
            Act.SUBMIT,
            due="demanded_by",
            asks=f"{WAITING}.is_demand_unpaid",
            page="application_payments",
            missed=_("We will continue when you have paid what is due."),
        ),
        holder_wait(
            "read_ours",
            SENT,
            _("Read our message"),
            Act.ANSWER,
            asks=f"{WAITING}.has_message_for_applicant",
            page="application_messages",
        ),
        staff_wait(
            "take_on",
            {S.SUBMITTED},
            _("Take the application on"),
            ASSESSES,
            owner="case_officer",
            asks=f"{WAITING}.is_to_be_taken_on",
            page="application",
            seen_with="licensing.view_applications",
        ),
        staff_wait(
            "assess",
            {S.ASSESSING},
            _("Assess the application and propose a decision"),
            ASSESSES,
            owner="case_officer",
            asks=f"{WAITING}.is_to_be_assessed",
            page="application",
            seen_with="licensing.view_applications",
        ),
        staff_wait(
            "read_message",
            IN_HAND,
            _("Read the message of the applicant"),
            "licensing.ask_applicant",
            owner="case_officer",
            asks=f"{WAITING}.has_unread_message",
            page="application",
            seen_with="licensing.view_applications",
        ),
    ),
)


class WaitingFor(TextChoices):
    """Who must do something before an application goes on, as its applicant reads it."""

    APPLICANT = "applicant", _("You")
    AUTHORITY = "authority", _("Us")
    OTHERS = "others", _("Other authorities")
    INSPECTOR = "inspector", _("The inspector")


# What the authority reads instead, in its own lists.
TURN_IN_LISTS = {
    WaitingFor.APPLICANT: _("The applicant"),
    WaitingFor.AUTHORITY: _("Us"),
    WaitingFor.OTHERS: _("Other authorities"),
    WaitingFor.INSPECTOR: _("The inspector"),
}
