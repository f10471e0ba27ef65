"""What is done about a complaint by those who answer it, and by those who look at it again."""

from django.utils.translation import gettext_lazy as _

from registry.complaints import actions, forms, rules
from registry.complaints.models import Complaint
from registry.complaints.states import ANSWERS, REVIEWS_ANSWERS
from registry.steps import Step, Steps

COMPLAINT = Steps(
    Complaint,
    "complaint",
    url="staff/complaints/<str:reference>",
    permission=ANSWERS,
    steps=(
        Step(
            "answer_complaint",
            _("Answer the complaint"),
            label=_("Answer"),
            press=_("Send the answer"),
            form=forms.AnswerComplaint,
            about=lambda complaint: complaint.text,
            blockers=lambda complaint, by, on: rules.answer_blockers(complaint, "answer_complaint", None, by=by),
            action=actions.answer_complaint,
            slug="answer",
            style="",
            done=_("Complaint answered"),
        ),
        Step(
            "ask_for_review",
            _("Record that a second look is asked for"),
            label=_("A second look is asked for"),
            form=forms.AskForReview,
            about=_(
                "The person asked for it by telephone or letter. Someone who did not answer the complaint looks at it."
            ),
            blockers=lambda complaint, by, on: rules.review_blockers(complaint, None),
            action=actions.ask_for_review,
            slug="ask-for-review",
            done=_("A second look was asked for"),
        ),
        Step(
            "answer_review",
            _("Answer as a second person"),
            press=_("Send the answer"),
            permission=REVIEWS_ANSWERS,
            form=forms.AnswerComplaint,
            about=lambda complaint: complaint.review_because,
            blockers=lambda complaint, by, on: rules.answer_blockers(complaint, "answer_review", None, by=by),
            action=actions.answer_review,
            slug="review",
            style="",
            done=_("Complaint looked at by a second person"),
        ),
    ),
)
