"""The surrender of a licence that its holder has asked for, or that was accepted and whose day is still to come."""

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS, DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from registry.licences.models import Licence


def surrender_of(licence: Licence) -> Decision | None:
    """The request that is not decided; or the accepted one by which the licence ends. None where it passed to another business."""
    asked = licence.decisions.filter(kind=DecisionKind.SURRENDER)
    undecided = asked.filter(status__in=OPEN_DECISIONS).first()
    if undecided is not None or licence.surrendered_from is None or licence.transfers.exclude(became=None).exists():
        return undecided
    accepted = asked.filter(status=DecisionStatus.DECIDED, takes_effect=licence.surrendered_from)
    return accepted.order_by("-decided_at", "-pk").first()
