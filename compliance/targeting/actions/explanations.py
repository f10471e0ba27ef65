"""Why a visit of a round is not made: said by one person, accepted or refused by another."""

from datetime import datetime

from django.db import transaction

from compliance.targeting.models import Choice, VisitExplanation, VisitRound
from compliance.targeting.queries import rounds as queries
from compliance.targeting.rules import rounds as rules
from compliance.targeting.states import CHOOSES, ExplanationStatus
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def explain(one: VisitRound, *, number: str, because: str, by: User, at: datetime) -> VisitExplanation:
    """Say why the visit of this licence is not made. It counts when another person has accepted it.

    Raises `Refused` (not_drawn, not_chosen, sent_already, explained, no_reason, conflicted).
    """
    permissions.require(by, CHOOSES)
    one = trail.locked(one)
    choices = {key: trail.locked(choice) for key, choice in queries.choices_by_number(one).items() if key == number}
    found = list(rules.explain_blockers(one, choices=choices, number=number, because=because))
    if number in choices:
        found += permissions.conflict_blockers(by, choices[number].licence.organisation)
    refuse_for(found)
    explanation = VisitExplanation.objects.create(
        reference=new_reference("X"), choice=choices[number], because=because.strip(), explained_by=by, explained_at=at
    )
    trail.record(explanation, "explain", by=by, at=at, after=ExplanationStatus.WAITING, also_about=[one])
    return explanation


@transaction.atomic
def accept_explanation(explanation: VisitExplanation, *, by: User, at: datetime) -> VisitExplanation:
    """Accept it, as a second person: the visit is counted as explained. Raises `Refused` (wrong_state, same_person, conflicted)."""
    explanation = _to_settle(explanation, "accept_explanation", because=None, by=by)
    return trail.move(explanation, "accept_explanation", by=by, at=at, settled_by=by, settled_at=at)


@transaction.atomic
def refuse_explanation(explanation: VisitExplanation, *, because: str, by: User, at: datetime) -> VisitExplanation:
    """Refuse it, as a second person: the visit is to be made. Raises `Refused` (wrong_state, same_person, no_reason, conflicted)."""
    explanation = _to_settle(explanation, "refuse_explanation", because=because, by=by)
    because = because.strip()
    return trail.move(
        explanation, "refuse_explanation", by=by, at=at, settled_by=by, settled_at=at, refused_because=because
    )


def _to_settle(explanation: VisitExplanation, move: str, *, because: str | None, by: User) -> VisitExplanation:
    permissions.require(by, CHOOSES)
    choice: Choice = trail.locked(explanation.choice)
    explanation = trail.locked(explanation)
    refuse_for(permissions.conflict_blockers(by, choice.licence.organisation))
    refuse_for(rules.settle_blockers(explanation, move, by=by, because=because))
    return explanation
