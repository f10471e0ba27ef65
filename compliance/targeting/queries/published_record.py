"""The published record of how visits are chosen: the packs, the weights in force, the rounds and what they say of all licences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from compliance.inspections.states import ChosenHow
from compliance.statistics.models import StatisticsSubject
from compliance.statistics.queries.tabulations import tabulated
from compliance.targeting.queries.evaluation import EvaluationTable, NamedArm, ShownLift, counted, shown_lift
from compliance.targeting.queries.failure_rates import YearRate
from compliance.targeting.queries.published_rounds import PublishedRound, published_rounds
from compliance.targeting.queries.scores import WeightsInForce, scored_schemes, weights_in_force
from compliance.targeting.rules.points import Steps
from registry.schemes import Scheme, TargetingSignal, said


@dataclass(frozen=True, slots=True)
class PublishedSignal:
    title: str
    counts: str
    steps: Steps
    shown: bool


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """What one scheme publishes, in the reader's language."""

    title: str
    authority: str
    since: date
    about: str
    random_percent: int
    weights: WeightsInForce
    told: tuple[tuple[str, str], ...]
    signals: tuple[PublishedSignal, ...]
    compared: tuple[NamedArm, ...]
    lift: tuple[ShownLift, ...]
    rates: tuple[YearRate, ...]
    rounds: tuple[PublishedRound, ...]


def published_records(day: date) -> list[PublishedRecord]:
    """One for each scheme in force that scores licences."""
    return [record for scheme in scored_schemes(day) for record in _of(scheme, day)]


def said_of_all(records: Sequence[PublishedRecord]) -> tuple[tuple[str, str], ...]:
    """What each of several records says in the same words, so that it is read once; nothing of a single one."""
    if len(records) < 2:
        return ()
    return tuple(pair for pair in records[0].told if all(pair in other.told for other in records))


def _of(scheme: Scheme, day: date) -> list[PublishedRecord]:
    language, targeting = get_language(), scheme.targeting
    if targeting is None:
        return []
    weights = weights_in_force(scheme, day)
    made = [counted(one) for one in tabulated(StatisticsSubject.TARGETING, scheme.name)]
    found = made[0] if made else None
    return [
        PublishedRecord(
            title=said(scheme.title, language),
            authority=said(scheme.authority.name, language),
            since=scheme.version,
            about=said(targeting.about, language),
            random_percent=targeting.random_percent,
            weights=weights,
            told=tuple((said(one.title, language), said(one.text, language)) for one in targeting.record),
            signals=tuple(_signal(one, weights) for one in targeting.signals),
            compared=_compared(found),
            lift=shown_lift(found),
            rates=found.rates if found else (),
            rounds=published_rounds(scheme.name),
        )
    ]


def _compared(found: EvaluationTable | None) -> tuple[NamedArm, ...]:
    """Visits that people chose, and visits selected at random, as they were last counted."""
    arms = found.arms if found else ()
    return tuple(NamedArm(str(ChosenHow(arm.how).label), arm) for arm in arms if arm.how != ChosenHow.REACTIVE)


def _signal(one: TargetingSignal, weights: WeightsInForce) -> PublishedSignal:
    """With the steps by which licences are scored today."""
    language = get_language()
    return PublishedSignal(
        title=said(one.title, language),
        counts=said(one.counts, language),
        steps=weights.steps[one.code],
        shown=one.shown,
    )
