"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, agency_wait, staff_wait


class TextStatus(TextChoices):
    """How far a sanitised text has come: nothing of it leaves before a second person has released it."""

    WAITING = "waiting", _("Waiting for a second reader")
    REFUSED = "refused", _("To be written again")
    RELEASED = "released", _("Released")


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


class EntityKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    ADDRESS = "address", _("Address")
    TELEPHONE = "telephone", _("Telephone")
    ACCOUNT = "account", _("Bank account")
    VEHICLE = "vehicle", _("Vehicle")


class Strength(IntegerChoices):
    SUSPECTED = 1, _("Suspected")
    LIKELY = 2, _("Likely")
    CERTAIN = 3, _("Certain")


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


T, RECORDS = TextStatus, "compliance.record_intelligence"


INTELLIGENCE = Lifecycle(
    T.WAITING,
    move("release_text", {T.WAITING}, T.RELEASED, sets=("released_by", "released_at")),
    move("refuse_text", {T.WAITING}, T.REFUSED),
    # The words are kept off the trail.
    move("rewrite_text", set(T), T.WAITING, sets=("text_by", "released_by", "released_at")),
    waits=(
        staff_wait(
            "release",
            {T.WAITING},
            _("Read the sanitised text, and release it or refuse it"),
            RECORDS,
            organisation="",
            not_by=("text_by",),
            page="intelligence_text",
        ),
        staff_wait(
            "rewrite",
            {T.REFUSED},
            _("Write the sanitised text again"),
            RECORDS,
            organisation="",
            first_owner="text_by",
            page="intelligence_text",
        ),
        NoWait(T.RELEASED, "It may be shared. If it is written again, it is read again."),
        staff_wait(
            "agree_grade",
            set(T),
            _("Agree with the grade of intelligence or grade it again"),
            RECORDS,
            organisation="",
            when="grade_waits",
            not_by=("recorded_by", "graded_by"),
            page="intelligence",
        ),
    ),
)
