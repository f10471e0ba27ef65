"""What officers are told by night."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from licensing.time_limits.queries import DueDate
from registry.accounts.models import User
from registry.letters.letters import sending
from registry.letters.models import Letter


def dates_missed(officer: User, missed: Sequence[DueDate], *, about: str, at: datetime) -> Letter:
    """What has become overdue since the last working day, to whoever sees to it."""
    with translation.override(officer.language):
        rows = [
            {"title": str(one.title), "about": one.about, "day": date_format(one.due_on, "j F Y"), "rule": one.rule}
            for one in missed
        ]
    return sending.queue(
        "licensing/letters/dates_missed.html",
        to=officer,
        subject=_("Dates that have passed"),
        facts={"dates": rows},
        about=about,
        at=at,
    )
