"""What a business is written by way of advice."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from compliance.advice.models import Advice
from compliance.inspections.letters import queue
from registry.letters.models import Letter

SUBJECT = _("Advice after our visit")


def send_advice(advice: Advice, *, at: datetime) -> Letter:
    facts = {"standard": advice.standard, "advice": advice.text, "visited_on": advice.inspection.visited_on}
    return queue(advice.inspection, "advice", subject=SUBJECT, facts=facts, at=at)
