"""Complaints about our own service, made and answered by the real actions."""

from datetime import datetime
from itertools import count
from typing import Any

from registry.complaints import actions
from registry.complaints.models import Complaint
from tests.conftest import NOW
from tests.people import person

WORDS = "I rang four times in October about my renewal and was told four different days."
ANSWER = "You were told four different days. We are sorry. Since 2 November one officer calls you back."
_ONCE = count(1)


def a_complaint(*, at: datetime = NOW, **given: Any) -> Complaint:
    """By the form that is open to everyone."""
    said = {"kind": "delay", "about": "applications", "text": WORDS, "email": "asked@mail.example", "language": "en-gb"}
    return actions.receive_complaint(**{"once": f"once-{next(_ONCE)}", **said, **given}, by=None, at=at)


def an_answered_complaint(outcome: str = "not_upheld", *, at: datetime = NOW, **given: Any) -> Complaint:
    by = person("quality_reviewer")
    return actions.answer_complaint(a_complaint(at=at, **given), outcome=outcome, answer=ANSWER, by=by, at=at)


def a_review_asked(*, at: datetime = NOW, **given: Any) -> Complaint:
    return actions.ask_for_review(an_answered_complaint(at=at, **given), because="No one called.", by=None, at=at)


def a_reviewed_complaint(outcome: str = "upheld", *, at: datetime = NOW, **given: Any) -> Complaint:
    one = a_review_asked(at=at, **given)
    return actions.answer_review(
        one, outcome=outcome, answer="It is right: no one called.", by=person("manager"), at=at
    )
