"""What must be true before a proposal answers a report that was handed over."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from licensing.decisions.models.decisions import Decision
from registry.errors import Reason


def link_blockers(hand_over: HandOver, decision: Decision) -> Iterator[Reason]:
    if hand_over.organisation not in decision.organisations:
        yield Reason("other_organisation", _("This proposal is about another organisation."), "decision")
