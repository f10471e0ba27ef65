"""The states of a review and of a correction of a published reason, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from licensing.decisions.states.decisions import SEES
from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


class ReviewKind(TextChoices):
    RETURN = "return", _("Returned with comments")
    ADVICE = "advice", _("Advice asked for")


class ReviewStatus(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CALLED_OFF = "called_off", _("Called off")


R = ReviewStatus


REVIEW = Lifecycle(
    R.OPEN,
    move("answer_review", {R.OPEN}, R.ANSWERED, sets=("answer", "ended_by", "ended_at")),
    move("call_off_review", {R.OPEN}, R.CALLED_OFF, sets=("ended_by", "ended_at")),
    waits=(
        staff_wait(
            "answer_comments",
            {R.OPEN},
            _("Answer the comments on your proposal"),
            SEES,
            organisation="decision.organisation",
            first_owner="to",
            due="due_on",
            when="is_return",
            page="decision",
            args=("decision.reference",),
        ),
        staff_wait(
            "advise",
            {R.OPEN},
            _("Give advice on a proposal"),
            SEES,
            organisation="decision.organisation",
            first_owner="to",
            due="due_on",
            when="is_advice",
            page="decision",
            args=("decision.reference",),
        ),
    ),
)


class ReasonCorrectionStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    AGREED = "agreed", _("Corrected")
    REFUSED = "refused", _("Not agreed")


RC = ReasonCorrectionStatus

REASON_CORRECTION = Lifecycle(
    RC.PROPOSED,
    move("agree_reason_correction", {RC.PROPOSED}, RC.AGREED, sets=("ended_by", "ended_at")),
    move("refuse_reason_correction", {RC.PROPOSED}, RC.REFUSED, sets=("ended_by", "ended_at")),
    waits=(
        staff_wait(
            "agree",
            {RC.PROPOSED},
            _("Agree to the correction of a published reason, or refuse"),
            "licensing.decide",
            not_by=("proposed_by",),
            page="decision",
            args=("decision.reference",),
            seen_with="licensing.view_decisions",
        ),
    ),
)
