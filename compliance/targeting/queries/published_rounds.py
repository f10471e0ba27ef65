"""What is published of rounds: enough for anyone to repeat the random selection, and no licence, business or score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from compliance.targeting.models import VisitRound
from compliance.targeting.queries.rounds import RoundCount, counts, visits_of
from compliance.targeting.rules import random_sample
from compliance.targeting.states import RECIPE

#: How many rounds of a scheme the public page lists, the newest first.
LISTED = 12


@dataclass(frozen=True, slots=True)
class PublishedRound:
    """One round as the public page lists it. How far visits have come is said when all have been made or explained."""

    round: VisitRound
    counts: tuple[RoundCount, ...]


def published_rounds(scheme: str) -> tuple[PublishedRound, ...]:
    rows = VisitRound.objects.filter(scheme=scheme, recipe=RECIPE).defer("listed").order_by("-opened_at", "-pk")
    return tuple(PublishedRound(one, counts(visits_of(one)) if one.closed_at else ()) for one in rows[:LISTED])


def published_round(one: VisitRound) -> dict[str, Any]:
    """What `docs/verify_round.py` reads. The list, the seed and the figures are in it once the round has been drawn."""
    listed = random_sample.as_listed(one.listed) if one.drawn_at else []
    selected = random_sample.drawn(listed, seed=one.seed, figures=one.figures)
    return {
        "recipe": one.recipe,
        "round": one.reference,
        "scheme": one.scheme,
        "version": one.version.isoformat(),
        "capacity": one.capacity,
        "at_random_at_least": one.by_lot,
        "opened_on": _day(one.opened_at),
        "commitment": one.commitment,
        "fixed_on": _day(one.fixed_at),
        "list_digest": one.list_digest,
        "drawn_on": _day(one.drawn_at),
        "seed": one.seed if one.drawn_at else None,
        "figures": one.figures,
        "listed": random_sample.published_rows(listed),
        "drawn": [row.code for row in selected],
    }


def round_for_auditors(one: VisitRound) -> dict[str, Any]:
    """The same with the number of the licence that each code represents: what staff read."""
    listed: Iterable[random_sample.ListedLicence] = random_sample.as_listed(one.listed) if one.drawn_at else ()
    return {**published_round(one), "numbers": {row.code: row.number for row in listed}}


def _day(moment: Any) -> date | str | None:
    return timezone.localdate(moment).isoformat() if moment else None
