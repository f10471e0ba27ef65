"""Choosing visits: commit to a seed, choose with reasons, fix the list, let another person draw, send inspectors, close."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.states import ChosenHow
from compliance.targeting.models import Choice, LicenceScore, VisitRound
from compliance.targeting.queries import rounds as queries
from compliance.targeting.rules import random_sample
from compliance.targeting.rules import rounds as rules
from compliance.targeting.states import CHOOSES
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.organisations.models import Fact
from registry.schemes import Scheme
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter


@transaction.atomic
def open_round(scheme: Scheme, *, capacity: int, by: User, at: datetime) -> VisitRound:
    """Open a round of so many visits, and commit to its seed before anyone knows the list.

    Raises `Refused` (no_signals, round_open, capacity).
    """
    permissions.require(by, CHOOSES)
    Counter.objects.draw("rounds")  # locked until commit: of two who open one, the second sees the first
    refuse_for(
        rules.open_blockers(
            has_signals=scheme.targeting is not None, still_open=queries.round_open(scheme.name), capacity=capacity
        )
    )
    percent = scheme.targeting.random_percent if scheme.targeting else 100
    seed = secrets.token_hex(32)
    one = VisitRound.objects.create(
        reference=new_reference("V"),
        scheme=scheme.name,
        version=scheme.version,
        capacity=capacity,
        by_lot=random_sample.share_of(capacity, percent),
        seed=seed,
        commitment=random_sample.commitment(seed),
        opened_by=by,
        opened_at=at,
    )
    trail.record(
        one,
        "open_round",
        by=by,
        at=at,
        after=one.status,
        commitment=one.commitment,
        capacity=capacity,
        by_lot=one.by_lot,
    )
    return one


@transaction.atomic
def choose(one: VisitRound, *, number: str, because: str, by: User, at: datetime) -> Choice:
    """Choose a licence in force for a visit, before the list is fixed, and say why; its score stays with the choice.

    Raises `Refused` (not_open, no_place_left, not_listed, in_hand, chosen_already, no_reason, conflicted).
    """
    permissions.require(by, CHOOSES)
    one = trail.locked(one)
    found = queries.licence_to_choose(one, number, on=timezone.localdate(at))
    refuse_for(
        rules.choose_blockers(
            one,
            number=number,
            because=because,
            chosen=queries.numbers_chosen(one),
            is_held=found.licence is not None,
            is_in_hand=found.is_in_hand,
        )
    )
    assert found.licence is not None
    refuse_for(permissions.conflict_blockers(by, found.licence.organisation))
    choice = Choice.objects.create(
        round=one,
        licence=found.licence,
        how=ChosenHow.TARGETED,
        because=because,
        score=_scores([number]).get(number),
        chosen_by=by,
        chosen_at=at,
    )
    trail.record(one, "choose", by=by, at=at, because=because, licence=found.licence)
    return choice


@transaction.atomic
def fix(one: VisitRound, *, by: User, at: datetime) -> VisitRound:
    """Fix the list: every licence in force of the scheme, with its chance to be visited.

    It is 1 where people chose the licence, and alike for all others, who share the visits left. The digest of the list is in the
    trail and is published. Raises `Refused` (wrong_state, no_licences).
    """
    permissions.require(by, CHOOSES)
    one = trail.locked(one)
    codes = queries.to_be_listed(one, on=timezone.localdate(at))
    refuse_for(rules.fix_blockers(one, listed=len(codes)))
    listed = random_sample.with_chances(codes, capacity=one.capacity, chosen=queries.numbers_chosen(one))
    one.listed = [list(astuple(row)) for row in listed]
    one.save(update_fields=["listed"])
    return trail.move(one, "fix", by=by, at=at, fixed_by=by, fixed_at=at, list_digest=random_sample.digest_of(listed))


@transaction.atomic
def draw(one: VisitRound, *, figures: str, by: User, at: datetime) -> VisitRound:
    """Select the visits that people did not choose, by the seed and the figures that this second person adds.

    Raises `Refused` (wrong_state, same_person, no_figures).
    """
    permissions.require(by, CHOOSES)
    one = trail.locked(one)
    refuse_for(rules.draw_blockers(one, by=by, figures=figures))
    figures = random_sample.plain_figures(figures)
    selected = random_sample.drawn(random_sample.as_listed(one.listed), seed=one.seed, figures=figures)
    numbers = [row.number for row in selected]
    licences = {licence.number: licence for licence in Licence.objects.filter(number__in=numbers).order_by("pk")}
    scores = _scores(numbers)
    Choice.objects.bulk_create(
        Choice(round=one, licence=licences[number], how=ChosenHow.RANDOM, score=scores.get(number), chosen_at=at)
        for number in numbers
    )
    due_on = timezone.localdate(at) + timedelta(days=queries.days_for_visits(one))
    moved = trail.move(one, "draw", by=by, at=at, drawn_by=by, drawn_at=at, figures=figures, due_on=due_on)
    trail.record(one, "lot", by=None, at=at, seed=one.seed, commitment=one.commitment, figures=figures, drawn=numbers)
    return moved


@transaction.atomic
def send(choice: Choice, *, inspector: User, due_on: date, brief: str, by: User, at: datetime) -> Inspection:
    """Commission the inspection that was selected, by the action that commissions every inspection; again if it was called off.

    The inspector is told what is known without restriction, and not the score. Raises `Refused` (not_drawn, round_closed,
    sent_already, explained, too_late, conflicted …).
    """
    permissions.require(by, "compliance.commission_inspection")
    choice = trail.locked(choice)
    licence, today = choice.licence, timezone.localdate(at)
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    days = queries.days_for_visits(choice.round)
    refuse_for(rules.send_blockers(choice, days=days, due_on=due_on, today=today))
    inspection = inspections.commission(
        licence.organisation,
        kind=InspectionKind.COMPLIANCE,
        scheme=schemes.in_force(licence.scheme, today),
        facts=Fact.objects.latest_of(licence.organisation),
        brief=brief,
        licence_number=licence.number,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )
    choice.inspection = inspection
    choice.save(update_fields=["inspection"])
    trail.record(choice.round, "send", by=by, at=at, licence=licence, inspection=inspection, how=choice.how)
    return inspection


@transaction.atomic
def close_round(one: VisitRound, *, by: User, at: datetime) -> VisitRound:
    """Close the round, when each of its visits is confirmed or explained. Only then can another be opened.

    Raises `Refused` (wrong_state, visits_waiting).
    """
    permissions.require(by, CHOOSES)
    one = trail.locked(one)
    refuse_for(rules.close_blockers(one, waiting=queries.visits_waiting(one).count()))
    return trail.move(one, "close_round", by=by, at=at, closed_at=at)


def _scores(numbers: Iterable[str]) -> Mapping[str, LicenceScore]:
    rows = LicenceScore.objects.current().filter(licence__number__in=numbers).select_related("licence")
    return {score.licence.number: score for score in rows}
