"""Whether applicant and authority may write to each other about an application."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.decisions.states import DecisionStatus
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
