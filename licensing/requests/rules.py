"""What must be true while a case is being verified: checks, requests, inspections."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from licensing.requests.models import InformationRequest
from registry.errors import Reason


def ask_blockers(
    application: Application, *, question: str | None = None, due_on: date | None = None, today: date
) -> Iterator[Reason]:
    """What is not given has not been typed yet: the question is then only whether the button may be pressed."""
    if application.status == ApplicationStatus.AWAITING_APPLICANT:
        yield Reason("asked_already", _("The applicant has been asked already, and has not answered yet."))
    else:
        yield from application.lifecycle.blockers(application.status, "ask")
    if question is not None and not question.strip():
        yield Reason("nothing_asked", _("Write what the applicant must send or explain."), "question")
    if due_on is not None and due_on <= today:
        yield Reason("due_too_early", _("Give the applicant until a later day."), "due_on")


def answer_blockers(request: InformationRequest, *, answer: str) -> Iterator[Reason]:
    yield from request.application.lifecycle.blockers(request.application.status, "answer")
    if request.answered_at is not None:
        yield Reason("answered_before", _("This has been answered."))
    if not answer.strip():
        yield Reason("nothing_said", _("Write your answer."), "answer")
