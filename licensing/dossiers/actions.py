"""What licensing answers to a report that was handed over to it."""

from datetime import datetime

from django.db import transaction

from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs.models import HandOver
from licensing.decisions.models.decisions import Decision
from licensing.dossiers import rules
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for


@transaction.atomic
def link_proposal(hand_over: HandOver, *, decision: Decision, by: User, at: datetime) -> HandOver:
    """Answer that this decision was proposed. Raises `Refused` (other_organisation, wrong_state)."""
    permissions.require(by, "licensing.propose_decision")
    refuse_for(rules.link_blockers(hand_over, decision))
    return hand_overs.answer_with_proposal(hand_over, decision=decision.reference, by=by, at=at)
