"""What the authority asks of an applicant, and the answer."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.checks.queries import checks
from licensing.requests import letters, rules
from licensing.requests.models import InformationRequest
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def ask(application: Application, *, question: str, due_on: date, by: User, at: datetime) -> InformationRequest:
    """Ask the applicant for something by a day; the case waits for the applicant."""
    permissions.require(by, "licensing.ask_applicant")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    refuse_for(
        [
            *rules.ask_blockers(application, question=question, due_on=due_on, today=timezone.localdate(at)),
            *checks.repeats(application.organisation, {"question": question}),
        ]
    )
    request = InformationRequest.objects.create(
        reference=new_reference("R"),
        application=application,
        question=question,
        asked_by=by,
        asked_at=at,
        due_on=due_on,
    )
    trail.move(application, "ask", by=by, at=at)
    letters.asked(request, at=at)
    return request


@transaction.atomic
def answer(
    request: InformationRequest, *, answer: str, uploads: Sequence[Upload] = (), by: User, at: datetime
) -> InformationRequest:
    """Answer what was asked, with files where they belong to it; the case goes on.

    An answer after the day asked for is taken, and its date kept.
    """
    permissions.require(by, "licensing.apply")
    application = trail.locked(Application.objects.acted_for_by(by).get(pk=request.application_id))
    request = trail.locked(request)
    refuse_for(permissions.act_blockers(by, application.organisation, Act.ANSWER, on=timezone.localdate(at)))
    refuse_for(rules.answer_blockers(request, answer=answer))
    request.answer, request.answered_by, request.answered_at = answer, by, at
    request.save(update_fields=["answer", "answered_by", "answered_at"])
    trail.move(application, "answer", by=by, at=at)
    for upload in uploads:
        documents.receive(
            application.organisation,
            upload=upload,
            about=application.reference,
            requirement=request.reference,
            by=by,
            at=at,
        )
    return request
