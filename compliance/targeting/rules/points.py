"""From values to points: a table of steps for each signal, and a sum. Nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.targeting.rules.indicators import COUNTS, LicenceFacts, SignalEvidence
from registry.schemes import TargetingSignal
from registry.schemes.targeting import Targeting

#: From which value on how many points: `[(1, 5), (16, 10)]`.
Steps = Sequence[tuple[int, int]]
#: The steps of each signal, by its code.
Weights = Mapping[str, Steps]


@dataclass(frozen=True, slots=True)
class SignalPoints:
    """What one signal came to."""

    code: str
    value: int
    points: int
    steps: Steps
    evidence: tuple[SignalEvidence, ...]


def points_at(value: int, steps: Steps) -> int:
    """The points of the highest step that the value reaches; none below the first."""
    return next((points for at_least, points in reversed(steps) if value >= at_least), 0)


def weights_of(signals: Iterable[TargetingSignal]) -> dict[str, list[tuple[int, int]]]:
    """The steps as the pack writes them."""
    return {one.code: [(step.at_least, step.points) for step in one.steps] for one in signals}


def with_own(of_pack: Weights, own: Weights) -> dict[str, Steps]:
    """The steps of the pack, with the authority's own in place of those of the same signal.

    A signal that came with a later version keeps the pack's, and one that has gone is not counted any more.
    """
    return {code: own.get(code, steps) for code, steps in of_pack.items()}


def score(
    known: LicenceFacts, signals: Iterable[TargetingSignal], weights: Weights, *, day: date
) -> tuple[SignalPoints, ...]:
    """Every signal, in the pack's order, whether it gives points or not."""
    found = []
    for signal in signals:
        value, evidence = COUNTS[signal.measure](known, day, signal.months)
        steps = weights[signal.code]
        found.append(SignalPoints(signal.code, value, points_at(value, steps), steps, tuple(evidence)))
    return tuple(found)


def worth_by_one(targeting: Targeting, weights: Weights) -> int:
    """The most that a piece of intelligence is worth whose grade one person alone has given.

    By no more than a share of the highest score that there can be may one person move a score (`one_person_percent`).
    """
    highest = sum(max((points for _at_least, points in steps), default=0) for steps in weights.values())
    most = highest * targeting.one_person_percent / 100
    read = [signal for signal in targeting.signals if signal.measure == "intelligence"]
    allowed = [worth for one in read for worth in one.worth.values() if points_at(worth, weights[one.code]) <= most]
    return max(allowed, default=0)


def total(signalled: Iterable[SignalPoints]) -> int:
    return sum(one.points for one in signalled)
