"""Rounds of visits: who can be chosen, the list, the selection repeated, and how far each visit has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow, InspectionStatus
from compliance.targeting.filters import RoundFilter
from compliance.targeting.models import Choice, LicenceScore, VisitExplanation, VisitRound
from compliance.targeting.rules import random_sample
from compliance.targeting.states import ExplanationStatus, RoundStatus
from registry import schemes, signing
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.trail.queries.history import Words

#: How many of the highest scores a page offers.
OFFERED = 20


#: What is done to them otherwise than by a declared step.
WORDS: Words = {
    "visitround": {"open_round": _("Opened"), "lot": _("Selected at random"), "migrate": _("Changed by an upgrade")}
}


def rounds(params: Mapping[str, Any]) -> RoundFilter:
    """Every round, the newest first; without its list, which has a line for each licence."""
    return RoundFilter(data=params, queryset=VisitRound.objects.defer("listed"))


def round_open(scheme: str) -> VisitRound | None:
    return VisitRound.objects.filter(scheme=scheme).exclude(status=RoundStatus.CLOSED).order_by("pk").first()


def days_for_visits(one: VisitRound) -> int:
    """Within how many days the visits of a round are to be made, by its scheme."""
    targeting = schemes.get(one.scheme, one.version).targeting
    return targeting.visit_within_days if targeting else 0


# --- before the list is fixed ---


@dataclass(frozen=True, slots=True)
class LicenceToChoose:
    """The licence with a number, if it is in force under the scheme of the round, and whether a visit of it is planned."""

    licence: Licence | None
    is_in_hand: bool


def licence_to_choose(one: VisitRound, number: str, *, on: date) -> LicenceToChoose:
    held = Licence.objects.in_force(on).filter(scheme=one.scheme, number=number).select_related("organisation").first()
    return LicenceToChoose(held, held is not None and Inspection.objects.open().filter(licence_number=number).exists())


def numbers_chosen(one: VisitRound) -> set[str]:
    return set(one.choices.filter(how=ChosenHow.TARGETED).values_list("licence__number", flat=True))


def to_be_listed(one: VisitRound, *, on: date) -> list[tuple[str, int, str]]:
    """Number, points and code of every licence in force, whether a visit is planned or not: else it would have no chance."""
    points = LicenceScore.objects.current().filter(licence=OuterRef("pk")).values("points")[:1]
    rows = in_force(one.scheme, on).order_by("number").values_list("number", Subquery(points))
    return [(number, scored or 0, code_of(one, number)) for number, scored in rows]


def in_force(scheme: str, on: date) -> "QuerySet[Licence]":
    return Licence.objects.in_force(on).filter(scheme=scheme)


def code_of(one: VisitRound, number: str) -> str:
    """What represents a licence in the published list of this round: no one tells the number from it."""
    return signing.keyed_digest(settings.NAMES_KEY, f"round {one.reference}: {number}")[:32]


@dataclass(frozen=True, slots=True)
class Candidate:
    number: str
    name: str
    points: int


def candidates(one: VisitRound, *, by: User, on: date) -> tuple[Candidate, ...]:
    """The highest scores of those that can be chosen, without firms with which the reader has a conflict of interest."""
    planned = Inspection.objects.open().filter(licence_number=OuterRef("licence__number"))
    rows = (
        LicenceScore.objects.current()
        .filter(~Exists(planned), licence__in=in_force(one.scheme, on))
        .exclude(licence__organisation__in=Conflict.objects.organisations_of(by))
        .exclude(licence__in=one.choices.values("licence"))
        .select_related("licence__organisation")
        .order_by("-points", "licence__number")
    )
    return tuple(
        Candidate(row.licence.number, row.licence.organisation.legal_name, row.points) for row in rows[:OFFERED]
    )


# --- the visits ---


def is_made(to: str = "") -> Q:
    """Of choices, or of rows that lead `to` one: whose inspection is confirmed."""
    return Q(**{f"{to}inspection__status": InspectionStatus.CONFIRMED})


def visits_waiting(one: VisitRound) -> "QuerySet[Choice]":
    """Those that are neither made nor explained."""
    accepted = VisitExplanation.objects.filter(choice=OuterRef("pk"), status=ExplanationStatus.ACCEPTED)
    return one.choices.filter(~Exists(accepted)).exclude(is_made())


def choices_by_number(one: VisitRound) -> dict[str, Choice]:
    rows = one.choices.select_related("licence__organisation", "inspection", "round").order_by("pk")
    return {choice.licence.number: choice for choice in rows}


@dataclass(frozen=True, slots=True)
class RoundVisit:
    """A visit of the round, and why it is not made, if that has been said and not refused."""

    choice: Choice
    explanation: VisitExplanation | None

    @property
    def is_made(self) -> bool:
        return self.choice.inspection is not None and self.choice.inspection.status == InspectionStatus.CONFIRMED

    @property
    def is_explained(self) -> bool:
        return self.explanation is not None and self.explanation.status == ExplanationStatus.ACCEPTED

    @property
    def is_sent(self) -> bool:
        inspection = self.choice.inspection
        return inspection is not None and inspection.status != InspectionStatus.CALLED_OFF


@dataclass(frozen=True, slots=True)
class RoundCount:
    """How far the visits have come that were selected in one way."""

    title: str
    selected: int
    made: int
    explained: int

    @property
    def waiting(self) -> int:
        return self.selected - self.made - self.explained


@dataclass(frozen=True, slots=True)
class RoundFile:
    """All that the page of a round shows."""

    round: VisitRound
    visits: tuple[RoundVisit, ...]
    counts: tuple[RoundCount, ...]
    candidates: tuple[Candidate, ...]
    left: int
    holds: bool

    @property
    def listed(self) -> int:
        return len(self.round.listed)


def round_file(one: VisitRound, *, by: User, on: date) -> RoundFile:
    """The visits and who may still be chosen; no firm is named with which the reader has a conflict of interest."""
    visits = visits_of(one)
    barred = set(Conflict.objects.organisations_of(by))
    return RoundFile(
        round=one,
        visits=tuple(visit for visit in visits if visit.choice.licence.organisation_id not in barred),
        counts=counts(visits),
        candidates=candidates(one, by=by, on=on) if one.status == RoundStatus.OPENED else (),
        left=one.capacity - one.by_lot - sum(visit.choice.how == ChosenHow.TARGETED for visit in visits),
        holds=holds(one),
    )


def visits_of(one: VisitRound) -> tuple[RoundVisit, ...]:
    related = ("licence__organisation", "inspection", "chosen_by", "score")
    rows = one.choices.select_related(*related).order_by("how", "pk")
    said = VisitExplanation.objects.filter(choice__round=one).exclude(status=ExplanationStatus.REFUSED)
    by_choice = {row.choice_id: row for row in said.select_related("explained_by", "settled_by").order_by("pk")}
    return tuple(RoundVisit(choice, by_choice.get(choice.pk)) for choice in rows)


def counts(visits: tuple[RoundVisit, ...]) -> tuple[RoundCount, ...]:
    found = []
    for how in (ChosenHow.TARGETED, ChosenHow.RANDOM):
        own = [visit for visit in visits if visit.choice.how == how]
        made = sum(visit.is_made for visit in own)
        explained = sum(visit.is_explained and not visit.is_made for visit in own)
        found.append(RoundCount(str(how.label), len(own), made, explained))
    return tuple(found)


# --- the selection repeated ---


def holds(one: VisitRound) -> bool:
    """Whether the selection comes to the same when it is repeated: seed, list and visits."""
    if not one.has_chances or one.drawn_at is None:
        return True
    listed = random_sample.as_listed(one.listed)
    kept = one.choices.filter(how=ChosenHow.RANDOM).values_list("licence__number", flat=True)
    selected = random_sample.drawn(listed, seed=one.seed, figures=one.figures)
    return (
        random_sample.commitment(one.seed) == one.commitment
        and random_sample.digest_of(listed) == one.list_digest
        and set(kept) == {row.number for row in selected}
    )


def how_chosen(inspection: Inspection) -> str:
    """How it came to a visit after the grant; empty for a visit that an application or a condition called for."""
    choice = getattr(inspection, "choice", None)
    if choice is not None:
        return str(choice.get_how_display())
    return str(ChosenHow.REACTIVE.label) if inspection.kind in REACTIVE else ""
