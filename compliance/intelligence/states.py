"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, agency_wait, staff_wait


class DisseminationStatus(TextChoices):
    """How far what was passed on to another authority has come."""

    PASSED = "passed", _("Passed on")
    ACCEPTED = "accepted", _("Accepted")
    ANSWERED = "answered", _("Answered")
    NOTED = "noted", _("Answer read")


class PartnerAnswerKind(TextChoices):
    """What another authority says to what was passed on to it."""

    RESULT = "result", _("What we did or found")
    QUESTION = "question", _("A question")
    REGRADE = "regrade", _("The grade should be changed")
    MORE_TIME = "more_time", _("We need more time")


D = DisseminationStatus


DISSEMINATION = Lifecycle(
    D.PASSED,
    move("accept_conditions", {D.PASSED}, D.ACCEPTED, sets=("accepted_by", "accepted_at")),
    # What is said is kept off the trail.
    move("respond", {D.ACCEPTED, D.NOTED}, D.ANSWERED),
    move("reply_to_partner", {D.ANSWERED}, D.ACCEPTED, sets=("answer_by",)),
    move("note_answer", {D.ANSWERED}, D.NOTED),
    waits=(
        NoWait(D.PASSED, "An authority whose people do not sign in here answers by post."),
        agency_wait(
            "answer",
            {D.PASSED, D.ACCEPTED},
            _("Answer what was passed on to you"),
            "compliance.receive_intelligence",
            # Who it is about is read once the conditions are accepted, and not on a list.
            organisation="",
            due="answer_by",
            when="is_answered_here",
            page="passed_on",
        ),
        staff_wait(
            "note",
            {D.ANSWERED},
            _("Read the answer of the other authority"),
            "compliance.record_intelligence",
            organisation="first_organisation",
            page="note_partner_answer",
        ),
        NoWait(D.NOTED, "The answer is read; the authority may send another."),
    ),
)
