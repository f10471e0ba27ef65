"""How often the intervals of the evaluation hold what is true: `python -m tests.benchmarks.intervals [10000]` times each.

Visits of which the truth is known, by the functions that evaluate. Seeded: the same visits come each time. Needs no database.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from statistics import fmean

from compliance.targeting.rules import evaluation as evaluating
from compliance.targeting.rules.evaluation import EvaluatedVisit
from compliance.targeting.rules.intervals import Estimate, difference, mean, share, weighted

SEED = "intervals 2026"
#: Points of a visit that found something: one to five standards of 8 points, one in three of them critical (30 points).
WEIGHTS = (50, 25, 13, 8, 4)
Trial = Callable[[Random], Estimate | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A number that is estimated, what it truly is, and one trial of it."""

    name: str
    truth: float
    trial: Trial


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often an interval was given, and how often it held the truth where it was."""

    case: Case
    told: float
    covers: float


def points(random: Random, rate: float) -> int:
    if random.random() >= rate:
        return 0
    standards = random.choices(range(1, 6), WEIGHTS)[0]
    return sum(30 if random.random() < 1 / 3 else 8 for _standard in range(standards))


def mean_points(rate: float) -> float:
    return (
        rate
        * sum(how_many * weight for how_many, weight in zip(range(1, 6), WEIGHTS, strict=True))
        / 100
        * (30 + 16)
        / 3
    )


def a_share(rate: float, of: int) -> Case:
    return Case(
        f"a share of {rate:.0%}, {of} visits",
        rate,
        lambda random: share(sum(random.random() < rate for _ in range(of)), of),
    )


def a_mean(rate: float, of: int) -> Case:
    return Case(
        f"points of a visit, {rate:.0%} fail, {of} visits",
        mean_points(rate),
        lambda random: mean([points(random, rate) for _ in range(of)]),
    )


def a_gap(one: float, other: float, of: int) -> Case:
    def trial(random: Random) -> Estimate | None:
        hits = [sum(random.random() < rate for _ in range(of)) for rate in (one, other)]
        return difference((hits[0], of), (hits[1], of))

    return Case(f"a difference of {one:.0%} and {other:.0%}, {of} visits each", one - other, trial)


def a_weighted_gap(of: int) -> Case:
    """One half represents one licence each, the other twelve, and both fail alike often."""

    def trial(random: Random) -> Estimate | None:
        def side(rate: float) -> tuple[float, float]:
            return weighted((random.random() < rate, weight) for weight in (1.0, 12.0) for _ in range(of))

        return difference(side(0.35), side(0.15))

    return Case(f"a difference of 35% and 15%, {of} visits of chance 1 and {of} of 1 in 12 each", 0.2, trial)


def cases() -> Iterator[Case]:
    for rate, of in ((0.05, 40), (0.15, 20), (0.3, 25), (0.5, 60)):
        yield a_share(rate, of)
    for rate, of in ((0.15, 6), (0.15, 40), (0.15, 100), (0.3, 60), (0.45, 40), (0.45, 200)):
        yield a_mean(rate, of)
    for one, other, of in ((0.45, 0.15, 10), (0.45, 0.15, 50), (0.2, 0.2, 30)):
        yield a_gap(one, other, of)
    for of in (20, 60):
        yield a_weighted_gap(of)


def measured(case: Case, times: int) -> Coverage:
    random = Random(f"{SEED} {case.name}")
    told = [one for one in (case.trial(random) for _time in range(times)) if one is not None]
    return Coverage(case, len(told) / times, fmean(one.holds(case.truth) for one in told) if told else 0.0)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is said of a signal that truly tells 30 points, or nothing, by how many visits there are on each side."""

    each: int
    useful: float
    none_when_there_is: float
    wrong_of_nothing: float


def verdicts(each: int, times: int) -> Verdicts:
    random = Random(f"{SEED} verdicts {each}")
    telling = [_verdict(random, 0.45, 0.15, each) for _time in range(times)]
    nothing = [_verdict(random, 0.2, 0.2, each) for _time in range(times)]
    return Verdicts(
        each,
        telling.count("useful") / times,
        telling.count("no_difference") / times,
        (nothing.count("useful") + nothing.count("misleading")) / times,
    )


def _verdict(random: Random, having: float, lacking: float, each: int) -> str:
    visits = [
        EvaluatedVisit("random", 2026, random.random() < rate, 0, 0, {"it": value}, {"it": [(1, 5)]})
        for value, rate in ((1, having), (0, lacking))
        for _visit in range(each)
    ]
    return evaluating.worth("it", visits).verdict


if __name__ == "__main__":
    how_often = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{how_often:,} times each, seed {SEED!r}\n")
    print("| what is estimated | an interval is given | and holds the truth |\n|---|---|---|")
    for one in cases():
        found = measured(one, how_often)
        print(f"| {one.name} | {found.told:.1%} | {f'{found.covers:.1%}' if found.told else '–'} |", flush=True)
    print(
        "\n| visits on each side | useful, where it is | no difference, where there is one | useful or misleading, of nothing |"
    )
    print("|---|---|---|---|")
    for size in (10, 20, 50, 200):
        said = verdicts(size, how_often // 5)
        print(
            f"| {said.each} | {said.useful:.1%} | {said.none_when_there_is:.1%} | {said.wrong_of_nothing:.1%} |",
            flush=True,
        )
