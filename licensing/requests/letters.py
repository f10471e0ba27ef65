"""What an applicant is told of its application and of money."""

from datetime import datetime

from licensing.letters.letters import queue, stands
from licensing.requests.models import InformationRequest
from registry.letters.models import Letter


def asked(request: InformationRequest, *, at: datetime) -> Letter:
    """Asks the applicant for what is missing, by a day (2009 Rules, r.3)."""
    facts = {
        "question": request.question,
        "due_on": request.due_on,
        "stands": stands(request.application, at=at),
    }
    return queue(request.application, wording="request", facts=facts, at=at)
