"""Whether applicant and authority may write to each other about an application."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.decisions.states.decisions import DecisionStatus
from licensing.requests.rules import extend_blockers
from registry.errors import Reason


def write_blockers(application: Application, *, text: str | None = None, today: date) -> Iterator[Reason]:
    """From handing in until the case is closed; after that while an appeal can still arrive, if there is one.

    What is not given has not been typed yet: the question is then only whether the button may be pressed.
    """
    if application.status == ApplicationStatus.DRAFT:
        yield Reason(
            "not_handed_in", _("Submit the application first. Until then there is no case officer to write to.")
        )
    elif application.status not in IN_HAND and not is_within_appeal(application, today=today):
        yield Reason("closed", _("The application is closed, and the time to reply has ended. Telephone or email us."))
    if text is not None and not text.strip():
        yield Reason("nothing_written", _("Write your message."), "text")


def is_within_appeal(application: Application, *, today: date) -> bool:
    decided = application.decisions.filter(status=DecisionStatus.DECIDED, appeal_by__gte=today)
    return decided.exists()


def promise_blockers(application: Application, *, extends: str, until: date | None, today: date) -> Iterator[Reason]:
    """More time is given for an open request, and until a day."""
    request = application.requests.filter(reference=extends).first() if extends else None
    if extends and request is None:
        yield Reason("unknown_request", _("This application has no such request."), "extends")
    elif until is not None and request is None:
        yield Reason("no_request", _("Choose the request for which you give more time."), "extends")
    elif request is not None and until is None:
        yield Reason("no_day", _("Enter the day until which you give more time."), "until")
    elif request is not None:
        yield from extend_blockers(request, due_on=until, today=today, where="until")
