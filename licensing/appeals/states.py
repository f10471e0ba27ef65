"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from licensing.decisions.states import MODIFICATIONS, K
from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class AppealStatus(TextChoices):
    TOLD = "told", _("Told, to be confirmed")
    RECEIVED = "received", _("Received, to be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Waiting for our reply")
    WITH_TRIBUNAL = "with_tribunal", _("With the tribunal")
    LISTED = "listed", _("Hearing fixed")
    ENDED = "ended", _("Ended, to be carried out")
    CLOSED = "closed", _("Closed")
    DISREGARDED = "disregarded", _("No appeal arrived")


AP = AppealStatus


BEING_HEARD = (AP.RECEIVED, AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED)


OPEN_APPEALS = (AP.TOLD, *BEING_HEARD, AP.ENDED)


HANDLES = "licensing.handle_appeals"


# An appellant who tells of an appeal has not made one: that is done by the notice that arrives with the secretariat. What
# the tribunal has decided is carried out by another person than the one who wrote it down.
APPEAL = Lifecycle(
    AP.TOLD,
    move(
        "receive",
        {AP.TOLD},
        AP.RECEIVED,
        sets=("received_on", "number", "extended", "stays", "received_by", "received_at", "decide_by"),
    ),
    move("disregard", {AP.TOLD}, AP.DISREGARDED),
    move("acknowledge", {AP.RECEIVED}, AP.ACKNOWLEDGED, sets=("copied_on", "number", "reply_by")),
    move("reply", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL, sets=("replied_on", "fix_by")),
    move("bar", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL, sets=("barred_on",)),
    # The tribunal directs that the authority, barred, takes part after all, and by when it replies.
    move("readmit", {AP.WITH_TRIBUNAL, AP.LISTED}, AP.ACKNOWLEDGED, sets=("leave_on", "reply_by", "barred_on")),
    move(
        "fix_hearing",
        {AP.WITH_TRIBUNAL, AP.LISTED},
        AP.LISTED,
        sets=("on_paper", "hearing_on", "hearing_place", "statements_by", "representations_by"),
    ),
    move("take_back", set(BEING_HEARD), AP.ENDED, sets=("outcome", "ended_on", "effect_on", "ended_by", "ended_at")),
    move(
        "determine",
        {AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED},
        AP.ENDED,
        sets=("outcome", "ended_on", "effect_on", "ended_by", "ended_at"),
    ),
    move("carry_out", {AP.ENDED}, AP.CLOSED, sets=("closed_by", "closed_at")),
    waits=(
        staff_wait(
            "confirm",
            {AP.TOLD},
            _("Confirm whether the appeal has arrived"),
            HANDLES,
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        staff_wait(
            "acknowledge",
            {AP.RECEIVED},
            _("Record the tribunal’s acknowledgement"),
            HANDLES,
            first_owner="received_by",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        staff_wait(
            "reply",
            {AP.ACKNOWLEDGED},
            _("Reply to the appeal"),
            HANDLES,
            first_owner="received_by",
            due="reply_by",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        NoWait(AP.WITH_TRIBUNAL, "The tribunal fixes a hearing."),
        staff_wait(
            "ask_for_hearing",
            {AP.WITH_TRIBUNAL},
            _("Ask the tribunal for a hearing date"),
            HANDLES,
            first_owner="received_by",
            after="fix_by",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        NoWait(AP.LISTED, "The hearing is to come."),
        staff_wait(
            "statements",
            {AP.LISTED},
            _("Send our statements for the hearing"),
            HANDLES,
            first_owner="received_by",
            due="statements_by",
            when="owes_statements",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        staff_wait(
            "representations",
            {AP.LISTED},
            _("Send our representations for the hearing"),
            HANDLES,
            first_owner="received_by",
            due="representations_by",
            when="owes_representations",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        staff_wait(
            "record_outcome",
            {AP.LISTED},
            _("Record what the tribunal decided"),
            HANDLES,
            first_owner="received_by",
            after="hearing_on",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        staff_wait(
            "carry_out",
            {AP.ENDED},
            _("Carry out the outcome of the appeal"),
            "licensing.decide",
            not_by=("ended_by",),
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
    ),
)


class AppealOutcome(TextChoices):
    ALLOWED = "allowed", _("Allowed")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What an appeal keeps from taking effect, unless it was to hold at once: a licence goes on as it was (Appeals Regulations 2006).
STAYED = (K.SUSPEND, K.REVOKE, *MODIFICATIONS)
