"""Giving a licence up: asked by its holder, decided like everything that is done to a licence."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.decisions import letters as decision_letters
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.queries.surrenders import surrender_of
from licensing.holding.rules import holding as rules
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail

TAKEN_BACK = "The holder has taken the surrender back."


@transaction.atomic
def ask(licence: Licence, *, takes_effect: date, because: str, by: User, at: datetime) -> Decision:
    """Ask that the licence be given up from a day on: a revocation by consent (2004 Act, s.9(1)(a)), for another to decide."""
    permissions.require(by, "licensing.apply")
    licence = trail.locked(Licence.objects.get(pk=licence.pk, organisation__in=Organisation.objects.acted_for_by(by)))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, licence.organisation, Act.SURRENDER, on=today))
    refuse_for(
        rules.surrender_blockers(licence, decisions=licence.decisions.all(), takes_effect=takes_effect, today=today)
    )
    decision = Decision.objects.create(
        reference=new_reference("D"),
        kind=DecisionKind.SURRENDER,
        licence=licence,
        takes_effect=takes_effect,
        because=because,
        proposed_by=by,
        proposed_at=at,
    )
    trail.record(
        decision,
        "ask",
        by=by,
        at=at,
        because=because,
        after=decision.status,
        decision=decision.kind,
        subject=licence,
    )
    decision_letters.surrender_asked(decision, at=at)
    return decision


@transaction.atomic
def take_back(licence: Licence, *, by: User, at: datetime) -> Licence:
    """Keep the licence after all: before the request is decided, or until the day before the accepted surrender takes effect.

    Raises `Refused` (acts_no_more, not_for_agents, not_asked, took_effect, was_appealed, already_licensed).
    """
    permissions.require(by, "licensing.apply")
    licence = trail.locked(Licence.objects.get(pk=licence.pk, organisation__in=Organisation.objects.acted_for_by(by)))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, licence.organisation, Act.SURRENDER, on=today))
    asked = surrender_of(licence)
    refuse_for(rules.take_back_blockers(licence, asked=asked, today=today))
    assert asked is not None, "a rule keeps that there is a surrender to take back"
    if asked.status in OPEN_DECISIONS:
        trail.move(asked, "drop", by=by, at=at, because=TAKEN_BACK)
    else:
        licence = licences.take_back_surrender(licence, because=TAKEN_BACK, by=by, at=at)
    decision_letters.surrender_taken_back(asked, at=at)
    return licence
