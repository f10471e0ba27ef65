"""The published record of how it is chosen whom to visit: from the packs and the weights in force, and nothing else."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from compliance.targeting.queries.scores import WeightsInForce, scored_schemes, weights_in_force
from compliance.targeting.rules.points import Steps
from registry.schemes import Scheme, TargetingSignal, said


@dataclass(frozen=True, slots=True)
class PublishedSignal:
    title: str
    counts: str
    steps: Steps
    not_fed: str
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


def published_records(day: date) -> list[PublishedRecord]:
    """One for each scheme in force that scores licences."""
    return [record for scheme in scored_schemes(day) for record in _of(scheme, day)]


def _of(scheme: Scheme, day: date) -> list[PublishedRecord]:
    language, targeting = get_language(), scheme.targeting
    if targeting is None:
        return []
    weights = weights_in_force(scheme, day)
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
        )
    ]


def _signal(one: TargetingSignal, weights: WeightsInForce) -> PublishedSignal:
    """With the steps by which licences are scored today; what nothing feeds has those that the pack was written with."""
    language = get_language()
    return PublishedSignal(
        title=said(one.title, language),
        counts=said(one.counts, language),
        steps=weights.steps.get(one.code) or [(step.at_least, step.points) for step in one.steps],
        not_fed=said(one.not_fed, language) if one.not_fed else "",
        shown=one.shown,
    )
