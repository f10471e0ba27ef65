"""What an applicant is told of a request: that something is asked, what changed about it, and that its time has run out."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.letters.letters import queue, stands
from licensing.requests import queries
from licensing.requests.models import InformationRequest
from registry.letters.models import Letter

REQUEST_SUBJECTS: dict[str, str | Promise] = {
    "reminder": _("Reminder: we need something from you"),
    "extended": _("You have more time to answer our request"),
    "time_refused": _("We cannot give you more time to answer our request"),
    "withdrawn": _("You do not need to answer our request"),
    "lapsed": _("You did not answer our request in time"),
}


def asked(request: InformationRequest, *, at: datetime) -> Letter:
    """Asks the applicant for what is missing, by a day (2009 Rules, r.3)."""
    facts = {**_asked(request), "stands": stands(request.application, at=at)}
    return queue(request.application, wording="request", facts=facts, at=at)


def about(request: InformationRequest, occasion: str, *, because: str = "", at: datetime) -> Letter:
    """Says what has happened to a request: one of the occasions of `REQUEST_SUBJECTS`."""
    facts = {**_asked(request), "occasion": occasion, "because": because}
    subject = REQUEST_SUBJECTS[occasion]
    return queue(request.application, template="about_request", subject=subject, facts=facts, at=at)


def _asked(request: InformationRequest) -> dict[str, Any]:
    items = queries.items_of(request, language=request.application.organisation.language)
    return {
        "request": request.reference,
        "items": [{"document": one.title, "text": one.item.text} for one in items],
        "due_on": request.due_on,
    }
