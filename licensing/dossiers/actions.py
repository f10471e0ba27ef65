"""What licensing answers to what was handed over to it, and who reads its dossier."""

from datetime import datetime

from django.db import transaction

from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs.models import HandOver
from licensing.decisions.models.decisions import Decision
from licensing.dossiers import queries, rules
from licensing.dossiers.queries import Dossier
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def link_proposal(hand_over: HandOver, *, decision: Decision, by: User, at: datetime) -> HandOver:
    """Answer that this decision was proposed. Raises `Refused` (other_organisation, wrong_state)."""
    permissions.require(by, "licensing.propose_decision")
    refuse_for(rules.link_blockers(hand_over, decision))
    return hand_overs.answer_with_proposal(hand_over, decision=decision.reference, by=by, at=at)


@transaction.atomic
def read_dossier(hand_over: HandOver, *, by: User, at: datetime) -> Dossier:
    """The dossier as this person may see it; the trail keeps that they read it, and what of it is restricted."""
    return _shown(hand_over, "read_dossier", by=by, at=at)


@transaction.atomic
def print_dossier(hand_over: HandOver, *, by: User, at: datetime) -> Dossier:
    """The same for a copy on paper."""
    return _shown(hand_over, "print_dossier", by=by, at=at)


def _shown(hand_over: HandOver, verb: str, *, by: User, at: datetime) -> Dossier:
    hand_over = trail.locked(hand_over, among=HandOver.objects.visible_to(by))
    dossier = queries.dossier_of(hand_over, by=by)
    trail.record(hand_over, verb, by=by, at=at, shown=list(dossier.restricted))
    return dossier
