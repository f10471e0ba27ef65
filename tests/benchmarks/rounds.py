"""Whether the rounds of a year tell the rate of failures among all licences: `python -m tests.benchmarks.rounds [10000]` years.

Licences of which the truth is known, by the functions that choose and estimate: the score tells something of who fails, people
choose the highest of it, and the rest of the visits is selected at random. A business that failed meets its standards from then
on three times in ten. Against it: all visits by the score alone. Needs no database. Seeded: the same years come each time.
"""

import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from compliance.targeting.rules import random_sample
from compliance.targeting.rules.failure_rate import FailureRate, RoundSample, SelectedVisit, failure_rate
from registry import schemes

SEED = "rounds 2026"
MENDS = 0.3


@dataclass(frozen=True, slots=True)
class Field:
    """What is simulated: so many licences, rounds of so many visits, and how often a licence fails at the lowest and highest score."""

    name: str
    licences: int
    visits: int
    rounds: int
    lowest: float
    highest: float


FIELDS = (
    Field("1,000 licences, 4 rounds of 25", 1000, 25, 4, 0.05, 0.45),
    Field("1,000 licences, 4 rounds of 50", 1000, 50, 4, 0.05, 0.45),
    Field("400 licences, 4 rounds of 15", 400, 15, 4, 0.10, 0.60),
    Field("150 licences, 2 rounds of 20", 150, 20, 2, 0.05, 0.40),
)


@dataclass(slots=True)
class Year:
    """One simulated year."""

    truth: float
    found: FailureRate
    hits: int
    hits_by_score: int


def percent() -> int:
    """The share at random that the pack says, which `/how-we-choose/` prints."""
    targeting = schemes.get("gla-food", schemes.versions("gla-food")[-1]).targeting
    assert targeting is not None
    return targeting.random_percent


def a_year(field: Field, number: int, share: int) -> Year:
    random = Random(f"{SEED} {field.name} {number}")
    codes = [(f"L{one:04}", 0, f"{random.getrandbits(64):016x}") for one in range(field.licences)]
    score = [random.paretovariate(2.0) for _licence in codes]
    order = sorted(range(field.licences), key=lambda one: -score[one])
    chance = [0.0] * field.licences
    for place, one in enumerate(order):
        chance[one] = field.lowest + (field.highest - field.lowest) * (1 - place / field.licences) ** 6
    fails = [random.random() < one for one in chance]
    by_score = _hits_by_score(field, order, fails)
    place_of = {row[0]: place for place, row in enumerate(codes)}
    visited: set[int] = set()
    truth, samples, hits = [], [], 0
    at_random = random_sample.share_of(field.visits, share)
    for turn in range(field.rounds):
        truth.append(fmean(fails))
        chosen = [one for one in order if one not in visited][: field.visits - at_random]
        listed = random_sample.with_chances(codes, capacity=field.visits, chosen={codes[one][0] for one in chosen})
        figures = hashlib.sha256(f"{number} {turn}".encode()).hexdigest()
        drawn = random_sample.drawn(listed, seed=f"{SEED} {number}", figures=figures)
        by_lot = [place_of[row.number] for row in drawn]
        visits = [SelectedVisit(1.0, fails[one], False) for one in chosen]
        visits += [SelectedVisit(row.chance, fails[one], True) for row, one in zip(drawn, by_lot, strict=True)]
        samples.append(RoundSample(field.licences, len(chosen), visits))
        hits += sum(visit.failed or False for visit in visits)
        for one in (*chosen, *by_lot):
            visited.add(one)
            if fails[one] and random.random() < MENDS:
                fails[one] = False
    return Year(fmean(truth), failure_rate(samples), hits, by_score)


def _hits_by_score(field: Field, order: Sequence[int], fails: Sequence[bool]) -> int:
    """What the same number of visits would find if all went by the score, each licence once."""
    return sum(fails[one] for one in order[: field.visits * field.rounds])


@dataclass(frozen=True, slots=True)
class Summary:
    """What many simulated years come to."""

    field: Field
    bias: float
    covers: float
    wide: float
    hits: float


def measured(field: Field, years: int, *, first: int = 0, share: int | None = None) -> Summary:
    share = share or percent()
    own = [a_year(field, number, share) for number in range(first, first + years)]
    told = [(year.truth, year.found.rate) for year in own if year.found.rate]
    return Summary(
        field=field,
        bias=fmean(rate.value - truth for truth, rate in told),
        covers=fmean(rate.holds(truth) for truth, rate in told),
        wide=fmean(rate.high - rate.low for _truth, rate in told),
        hits=sum(year.hits for year in own) / sum(year.hits_by_score for year in own),
    )


def summaries(years: int) -> Iterator[Summary]:
    for field in FIELDS:
        yield measured(field, years)


if __name__ == "__main__":
    began = time.perf_counter()
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{how_many:,} years each, seed {SEED!r}, {percent()}% at random\n")
    print(
        "| licences and visits | bias, points | intervals that hold the truth | mean width, points | hits of pure ranking |"
    )
    print("|---|---|---|---|---|")
    for one in summaries(how_many):
        print(
            f"| {one.field.name} | {100 * one.bias:+.2f} | {100 * one.covers:.1f}% | {100 * one.wide:.1f} | {100 * one.hits:.1f}% |",
            flush=True,
        )
    print(f"\n{time.perf_counter() - began:.0f} s")
