"""How a case waits for its applicant while a request is open, and no longer."""

from datetime import datetime

from django.db import transaction

from licensing.applications.models import Application
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from registry.trail.actions import events as trail


def locked(request: InformationRequest) -> InformationRequest:
    """The request as it is now, after its application: the order in which all locks of a case are taken."""
    application = trail.locked(request.application)
    request = trail.locked(request)
    request.application = application
    return request


@transaction.atomic
def go_on(application: Application, move: str, *, by: User | None, at: datetime) -> None:
    """Let the case go on by this move once no request is open."""
    if application.lifecycle.allows(application.status, move) and not application.requests.open().exists():
        trail.move(application, move, by=by, at=at)


@transaction.atomic
def close_all(application: Application, *, by: User | None, at: datetime) -> None:
    """End what is still asked in a case that is over: no one need answer it."""
    for request in application.requests.open().order_by("pk"):
        trail.move(trail.locked(request), "close", by=by, at=at, closed_at=at)
