"""The email that reminds a person of the duties of a business."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from licensing.duties.queries.reminders import DueReminder
from registry.accounts.models import User
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.organisations.models import Organisation


def reminded(user: User, organisation: Organisation, due: Sequence[DueReminder], *, at: datetime) -> Letter:
    """What must be done by when, in the language of the business: one email, to this person alone."""
    with translation.override(organisation.language):
        rows = [
            {
                "text": one.duty.text,
                "reference": one.duty.task.reference,
                "due_on": one.duty.task.due_on,
                "is_on_day": one.duty.is_on_day,
                "countdown": one.duty.countdown,
                "missed": one.duty.missed,
            }
            for one in due
        ]
        facts = {"organisation": organisation.legal_name, "duties": rows}
        return sending.queue(
            "licensing/letters/duties.html",
            to=user.email,
            subject=_("What your business must do"),
            facts=facts,
            about=f"duties {user.reference}",
            at=at,
        )
