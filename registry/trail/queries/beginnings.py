"""From when a rule holds that came with an upgrade: it is not applied to what was before, and papers of before are told apart.

A migration writes it down where there is a past (`registry.trail.actions.events.begin_rule`). Where nothing is written the rule held
from the first day.
"""

from datetime import datetime

from registry.trail.models.events import Event

KIND = "rule"
#: Papers bear a seal over all their bytes (docs/decisions/0076).
SEALED_PAPERS = "sealed_papers"
#: A request that is not answered in time ends, and the case goes on without the answer.
REQUESTS_LAPSE = "requests_lapse"


def since(rule: str) -> datetime | None:
    """The instant from which the rule holds; None where it held from the first day."""
    begun = Event.objects.filter(kind=KIND, reference=rule, verb="begin").order_by("number")
    return begun.values_list("at", flat=True).first()
