"""What the authority does with a request to an applicant: it asks, reminds, gives more time or not, withdraws; or time runs out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.checks.queries import checks
from licensing.requests import letters, queries, rules
from licensing.requests.models import InformationRequest, RequestItem
from licensing.requests.states import WISH, RequestStatus
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail

ASKS = "licensing.ask_applicant"
NO_WISH: dict[str, Any] = dict.fromkeys(WISH)


@transaction.atomic
def ask(
    application: Application, *, items: Sequence[rules.GivenItem], due_on: date, by: User, at: datetime
) -> InformationRequest:
    """Ask the applicant for one or more things by a day; the case waits for the applicant. Other requests may be open."""
    permissions.require(by, ASKS)
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    scheme = scheme_of(application)
    blockers = rules.ask_blockers(
        application,
        items=items,
        due_on=due_on,
        terms=scheme.asking,
        kinds={one.code for one in scheme.documents},
        asked=queries.documents_asked(application),
        today=timezone.localdate(at),
    )
    refuse_for([*blockers, *checks.repeats(application.organisation, rules.written(items))])
    request = InformationRequest.objects.create(
        reference=new_reference("R"), application=application, asked_by=by, asked_at=at, due_on=due_on
    )
    RequestItem.objects.bulk_create(
        RequestItem(request=request, number=number, document=one.document, text=one.text.strip())
        for number, one in enumerate(items, start=1)
    )
    if application.lifecycle.allows(application.status, "ask"):
        trail.move(application, "ask", by=by, at=at)
    trail.record(request, "ask", by=by, at=at, after=request.status, application=application, due_on=due_on)
    letters.asked(request, at=at)
    return request


@transaction.atomic
def remind(request: InformationRequest, *, by: User | None, at: datetime) -> InformationRequest:
    """Remind the applicant: by an officer at any time, by no one on the day of the pack."""
    request = _handled(request, by)
    trail.move(request, "remind", by=by, at=at, reminded_at=at)
    letters.about(request, "reminder", at=at)
    return request


@transaction.atomic
def extend(request: InformationRequest, *, due_on: date, by: User, at: datetime) -> InformationRequest:
    """Give the applicant more time, whether or not it has asked for it."""
    request = _handled(request, by)
    refuse_for(rules.extend_blockers(request, due_on=due_on, today=timezone.localdate(at)))
    trail.move(request, "extend", by=by, at=at, due_on=due_on, reminded_at=None, **NO_WISH)
    _forget_wish(request)
    letters.about(request, "extended", at=at)
    return request


@transaction.atomic
def refuse_time(request: InformationRequest, *, because: str, by: User, at: datetime) -> InformationRequest:
    """Say that the day stays as it is, to an applicant who has asked for more time."""
    request = _handled(request, by)
    blockers = rules.refuse_time_blockers(request, because=because)
    refuse_for([*blockers, *checks.repeats(request.application.organisation, {"because": because})])
    trail.move(request, "refuse_time", by=by, at=at, because=because, **NO_WISH)
    _forget_wish(request)
    letters.about(request, "time_refused", because=because, at=at)
    return request


@transaction.atomic
def withdraw_request(request: InformationRequest, *, because: str, by: User, at: datetime) -> InformationRequest:
    """Withdraw the request: the applicant need not answer any more, and the case waits for it no longer."""
    request = _handled(request, by)
    blockers = rules.withdraw_blockers(request, because=because)
    refuse_for([*blockers, *checks.repeats(request.application.organisation, {"because": because})])
    trail.move(request, "withdraw_request", by=by, at=at, because=because, closed_at=at, closed_because=because.strip())
    ask_ended(request.application, by=by, at=at)
    letters.about(request, "withdrawn", because=because, at=at)
    return request


@transaction.atomic
def lapse(request: InformationRequest, *, by: None, at: datetime) -> bool:
    """End a request whose day has passed; says whether it did. The applicant is told what happens now."""
    request = _locked(request)
    if request.status != RequestStatus.OPEN or queries.lapses_after(request) >= timezone.localdate(at):
        return False
    trail.move(request, "lapse", by=by, at=at, closed_at=at)
    ask_ended(request.application, by=by, at=at)
    letters.about(request, "lapsed", at=at)
    return True


@transaction.atomic
def ask_ended(application: Application, *, by: User | None, at: datetime) -> None:
    """Let the case go on, which is locked, once no request is open."""
    if queries.is_waited_for_no_longer(application):
        trail.move(application, "ask_ended", by=by, at=at)


@transaction.atomic
def close(request: InformationRequest, *, by: User | None, at: datetime) -> None:
    """End a request of a case that is over: no one need answer it any more."""
    request = _locked(request)
    trail.move(request, "close", by=by, at=at, closed_at=at)


def _locked(request: InformationRequest) -> InformationRequest:
    """The request as it is now, after its application: the order in which all locks of a case are taken."""
    trail.locked(request.application)
    return trail.locked(request, among=InformationRequest.objects.with_application())


def _handled(request: InformationRequest, by: User | None) -> InformationRequest:
    """The request, locked, if this officer may handle it; by no one, it is the clock."""
    if by is not None:
        permissions.require(by, ASKS)
    request = _locked(request)
    if by is not None:
        refuse_for(permissions.conflict_blockers(by, request.application.organisation))
    return request


def _forget_wish(request: InformationRequest) -> None:
    request.wanted_because = ""
    request.save(update_fields=["wanted_because"])
