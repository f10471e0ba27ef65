"""What an authority is told when its reply is overridden."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from licensing.checks.queries.checks import title_of
from licensing.letters.rules import template_of
from licensing.overrides.models import ReplyOverride
from registry.agencies.models import AgencyChannel
from registry.letters.letters import sending
from registry.letters.models import Letter

SUBJECT = _("We have overridden your reply to a check")


def overridden(override: ReplyOverride, *, at: datetime) -> Letter | None:
    """Tells the authority, if it is still asked. A mailbox is read by more people: only by post does it say who it is about, and why."""
    agency = override.asked.agency
    if agency is None or agency.closed_at is not None:
        return None
    facts: dict[str, Any] = {
        "scheme": override.scheme,
        "way": agency.way,
        "check": override.asked.reference,
        "override": override.reference,
    }
    if agency.way == AgencyChannel.POST:
        with translation.override(agency.language):
            facts |= {
                "title": title_of(override.asked),
                "about": override.asked.subject,
                "said": override.reply.get_result_display(),
                "said_on": override.reply.replied_on,
                "result": override.get_result_display(),
                "because": override.because,
                "evidence": override.evidence,
                "names": [str(override.proposed_by), str(override.ended_by)],
            }
    return sending.queue(
        template_of("reply_overridden"), to=agency, subject=SUBJECT, facts=facts, about=override.asked.reference, at=at
    )
