"""The states of a complaint about our service, who must act in each, and what a complaint can be about."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

RECORDS, ANSWERS, REVIEWS_ANSWERS = (
    "registry.record_complaints",
    "registry.answer_complaints",
    "registry.review_complaints",
)


class ComplaintStatus(TextChoices):
    RECEIVED = "complaint_received", _("Waiting for an answer")
    ANSWERED = "complaint_answered", _("Answered")
    REVIEW_ASKED = "complaint_review_asked", _("Waiting for a second look")
    REVIEWED = "complaint_reviewed", _("Looked at twice")


class ComplaintKind(TextChoices):
    """What went wrong, in the view of the person who complains."""

    DELAY = "delay", _("It took too long")
    MISTAKE = "mistake", _("We made a mistake")
    INFORMATION = "information", _("What we said was wrong or hard to understand")
    CONDUCT = "conduct", _("How someone behaved")
    ACCESS = "access", _("I could not use the service")
    OTHER = "other", _("Something else")


class ServicePart(TextChoices):
    """The part of our service that a complaint is about."""

    APPLICATIONS = "applications", _("Applications and renewals")
    LICENCES = "licences", _("Licences, conditions and changes")
    VISITS = "visits", _("Visits and inspections")
    REPORTS = "reports", _("Reports of problems at work")
    LOOK_UP = "look_up", _("The public register")
    LETTERS = "letters", _("Letters, emails and telephone calls")
    OTHER = "other", _("Another part")


class ComplaintChannel(TextChoices):
    FORM = "form", _("Form on this site")
    TELEPHONE = "telephone", _("Telephone")
    EMAIL = "email", _("Email")
    POST = "post", _("Post")
    IN_PERSON = "in_person", _("In person")


class ComplaintOutcome(TextChoices):
    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")


S = ComplaintStatus
_WAITS: dict[str, Any] = {"organisation": "", "page": "complaint"}

COMPLAINT = Lifecycle(
    S.RECEIVED,
    move("answer_complaint", {S.RECEIVED}, S.ANSWERED, sets=("outcome", "answered_by", "answered_at")),
    move("ask_for_review", {S.ANSWERED}, S.REVIEW_ASKED, sets=("review_asked_at",)),
    move("answer_review", {S.REVIEW_ASKED}, S.REVIEWED, sets=("review_outcome", "reviewed_by", "reviewed_at")),
    waits=(
        staff_wait("answer", {S.RECEIVED}, _("Answer a complaint about our service"), ANSWERS, **_WAITS),
        staff_wait(
            "review",
            {S.REVIEW_ASKED},
            _("Look again at a complaint that someone else answered"),
            REVIEWS_ANSWERS,
            not_by=("answered_by",),
            **_WAITS,
        ),
        NoWait(S.ANSWERED, "The person who complained can ask for a second look."),
        NoWait(S.REVIEWED, "Two people have looked at it."),
    ),
)
