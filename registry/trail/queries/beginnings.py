"""From when a rule holds that came with an upgrade: it is not applied to what was before, and papers of before are told apart.

A migration writes it down where there is a past (`registry.trail.actions.events.begin_rule`). Where nothing is written the rule held
from the first day.
"""

from datetime import date, datetime

from django.utils import timezone

from registry.trail.models.events import Event

KIND = "rule"
#: Papers bear a seal over all their bytes (docs/decisions/0076).
SEALED_PAPERS = "sealed_papers"
#: A request that is not answered in time ends, and the case goes on without the answer.
REQUESTS_LAPSE = "requests_lapse"
#: Which kinds of rows the trail covers, and which of them only since then.
COVERED_KINDS = "covered_kinds"
#: People are reminded of what their business has missed.
DUTIES_MISSED = "duties_missed"
#: The register explains that a licence ran out, and its followers are told.
RUN_OUTS_EXPLAINED = "run_outs_explained"


def since(rule: str) -> datetime | None:
    """The instant from which the rule holds; None where it held from the first day."""
    begun = Event.objects.filter(kind=KIND, reference=rule, verb="begin").order_by("number")
    return begun.values_list("at", flat=True).first()


def last(rule: str) -> Event | None:
    """What was last written down about the rule."""
    return Event.objects.filter(kind=KIND, reference=rule).order_by("-number").first()


def first_day(rule: str) -> date:
    """The day from which the rule holds; the first of all days where it held always."""
    begun = since(rule)
    return timezone.localdate(begun) if begun else date.min
