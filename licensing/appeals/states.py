"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class AppealStatus(TextChoices):
    TOLD = "told", _("Told, to be confirmed")
    RECEIVED = "received", _("Received, to be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Waiting for our reply")
    WITH_TRIBUNAL = "with_tribunal", _("With the tribunal")
    LISTED = "listed", _("Hearing fixed")
    ENDED = "ended", _("Ended, to be carried out")
    SENT_BACK = "sent_back", _("Sent back, to be decided again")
    CLOSED = "closed", _("Closed")
    DISREGARDED = "disregarded", _("No appeal arrived")


AP = AppealStatus


BEING_HEARD = (AP.RECEIVED, AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED)


OPEN_APPEALS = (AP.TOLD, *BEING_HEARD, AP.ENDED)


HANDLES = "licensing.handle_appeals"


ENDED = ("outcome", "ended_on", "effect_on", "ended_by", "ended_at")
#: What the tribunal put in the place of what we decided.
PUT_IN_PLACE = ("put_standard", "put_requirement", "put_due_on", "put_more", "put_until")

WAITING = "licensing.appeals.queries.waiting"
OWN_PAGE: dict[str, Any] = {"page": "own_appeal", "args": ("decision.reference",)}
SUBMIT_PAGE: dict[str, Any] = {**OWN_PAGE, "page": "submit_to_tribunal"}

APPELLANT_WAITS = (
    pending_wait(
        "confirming",
        {AP.TOLD},
        _("We ask the secretariat whether your appeal has arrived"),
        Pending.AUTHORITY,
        **OWN_PAGE,
    ),
    pending_wait(
        "acknowledging",
        {AP.RECEIVED},
        _("The secretariat of the tribunal acknowledges your appeal"),
        Pending.TRIBUNAL,
        **OWN_PAGE,
    ),
    pending_wait(
        "replying", {AP.ACKNOWLEDGED}, _("We reply to your appeal"), Pending.AUTHORITY, due="reply_by", **OWN_PAGE
    ),
    pending_wait(
        "fixing",
        {AP.WITH_TRIBUNAL},
        _("The tribunal fixes a day for the hearing"),
        Pending.TRIBUNAL,
        due="fix_by",
        **OWN_PAGE,
    ),
    holder_wait(
        "appellant_statements",
        {AP.LISTED},
        _("Send the tribunal the names of those who attend, your witnesses and their signed statements"),
        Act.REPLY,
        due="statements_by",
        when="appellant_owes_statements",
        missed=_("The tribunal may refuse to hear a witness whose statement comes late."),
        **SUBMIT_PAGE,
    ),
    holder_wait(
        "appellant_representations",
        {AP.LISTED},
        _("Send the tribunal what you want to say in writing, if anything"),
        Act.REPLY,
        due="representations_by",
        when="appellant_owes_representations",
        missed=_("The tribunal may not read what comes late."),
        **SUBMIT_PAGE,
    ),
    holder_wait(
        "hearing",
        {AP.LISTED},
        _("Go to the hearing"),
        Act.REPLY,
        due="hearing_on",
        is_on_day=True,
        until="hearing_on",
        when="hearing_on",
        missed=_("The tribunal may decide without you."),
        **OWN_PAGE,
    ),
    pending_wait(
        "deciding",
        {AP.LISTED},
        _("The tribunal decides on your appeal"),
        Pending.TRIBUNAL,
        asks=f"{WAITING}.is_being_decided",
        **OWN_PAGE,
    ),
    pending_wait(
        "carrying_out", {AP.ENDED}, _("We carry out what follows from your appeal"), Pending.AUTHORITY, **OWN_PAGE
    ),
    pending_wait(
        "deciding_again",
        {AP.SENT_BACK},
        _("We decide again what the tribunal sent back to us"),
        Pending.AUTHORITY,
        asks=f"{WAITING}.is_to_be_decided_again",
        **OWN_PAGE,
    ),
)


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
    move("take_back", set(BEING_HEARD), AP.ENDED, sets=ENDED),
    move(
        "determine",
        {AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED},
        AP.ENDED,
        sets=(*ENDED, *PUT_IN_PLACE),
    ),
    # What was written down wrongly, before anything followed from it. Who corrects it has written it down.
    move("correct_outcome", {AP.ENDED}, AP.ENDED, sets=(*ENDED, *PUT_IN_PLACE)),
    move("carry_out", {AP.ENDED}, AP.CLOSED, sets=("closed_by", "closed_at")),
    # The tribunal has sent it back: what was decided is undone, and it is to be decided again.
    move("send_back", {AP.ENDED}, AP.SENT_BACK, sets=("closed_by", "closed_at")),
    move("leave_undecided", {AP.SENT_BACK}, AP.CLOSED),
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
        NoWait(AP.SENT_BACK, "A new decision ends the wait."),
        staff_wait(
            "decide_again",
            {AP.SENT_BACK},
            _("Decide again what the tribunal sent back"),
            "licensing.propose_decision",
            first_owner="received_by",
            asks=f"{WAITING}.is_to_be_decided_again",
            page="appeal",
            seen_with="licensing.view_appeals",
        ),
        *APPELLANT_WAITS,
    ),
)


class SubmissionKind(TextChoices):
    """What an appellant sends to the tribunal before the hearing."""

    STATEMENTS = "statements", _("Witnesses and signed statements")
    REPRESENTATIONS = "representations", _("Written representations")


class AppealOutcome(TextChoices):
    """What the tribunal decided. Varied: it put something else in the place of the decision. Sent back: we decide again."""

    ALLOWED = "allowed", _("Allowed")
    DISMISSED = "dismissed", _("Dismissed")
    VARIED = "varied", _("Varied")
    REMITTED = "remitted", _("Sent back to us")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: Outcomes after which the decision no longer holds as it was taken.
SET_ASIDE = (AppealOutcome.ALLOWED, AppealOutcome.VARIED, AppealOutcome.REMITTED)
#: With which conditions can be put in place.
PUTS = (AppealOutcome.ALLOWED, AppealOutcome.VARIED)
#: What the tribunal itself decides, and writes a document about.
DETERMINED = (AppealOutcome.ALLOWED, AppealOutcome.DISMISSED, AppealOutcome.VARIED, AppealOutcome.REMITTED)
