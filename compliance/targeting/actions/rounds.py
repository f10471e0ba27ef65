"""Choosing whom to visit: commit to a seed, fix the list, draw the lot, choose the rest and say why, send an inspector."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.states import ChosenHow
from compliance.targeting.models import Choice, LicenceScore, VisitRound
from compliance.targeting.queries import rounds as queries
from compliance.targeting.rules import random_sample as targeting
from compliance.targeting.rules import rounds as rules
from registry import permissions, schemes, signing
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.organisations.models import Fact
from registry.schemes import Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def open_round(scheme: Scheme, *, capacity: int, by: User, at: datetime) -> VisitRound:
    """Open a round of so many visits, and commit to the seed of its lot before anybody knows who will be on the list.

    Raises `Refused` (no_signals, round_open, capacity).
    """
    permissions.require(by, "compliance.choose_visits")
    refuse_for(
        rules.open_blockers(
            has_signals=scheme.targeting is not None, still_open=queries.round_not_drawn(scheme.name), capacity=capacity
        )
    )
    percent = scheme.targeting.random_percent if scheme.targeting else 100
    seed = secrets.token_hex(32)
    one = VisitRound.objects.create(
        reference=new_reference("V"),
        scheme=scheme.name,
        version=scheme.version,
        capacity=capacity,
        by_lot=targeting.share_of(capacity, percent),
        seed=seed,
        commitment=targeting.commitment(seed),
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
def fix(one: VisitRound, *, by: User, at: datetime) -> VisitRound:
    """Fix the list: every licence in force of the scheme that nobody is about to visit, with what it scores now.

    Nobody picks who is on it. The trail keeps its digest. Raises `Refused` (wrong_state, too_few).
    """
    permissions.require(by, "compliance.choose_visits")
    one = trail.locked(one)
    listed = queries.to_be_listed(one.scheme, on=timezone.localdate(at))
    refuse_for(rules.fix_blockers(one, listed=len(listed)))
    one.listed = listed
    one.save(update_fields=["listed"])
    return trail.move(one, "fix", by=by, at=at, fixed_at=at, list_digest=signing.digest(listed))


@transaction.atomic
def draw(one: VisitRound, *, by: User, at: datetime) -> VisitRound:
    """Show the seed, and choose the licences on which the lot falls: of all that are listed, whatever they score.

    Raises `Refused` (wrong_state).
    """
    permissions.require(by, "compliance.choose_visits")
    one = trail.locked(one)
    refuse_for(rules.draw_blockers(one))
    numbers = targeting.drawn(one.seed, one.numbers, one.by_lot)
    licences = {licence.number: licence for licence in Licence.objects.filter(number__in=numbers).order_by("pk")}
    scores = _scores(numbers)
    Choice.objects.bulk_create(
        Choice(round=one, licence=licences[number], how=ChosenHow.RANDOM, score=scores.get(number), chosen_at=at)
        for number in numbers
    )
    moved = trail.move(one, "draw", by=by, at=at, drawn_at=at)
    trail.record(one, "lot", by=None, at=at, seed=one.seed, commitment=one.commitment, drawn=numbers)
    return moved


@transaction.atomic
def choose(one: VisitRound, *, number: str, because: str, by: User, at: datetime) -> Choice:
    """Choose a licence of the list for a visit, and say why; its score stays with the choice.

    Raises `Refused` (not_drawn, no_place_left, not_listed, chosen_already, no_reason, conflicted).
    """
    permissions.require(by, "compliance.choose_visits")
    one = trail.locked(one)
    chosen = dict(one.choices.values_list("licence__number", "how"))
    refuse_for(rules.choose_blockers(one, number=number, because=because, chosen=chosen))
    licence = Licence.objects.select_related("organisation").get(number=number)
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    choice = Choice.objects.create(
        round=one,
        licence=licence,
        how=ChosenHow.TARGETED,
        because=because,
        score=_scores([number]).get(number),
        chosen_by=by,
        chosen_at=at,
    )
    trail.record(one, "choose", by=by, at=at, because=because, licence=licence)
    return choice


@transaction.atomic
def send(choice: Choice, *, inspector: User, due_on: date, brief: str, by: User, at: datetime) -> Inspection:
    """Commission the inspection of whom was chosen, by the action that commissions every inspection.

    The inspector is told what is known without restriction, and not the score. Raises `Refused` (sent_already, conflicted …).
    """
    permissions.require(by, "compliance.commission_inspection")
    choice = trail.locked(choice)
    licence = choice.licence
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    refuse_for(rules.send_blockers(choice))
    inspection = inspections.commission(
        licence.organisation,
        kind=InspectionKind.COMPLIANCE,
        scheme=schemes.in_force(licence.scheme, timezone.localdate(at)),
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


def _scores(numbers: list[str]) -> dict[str, LicenceScore]:
    rows = LicenceScore.objects.current().filter(licence__number__in=numbers).select_related("licence")
    return {score.licence.number: score for score in rows}
