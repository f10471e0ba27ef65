"""Whether four years with planted truths are judged right: `python -m tests.benchmarks.prevention [10000]` times each.

Licences of which the truth is known, by the functions that compare. Those that are worse have the measure more often, as conditions
and warnings do. Seeded: the same years come each time. Needs no database.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import fmean

from compliance.prevention.rules import FollowedResult, Occasion, effect_of, follow, planned_size
from compliance.prevention.states import Effect, FollowedOutcome

SEED = "prevention 2026"
FIRST, YEARS = date(2022, 11, 29), 4
TODAY = date(FIRST.year + YEARS, FIRST.month, FIRST.day)
#: Of each group how many of 100 licences it has, how many of 100 have the measure, and how many of 100 fail without it.
GROUPS = {
    ("1-19", "none"): (30, 8, 8),
    ("1-19", "higher"): (20, 45, 35),
    ("20-99", "lower"): (30, 15, 18),
    ("20-99", "higher"): (20, 60, 50),
}
#: How many of 100 are visited at random within the months that are looked at.
LOOKED_AT = 45
MONTHS = 12
FAILURE = FollowedOutcome.FAILURE.value


@dataclass(frozen=True, slots=True)
class PlantedMeasure:
    """A measure that multiplies the risk of a failure by `effect`; with `by_chance` everyone has the same chance to have it."""

    name: str
    effect: float
    by_chance: bool = False

    def chance_of(self, group: tuple[str, str]) -> float:
        return 0.3 if self.by_chance else GROUPS[group][1] / 100

    def risk(self, group: tuple[str, str], treated: bool) -> float:
        return GROUPS[group][2] / 100 * (self.effect if treated else 1)

    @property
    def truth(self) -> float:
        """By how much those that have the measure fail more often than if they did not have it."""
        weights = {group: GROUPS[group][0] * self.chance_of(group) for group in GROUPS}
        gaps = {group: self.risk(group, True) - self.risk(group, False) for group in GROUPS}
        return sum(gaps[group] * weight for group, weight in weights.items()) / sum(weights.values())


MEASURES = (
    PlantedMeasure("works", 0.5),
    PlantedMeasure("does nothing", 1.0),
    PlantedMeasure("harms", 1.6),
    PlantedMeasure("works, by chance", 0.5, by_chance=True),
    PlantedMeasure("does nothing, by chance", 1.0, by_chance=True),
)


def four_years(random: Random, measure: PlantedMeasure, licences: int) -> Iterator[Occasion]:
    """One occasion of each licence on any day of the four years; visits at random come to everyone alike."""
    groups, sizes = list(GROUPS), [size for size, _chance, _risk in GROUPS.values()]
    for number in range(licences):
        (group,) = random.choices(groups, sizes)
        treated = random.random() < measure.chance_of(group)
        on = FIRST + timedelta(days=random.randrange(365 * YEARS))
        looks: tuple[tuple[date, bool], ...] = ()
        if random.random() < LOOKED_AT / 100:
            day = on + timedelta(days=random.randrange(1, 360))
            looks = ((day, random.random() < measure.risk(group, treated)),) if day <= TODAY else ()
        yield Occasion(f"L{number}", on, treated, group, {}, {FAILURE: looks})


@dataclass(frozen=True, slots=True)
class PlantedShares:
    """How often of all times an interval was given and, where it was, held the truth; and how often each thing was said."""

    measure: PlantedMeasure
    told: float
    covers: float
    better: float
    worse: float
    unknown: float


def judged(random: Random, measure: PlantedMeasure, licences: int) -> FollowedResult:
    return follow(four_years(random, measure, licences), FAILURE, MONTHS, today=TODAY)


def measured(measure: PlantedMeasure, licences: int, times: int) -> PlantedShares:
    random = Random(f"{SEED} {measure.name} {licences}")
    results = [judged(random, measure, licences) for _time in range(times)]
    effects = [effect_of(one) for one in results]
    told = [one.gap for one in results if one.gap]
    return PlantedShares(
        measure=measure,
        told=len(told) / times,
        covers=fmean(gap.holds(measure.truth) for gap in told) if told else 0.0,
        better=effects.count(Effect.BETTER) / times,
        worse=effects.count(Effect.WORSE) / times,
        unknown=effects.count(Effect.UNKNOWN) / times,
    )


def power(base: float, gap: float, times: int) -> float:
    """How often a difference is found with as many businesses on each side as were planned for it."""
    random, each = Random(f"{SEED} power {base} {gap}"), planned_size(base, gap)
    found = 0
    for _time in range(times):
        occasions = (
            Occasion(
                f"{treated}{number}",
                FIRST,
                treated,
                (),
                {FAILURE: (FIRST + timedelta(days=9),) if random.random() < base + gap * treated else ()},
            )
            for treated in (True, False)
            for number in range(each)
        )
        found += follow(occasions, FAILURE, MONTHS, today=TODAY).verdict == "more"
    return found / times


if __name__ == "__main__":
    how_often = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{how_often:,} times each, seed {SEED!r}\n")
    print("| measure | licences | truth | an interval is given | holds the truth | better | worse | cannot tell yet |")
    print("|---|---|---|---|---|---|---|---|")
    for size in (200, 600, 2_000):
        for one in MEASURES:
            was = measured(one, size, how_often)
            shares = " | ".join(f"{share:.1%}" for share in (was.told, was.covers, was.better, was.worse, was.unknown))
            print(f"| {one.name} | {size:,} | {one.truth * 100:+.1f} | {shares} |", flush=True)
    print("\n| it happens to, without | difference | planned on each side | found |\n|---|---|---|---|")
    for share, difference in ((0.1, 0.1), (0.3, 0.1), (0.3, 0.2), (0.5, 0.2)):
        each_side = planned_size(share, difference)
        print(
            f"| {share:.0%} | {difference:.0%} | {each_side} | {power(share, difference, how_often // 5):.1%} |",
            flush=True,
        )
