"""Estimates with their intervals, all at 95%. Plain values in, plain values out.

Of a share Wilson's score interval (1927), of a difference of two shares Newcombe's hybrid of two Wilson intervals (1998, method
10), of a mean of numbers of which many are zero the share that is not zero times the mean of those (Zou and Donner, 2008).
`python -m tests.benchmarks.intervals` measures how often each holds what is true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, sqrt
from statistics import fmean, stdev

#: 97.5% of the normal distribution lie below.
Z = 1.959963984540054
#: 80% of it lie below: how surely a difference is found that is there.
POWER = 0.8416212335729143
#: With fewer numbers, or fewer above zero, nothing is said of their mean.
FEWEST, FEWEST_ABOVE_ZERO = 20, 3
#: Few numbers look more alike than they are: their spread is taken for at least this part of their mean.
LEAST_SPREAD = 0.5
#: 97.5% of Student's distribution lie below, by how many numbers there are above zero, less one.
STUDENT = (
    *((2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365), (8, 2.306), (9, 2.262), (10, 2.228)),
    *((12, 2.179), (15, 2.131), (20, 2.086), (30, 2.042), (60, 2.0), (120, 1.98)),
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and the interval that it lies in."""

    value: float
    low: float
    high: float

    def holds(self, truth: float) -> bool:
        return self.low <= truth <= self.high


def wilson(p: float, of: float) -> Estimate:
    """A share with its interval; `of` is how many visits it rests on, which need not be whole."""
    z2 = Z * Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Estimate(p, max(middle - half, 0.0), min(middle + half, 1.0))


def share(hits: float, of: float) -> Estimate | None:
    """A share of so many; None of nothing."""
    return wilson(hits / of, of) if of else None


def difference(one: tuple[float, float], other: tuple[float, float]) -> Estimate | None:
    """By how much the first share (hits, of) is greater than the other; None of nothing."""
    a, b = share(*one), share(*other)
    if a is None or b is None:
        return None
    gap = a.value - b.value
    return Estimate(
        gap,
        gap - sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2),
        gap + sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2),
    )


def mean(numbers: Sequence[float]) -> Estimate | None:
    """A mean of numbers of zero and above; None where there are too few of them: it cannot be told yet."""
    above = [number for number in numbers if number > 0]
    if len(numbers) < FEWEST or len(above) < FEWEST_ABOVE_ZERO:
        return None
    some, size = wilson(len(above) / len(numbers), len(numbers)), fmean(above)
    spread = max(stdev(above), LEAST_SPREAD * size)
    # The interval of the size is taken on the scale of its logarithm, where it cannot pass zero.
    far = _student(len(above) - 1) * spread / sqrt(len(above)) / size
    middle = some.value * size
    down = sqrt(log(some.value / some.low) ** 2 + far**2)
    up = sqrt(log(some.high / some.value) ** 2 + far**2)
    return Estimate(middle, middle * exp(-down), middle * exp(up))


def _student(freedom: int) -> float:
    return next((value for most, value in reversed(STUDENT) if freedom >= most), STUDENT[0][1])


def needed_for_mean(hits: int, of: int) -> int:
    """About how many visits there must be in all before a mean can be told; 0 where it can be."""
    if hits >= FEWEST_ABOVE_ZERO:
        return 0 if of >= FEWEST else FEWEST
    return max(ceil(FEWEST_ABOVE_ZERO / ((hits + 1) / (of + 2))), of + 1, FEWEST)


def needed_for_difference(base: float, part: float, gap: float) -> int:
    """About how many visits show a difference of `gap` four times in five, where `part` of them are on the one side.

    `base` is the share of hits on both sides together.
    """
    spread = base * (1 - base) * (1 / part + 1 / (1 - part))
    return ceil((Z + POWER) ** 2 * spread / gap**2)


def needed_on_both_sides(having: tuple[float, float], lacking: tuple[float, float], gap: float) -> int:
    """How many show a difference of `gap`, given the hits and the visits of each side: more than there are.

    At most one in twenty on a side is planned for.
    """
    hits, of = having[0] + lacking[0], having[1] + lacking[1]
    part = min(max((having[1] + 1) / (of + 2), 0.05), 0.95)
    return max(needed_for_difference((hits + 1) / (of + 2), part, gap), floor(of) + 1)


def weighted(hits: Iterable[tuple[bool, float]]) -> tuple[float, float]:
    """Hits and visits as if all counted alike (Kish, 1965), of visits that each stand for a number of licences."""
    rows = list(hits)
    weight, squares = sum(one for _hit, one in rows), sum(one * one for _hit, one in rows)
    if not weight:
        return 0.0, 0.0
    of = weight**2 / squares
    return of * sum(one for hit, one in rows if hit) / weight, of
