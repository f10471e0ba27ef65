"""What the sample licences score, and a round in which it is chosen who of them is visited."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from compliance import queries, tasks
from compliance.actions import rounds
from compliance.models import Choice, VisitRound
from config.demo.people import DOMAIN
from registry.models import User
from registry.schemes import Scheme

CAPACITY = 5
WHY = "The highest score of the list, and nobody has been there since what was found."


def target(at: datetime) -> Iterator[object]:
    """Every licence in force is scored, as by night; under the scheme with the most of them a round is drawn and half chosen."""
    yield tasks.score_all(at=at)
    day = timezone.localdate(at)
    listed = {scheme.name: queries.to_be_listed(scheme.name, on=day) for scheme in queries.scored_schemes(day)}
    scheme = max(queries.scored_schemes(day), key=lambda one: len(listed[one.name]))
    if len(listed[scheme.name]) >= CAPACITY:
        yield from _round(scheme, at)


def _round(scheme: Scheme, at: datetime) -> Iterator[VisitRound | Choice]:
    manager = User.objects.get(email=f"manager@{DOMAIN}")
    one = rounds.draw(
        rounds.fix(rounds.open_round(scheme, capacity=CAPACITY, by=manager, at=at), by=manager, at=at),
        by=manager,
        at=at,
    )
    yield one
    best = queries.round_file(one, by=manager).candidates[0]
    yield rounds.choose(one, number=best.number, because=WHY, by=manager, at=at)
