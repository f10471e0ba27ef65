"""Rounds of choosing: the list, the lot done again, and whom one may still choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow
from compliance.targeting.filters import RoundFilter
from compliance.targeting.models import Choice, LicenceScore, VisitRound
from compliance.targeting.rules import random_sample as targeting
from compliance.targeting.states import RoundStatus
from registry import signing
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.trail.queries.history import Words

#: How many of the highest of the list a page offers.
OFFERED = 20


#: What is done to them otherwise than by a declared step.
WORDS: Words = {
    "visitround": {"open_round": _("Opened"), "lot": _("Selected at random"), "send": _("Visit commissioned")}
}


def rounds(params: Mapping[str, Any]) -> RoundFilter:
    """Every round, the newest first; without its list, which has a line for each licence."""
    return RoundFilter(data=params, queryset=VisitRound.objects.defer("listed"))


def round_not_drawn(scheme: str) -> VisitRound | None:
    return VisitRound.objects.filter(scheme=scheme).exclude(status=RoundStatus.DRAWN).order_by("pk").first()


def to_be_listed(scheme: str, *, on: date) -> list[list[Any]]:
    """The number and the points of every licence in force that has no inspection in hand, by number."""
    visited = Inspection.objects.open().filter(licence_number=OuterRef("number"))
    points = LicenceScore.objects.current().filter(licence=OuterRef("pk")).values("points")[:1]
    rows = Licence.objects.in_force(on).filter(~Exists(visited), scheme=scheme).order_by("number")
    return [[number, scored or 0] for number, scored in rows.values_list("number", Subquery(points))]


@dataclass(frozen=True, slots=True)
class Candidate:
    number: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class RoundFile:
    """All that the page of a round shows."""

    round: VisitRound
    choices: tuple[Choice, ...]
    candidates: tuple[Candidate, ...]
    left: int
    holds: bool

    @property
    def listed(self) -> int:
        return len(self.round.listed)


def round_file(one: VisitRound, *, by: User) -> RoundFile:
    """The choices and whom one may still choose; nobody with whom the reader has a conflict of interest is named."""
    barred = Conflict.objects.organisations_of(by)
    choices = one.choices.exclude(licence__organisation__in=barred)
    rows = choices.select_related("licence__organisation", "inspection", "chosen_by", "score").order_by("how", "pk")
    chosen = dict(one.choices.values_list("licence__number", "how"))
    targeted = sum(how == ChosenHow.TARGETED for how in chosen.values())
    return RoundFile(
        round=one,
        choices=tuple(rows),
        candidates=_candidates(one, set(chosen), by) if one.status == RoundStatus.DRAWN else (),
        left=one.capacity - one.by_lot - targeted,
        holds=holds(one),
    )


def _candidates(one: VisitRound, chosen: set[str], by: User) -> tuple[Candidate, ...]:
    points: dict[str, int] = {number: scored for number, scored in one.listed if number not in chosen}
    # As many more as there may be of firms with which the reader has a conflict of interest.
    barred = Conflict.objects.organisations_of(by)
    best = sorted(points, key=lambda number: (-points[number], number))[: OFFERED + barred.count()]
    open_to = Licence.objects.filter(number__in=best).exclude(organisation__in=barred).select_related("organisation")
    found = {licence.number: licence.organisation.legal_name for licence in open_to.order_by("pk")}
    offered = [number for number in best if number in found][:OFFERED]
    return tuple(Candidate(number, found[number], points[number]) for number in offered)


def holds(one: VisitRound) -> bool:
    """Whether the drawing comes to the same when it is done again: seed, list and choices."""
    if one.status != RoundStatus.DRAWN:
        return True
    kept = one.choices.filter(how=ChosenHow.RANDOM).values_list("licence__number", flat=True)
    return (
        targeting.commitment(one.seed) == one.commitment
        and signing.digest(one.listed) == one.list_digest
        and set(kept) == set(targeting.drawn(one.seed, one.numbers, one.by_lot))
    )


def drawing(one: VisitRound) -> dict[str, Any]:
    """What is needed to do the drawing again elsewhere; the seed only once it has been drawn."""
    drawn = one.status == RoundStatus.DRAWN
    return {
        "round": one.reference,
        "commitment": one.commitment,
        "seed": one.seed if drawn else None,
        "by_lot": one.by_lot,
        "numbers": one.numbers,
        "drawn": targeting.drawn(one.seed, one.numbers, one.by_lot) if drawn else [],
    }


def how_chosen(inspection: Inspection) -> str:
    """How it came to a visit after the grant; empty for a visit that an application or a condition called for."""
    choice = getattr(inspection, "choice", None)
    if choice is not None:
        return str(choice.get_how_display())
    return str(ChosenHow.REACTIVE.label) if inspection.kind in REACTIVE else ""
