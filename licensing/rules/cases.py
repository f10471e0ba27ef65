"""What must be true while a case is being verified: checks, requests, inspections."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.models import Application, Check, InformationRequest
from licensing.states import IN_HAND, ApplicationStatus, ChangeStatus, CheckResult
from registry.errors import Reason
from registry.models import Licence
from registry.states import LicenceStatus

BEING_ASSESSED = frozenset({ApplicationStatus.ASSESSING, ApplicationStatus.AWAITING_APPLICANT})


def in_hand_blockers(application: Application) -> Iterator[Reason]:
    if application.status not in IN_HAND:
        yield Reason("not_in_hand", _("The application is not in hand any more."))


def reply_blockers(check: Check) -> Iterator[Reason]:
    """Whether a reply to a check can still be written down: while its case is in hand."""
    if check.application is not None:
        yield from in_hand_blockers(check.application)
    elif check.change is not None and check.change.status != ChangeStatus.TOLD:
        yield Reason("not_in_hand", _("The change has been answered already."))


def result_blockers(check: Check, *, result: str, evidence: str, replied_on: date, today: date) -> Iterator[Reason]:
    yield from reply_blockers(check)
    if result not in CheckResult.values:
        yield Reason("unknown_result", _("Choose what the authority answered."), "result")
    if result == CheckResult.ADVERSE and not evidence.strip():
        yield Reason("adverse_without_evidence", _("Say what the adverse reply was."), "evidence")
    if replied_on > today:
        yield Reason("replied_in_the_future", _("The date of the reply is in the future."), "replied_on")
    if replied_on < check.sent_on:
        yield Reason("replied_before_sent", _("The reply cannot have come before the check was sent."), "replied_on")


def ask_blockers(
    application: Application, *, question: str | None = None, due_on: date | None = None, today: date
) -> Iterator[Reason]:
    """What is not given has not been typed yet: the question is then only whether the button may be pressed."""
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


def commission_blockers(subject: Application | Licence, *, inspections_open: int) -> Iterator[Reason]:
    """Whether an inspection may be commissioned now; what the brief must say is compliance's rule."""
    if isinstance(subject, Application) and subject.status not in BEING_ASSESSED:
        yield Reason("not_being_assessed", _("The application is not being assessed."))
    if isinstance(subject, Licence) and subject.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    if inspections_open:
        yield Reason("inspection_open", _("An inspection has been commissioned and is not confirmed."))
