"""What an applicant is told of its application and of money."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.letters.letters import queue
from registry.letters.models import Letter


def message_waits(application: Application, *, at: datetime) -> Letter:
    """Says that there is a message about the application, and not what it says: a mail box is read by more people."""
    return queue(application, template="message", subject=_("There is a message about your application"), at=at)
