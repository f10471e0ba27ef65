"""What another authority is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check
from licensing.checks.queries import checks as checks_queries
from licensing.checks.queries import subjects
from licensing.letters.rules import template_of
from registry.agencies.models import Agency, AgencyChannel
from registry.letters.letters import sending
from registry.letters.models import Letter


def asked_of_agency(agency: Agency, checks: Sequence[Check], *, reminds: bool, at: datetime) -> Letter:
    """Asks another authority, or reminds it. A mailbox is read by more people: only by post does it say about whom."""
    scheme = checks[0].case.scheme
    facts = {
        "scheme": scheme,
        "reminds": reminds,
        "way": agency.way,
        "checks": [_asked(check, agency) for check in checks],
    }
    subject = REMINDS[len(checks) > 1] if reminds else ASKS[len(checks) > 1]
    return sending.queue(
        template_of("check_requests"), to=agency, subject=subject, facts=facts, about=agency.reference, at=at
    )


ASKS = {False: _("A check waits for your reply"), True: _("Checks wait for your reply")}


REMINDS = {False: _("A check still waits for your reply"), True: _("Checks still wait for your reply")}


def _asked(check: Check, agency: Agency) -> dict[str, Any]:
    named = {"reference": check.reference, "due_on": check.due_on}
    if agency.way != AgencyChannel.POST:
        return named
    language = agency.language
    with translation.override(language):
        subject = [{"key": row.key, "value": row.value} for row in subjects.subject_of(check).rows]
        return {
            **named,
            "title": checks_queries.title_of(check),
            "subject": subject,
            "words": subjects.words_of(check, language),
            "questions": [one.text for one in subjects.questions_of(check, language)],
        }
