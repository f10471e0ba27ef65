"""Other weights than the scheme is written with: one person proposes them and sees what they would have found, another adopts."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.targeting.models import Weighting, WeightStep
from compliance.targeting.queries import scores, weights
from compliance.targeting.rules import weights as rules
from compliance.targeting.rules.points import Weights, weights_of
from registry import permissions, schemes, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.reasons import reason_blockers
from registry.schemes import Scheme
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter


@transaction.atomic
def propose(scheme: Scheme, *, steps: Weights, because: str, by: User, at: datetime) -> Weighting:
    """Propose these steps for every signal of the scheme. They are tried on past years, and what came out stays with them.

    Nothing is scored by them until somebody else adopts them. Raises `Refused` (one_waits, other_signals, no_steps,
    no_change, no_reason).
    """
    return _propose(scheme, steps=steps, because=because, back_to_scheme=False, by=by, at=at)


@transaction.atomic
def propose_return(scheme: Scheme, *, because: str, by: User, at: datetime) -> Weighting:
    """Propose to score by the weights that the scheme is written with again, also those of its later versions.

    Raises `Refused` (no_own_weights, one_waits, no_reason).
    """
    permissions.require(by, "compliance.propose_weights")
    refuse_for(rules.return_blockers(in_force=scores.weights_in_force(scheme, timezone.localdate(at)).number))
    of_pack = weights_of(scheme.targeting.signals if scheme.targeting else ())
    return _propose(scheme, steps=of_pack, because=because, back_to_scheme=True, by=by, at=at)


@transaction.atomic
def adopt(one: Weighting, *, holds_from: date, by: User, at: datetime) -> Weighting:
    """Score by these weights from that day on; scores worked out before stay as they were.

    Raises `Refused` (not_waiting, same_person, tried_against_others, too_few_tried, in_the_past).
    """
    permissions.require(by, "compliance.adopt_weights")
    one = trail.locked(one)
    today = timezone.localdate(at)
    scheme = schemes.in_force(one.scheme, today)
    in_force = scores.weights_in_force(scheme, today).number
    refuse_for(
        rules.adopt_blockers(
            one,
            by=by,
            in_force=in_force,
            version=scheme.version,
            today=today,
            holds_from=holds_from,
            trial=weights.trial_of_all(one),
        )
    )
    one.adopted_by, one.adopted_at, one.holds_from = by, at, holds_from
    one.save(update_fields=["adopted_by", "adopted_at", "holds_from"])
    trail.record(one, "adopt", by=by, at=at, scheme=one.scheme, number=one.number, holds_from=holds_from)
    return one


@transaction.atomic
def drop(one: Weighting, *, because: str, by: User, at: datetime) -> Weighting:
    """Take the proposal off the table, by whoever may propose or adopt. Raises `Refused` (not_waiting, no_reason)."""
    if not by.has_perm("compliance.adopt_weights"):
        permissions.require(by, "compliance.propose_weights")
    one = trail.locked(one)
    refuse_for([*rules.drop_blockers(one), *reason_blockers(because)])
    one.dropped_by, one.dropped_at = by, at
    one.save(update_fields=["dropped_by", "dropped_at"])
    trail.record(one, "drop", by=by, at=at, because=because, scheme=one.scheme, number=one.number)
    return one


def _propose(
    scheme: Scheme, *, steps: Weights, because: str, back_to_scheme: bool, by: User, at: datetime
) -> Weighting:
    permissions.require(by, "compliance.propose_weights")
    number = Counter.objects.draw("weightings")  # locked until commit: whoever proposes next sees this one
    in_force = scores.weights_in_force(scheme, timezone.localdate(at))
    refuse_for(
        rules.propose_blockers(
            waiting=weights.waiting_weights(scheme.name),
            in_force=in_force.steps,
            proposed=steps,
            because=because,
            back_to_scheme=back_to_scheme,
        )
    )
    tried = weights.tried(scheme, in_force=in_force.steps, proposed=steps)
    one = Weighting.objects.create(
        number=number,
        scheme=scheme.name,
        version=scheme.version,
        against=in_force.number,
        back_to_scheme=back_to_scheme,
        because=because.strip(),
        tried=tried,
        proposed_by=by,
        proposed_at=at,
    )
    WeightStep.objects.bulk_create(
        WeightStep(weighting=one, signal=code, at_least=at_least, points=points)
        for code, own in steps.items()
        for at_least, points in own
    )
    trail.record(
        one,
        "propose",
        by=by,
        at=at,
        because=because,
        scheme=scheme.name,
        number=number,
        against=in_force.number,
        steps={code: [list(step) for step in own] for code, own in steps.items()},
        tried=signing.digest(tried),
    )
    return one
