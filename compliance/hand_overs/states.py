"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, agency_wait, staff_wait


class HandOverStatus(TextChoices):
    OPEN = "open", _("Waiting for action")
    UNDER_WAY = "under_way", _("Under way")
    ASKED = "asked", _("The other authority asks")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class HandOverTo(TextChoices):
    """Who must act on what a report said. The codes are those of the decision on the report."""

    VISIT = "inspection", _("Inspection")
    LICENSING = "licensing", _("Licensing")
    AUTHORITY = "agency", _("Another authority")


class HandOverResult(TextChoices):
    """What followed, by a code: no words of a report or of a visit."""

    MET = "met", _("Visit made: no standard was failed")
    NOT_MET = "not_met", _("Visit made: standards were not met")
    PROPOSED = "proposed", _("A decision was proposed")
    NO_ACTION = "no_action", _("No action, for a reason")
    REPLY = "reply", _("The other authority replied")


class HandOverVerdict(TextChoices):
    """What the result says of the intelligence that led to it."""

    BORNE_OUT = "borne_out", _("It was right")
    PARTLY = "partly", _("It was right in part")
    NOT_BORNE_OUT = "not_borne_out", _("It was not right")
    CANNOT_TELL = "cannot_tell", _("The result does not tell")


S = HandOverStatus
HANDLES, COMMISSIONS = "compliance.handle_reports", "compliance.commission_inspection"
RECORDS = "compliance.record_intelligence"
PROPOSES, SEES = "licensing.propose_decision", "compliance.view_hand_overs"
#: Reading and printing a dossier makes no open page old.
QUIET = frozenset({"read_dossier", "print_dossier"})
#: What the answer says in words is kept off the trail.
ANSWER = ("result", "standards", "decision", "answered_by", "answered_at")


HAND_OVER = Lifecycle(
    S.OPEN,
    move("commission", {S.OPEN}, S.UNDER_WAY, sets=("inspection",)),
    move("pass_on", {S.OPEN}, S.UNDER_WAY, sets=("passed_on_at",)),
    move("call_back", {S.UNDER_WAY}, S.OPEN, sets=("inspection",)),
    move("decline", {S.OPEN}, S.ANSWERED, sets=ANSWER),
    move("answer_with_proposal", {S.OPEN}, S.ANSWERED, sets=ANSWER),
    move("answer_from_visit", {S.UNDER_WAY}, S.ANSWERED, sets=ANSWER),
    move("record_reply", {S.UNDER_WAY, S.ASKED}, S.ANSWERED, sets=ANSWER),
    # What the other authority asks, and what is replied, is kept off the trail.
    move("respond", {S.UNDER_WAY}, S.ASKED),
    move("reply_to_partner", {S.ASKED}, S.UNDER_WAY, sets=("answer_by",)),
    move("take_back", {S.OPEN}, S.CLOSED),
    move("note", {S.ANSWERED}, S.CLOSED, sets=("noted_by", "noted_at", "verdict")),
    waits=(
        NoWait(S.UNDER_WAY, "A visit has a task of its own; another authority is waited for."),
        staff_wait(
            "commission",
            {S.OPEN},
            _("Commission a visit, or say why not"),
            COMMISSIONS,
            first_owner="case_officer",
            when="is_for_visit",
            priority="task_priority",
            page="hand_over",
            seen_with=SEES,
        ),
        staff_wait(
            "consider",
            {S.OPEN},
            _("Consider action on the licence"),
            PROPOSES,
            first_owner="case_officer",
            when="is_for_licensing",
            priority="task_priority",
            page="hand_over",
            seen_with=SEES,
        ),
        staff_wait(
            "pass_on",
            {S.OPEN},
            _("Pass on to another authority"),
            HANDLES,
            when="is_for_authority",
            priority="task_priority",
            page="hand_over",
        ),
        agency_wait(
            "answer",
            {S.UNDER_WAY},
            _("Answer what was passed on to you"),
            "compliance.receive_intelligence",
            due="answer_by",
            when="is_answered_here",
            page="passed_hand_over",
        ),
        staff_wait(
            "reply",
            {S.ASKED},
            _("Reply to the other authority"),
            HANDLES,
            page="hand_over",
        ),
        staff_wait(
            "write_down",
            {S.UNDER_WAY},
            _("Write down the answer of the other authority"),
            HANDLES,
            when="is_answered_by_post",
            page="hand_over",
        ),
        staff_wait(
            "note",
            {S.ANSWERED},
            _("Read the result and tell the reporter"),
            HANDLES,
            when="is_from_report",
            page="hand_over",
        ),
        staff_wait(
            "judge",
            {S.ANSWERED},
            _("Read the result and judge the intelligence by it"),
            RECORDS,
            when="is_from_intelligence",
            page="hand_over",
            seen_with=SEES,
        ),
    ),
)
