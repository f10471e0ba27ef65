"""What to say to a business about its inspections, and the reports that are printed."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Report
from compliance.reports.models.triage import ReportClock
from registry.accounts.models import User
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter

# --- those who handle reports ---


def report_overdue(report: Report, clock: str, *, to: User, due: datetime, at: datetime) -> Letter:
    """That a day or hour of a report has passed: its reference, and no word of it."""
    with translation.override(to.language):
        title = str(ReportClock(clock).label)
    facts = {"title": title, "reference": report.reference, "due": due, "is_day": clock == ReportClock.TELL}
    subject = _("A report is overdue")
    return sending_letters.queue(
        "compliance/letters/report_overdue.html", to=to, subject=subject, facts=facts, about=report.reference, at=at
    )
