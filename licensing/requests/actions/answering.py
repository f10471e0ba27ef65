"""What an applicant does with a request: it saves a part, answers, or asks for more time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.requests import queries, rules
from licensing.requests.models import InformationRequest
from registry import permissions, signing
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.trail.actions import events as trail
from registry.uploads import Upload

Files = Mapping[int, Sequence[Upload]]


@transaction.atomic
def save(
    request: InformationRequest, *, answers: Mapping[int, str], files: Files | None = None, by: User, at: datetime
) -> InformationRequest:
    """Keep a part of the answer, by the numbers of the items. The authority is told nothing of it yet."""
    request = _own(request, by=by, at=at)
    refuse_for(rules.save_blockers(request, answers=answers))
    _keep(request, answers, files or {}, by=by, at=at)
    trail.record(request, "save", by=by, at=at, digest=signing.digest(sorted(answers.items())))
    return request


@transaction.atomic
def answer(
    request: InformationRequest, *, answers: Mapping[int, str], files: Files | None = None, by: User, at: datetime
) -> InformationRequest:
    """Send the answer to every item, by its number, with its files and what was saved before. The case then goes on.

    An answer after the day is taken, and its date kept, as long as the application is not decided.
    """
    request = _own(request, by=by, at=at)
    missing = [one.number for one in queries.items_of(request) if _is_missing(one, answers, files or {})]
    refuse_for(rules.answer_blockers(request, answers=answers, missing=missing))
    _keep(request, answers, files or {}, by=by, at=at)
    trail.move(request, "answer", by=by, at=at, answered_by=by, answered_at=at)
    if queries.is_waited_for_no_longer(request.application):
        trail.move(request.application, "answer", by=by, at=at)
    return request


@transaction.atomic
def ask_time(
    request: InformationRequest, *, wanted_on: date, because: str, by: User, at: datetime
) -> InformationRequest:
    """Ask for a later day. The day stays as it is until an officer has said yes."""
    request = _own(request, by=by, at=at)
    refuse_for(rules.ask_time_blockers(request, wanted_on=wanted_on, because=because, today=timezone.localdate(at)))
    request.wanted_because = because.strip()
    request.save(update_fields=["wanted_because"])
    trail.move(request, "ask_time", by=by, at=at, wanted_on=wanted_on, wanted_at=at, wanted_by=by)
    return request


def _own(request: InformationRequest, *, by: User, at: datetime) -> InformationRequest:
    """The request, locked, if this user may answer it for the applicant."""
    permissions.require(by, "licensing.apply")
    trail.locked(request.application, among=Application.objects.acted_for_by(by))
    request = trail.locked(request, among=InformationRequest.objects.with_application())
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, request.application.organisation, Act.ANSWER, on=today))
    return request


def _is_missing(one: queries.ItemWithFiles, answers: Mapping[int, str], files: Files) -> bool:
    """Whether this item has no answer with what is sent now; what is sent takes the place of what was saved."""
    sent = answers.get(one.number)
    return not files.get(one.number) and (one.is_missing if sent is None else one.is_missing_with(sent))


def _keep(request: InformationRequest, answers: Mapping[int, str], files: Files, *, by: User, at: datetime) -> None:
    application = request.application
    for item in request.items.order_by("number"):
        text = answers.get(item.number)
        if text is not None and text.strip() != item.answer:
            item.answer = text.strip()
            item.save(update_fields=["answer"])
        for upload in files.get(item.number, ()):
            documents.receive(
                application.organisation,
                upload=upload,
                about=application.reference,
                requirement=item.requirement,
                by=by,
                at=at,
            )
