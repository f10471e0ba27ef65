"""Whether targeting is worth something: shares and differences with their intervals. Plain values in, plain values out.

All intervals are at 95 %: of a share Wilson's score interval (1927), of a difference of two shares Newcombe's hybrid of two
Wilson intervals (1998, method 10), of a mean the normal one with the standard error of the sample.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Literal

#: 97.5 % of the normal distribution lie below.
Z = 1.959963984540054
#: The share of the visits of a year that weights are judged by: those that they put highest.
TOP = 0.25
#: With fewer of either sort nothing is said of a signal.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class EvaluatedVisit:
    """A confirmed inspection: how it was chosen, what it found, and what the signals gave when it was chosen."""

    how: str
    year: int
    hit: bool
    points: int
    critical: int
    signals: Mapping[str, int]  # the value of each
    steps: Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and the interval that it lies in."""

    value: float
    low: float
    high: float

    def holds(self, truth: float) -> bool:
        return self.low <= truth <= self.high


def share(hits: int, of: int) -> Estimate | None:
    """A share with Wilson's interval; None of nothing."""
    if not of:
        return None
    p, z2 = hits / of, Z * Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Estimate(p, max(middle - half, 0.0), min(middle + half, 1.0))


def difference(one: tuple[int, int], other: tuple[int, int]) -> Estimate | None:
    """By how much the first share (hits, of) is greater than the other, with Newcombe's interval; None of nothing."""
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
    """A mean of numbers that are never less than nothing, with the normal interval as far as it can be; None of fewer than two."""
    if len(numbers) < 2:
        return None
    middle, error = fmean(numbers), stdev(numbers) / sqrt(len(numbers))
    return Estimate(middle, max(0.0, middle - Z * error), middle + Z * error)


@dataclass(frozen=True, slots=True)
class Arm:
    """What the visits that were chosen in one way have found."""

    how: str
    visits: int
    hits: int
    rate: Estimate | None
    points: Estimate | None
    critical: Estimate | None


def arm(how: str, visited: Iterable[EvaluatedVisit]) -> Arm:
    own = [one for one in visited if one.how == how]
    hits = sum(one.hit for one in own)
    return Arm(
        how=how,
        visits=len(own),
        hits=hits,
        rate=share(hits, len(own)),
        points=mean([one.points for one in own]),
        critical=mean([one.critical for one in own]),
    )


def lift(visited: Iterable[EvaluatedVisit], how: str = "targeted", against: str = "random") -> Estimate | None:
    """By how much more often the visits chosen in one way have found something than those chosen in the other."""
    both = list(visited)
    one, other = arm(how, both), arm(against, both)
    return difference((one.hits, one.visits), (other.hits, other.visits))


Verdict = Literal["useful", "useless", "misleading", "unknown"]


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether firms with a signal fail more often than those without."""

    code: str
    with_it: tuple[int, int]
    without: tuple[int, int]
    gap: Estimate | None
    verdict: Verdict


def worth(code: str, visited: Iterable[EvaluatedVisit]) -> Worth:
    """Of the visits that were drawn by lot only: among the targeted, a signal that was chosen for hides what others find."""
    drawn = [one for one in visited if one.how == "random" and code in one.signals]
    having = [one.hit for one in drawn if one.signals[code] >= _first_step(one, code)]
    lacking = [one.hit for one in drawn if one.signals[code] < _first_step(one, code)]
    with_it, without = (sum(having), len(having)), (sum(lacking), len(lacking))
    gap = difference(with_it, without)
    return Worth(code, with_it, without, gap, _verdict(gap, min(len(having), len(lacking))))


def _first_step(one: EvaluatedVisit, code: str) -> int:
    return min((at_least for at_least, points in one.steps[code] if points), default=1)


def _verdict(gap: Estimate | None, fewest: int) -> Verdict:
    if gap is None or fewest < FEWEST:
        return "unknown"
    if gap.low > 0:
        return "useful"
    return "misleading" if gap.high < 0 else "useless"


# --- a change of weights, tried on the past ---


@dataclass(frozen=True, slots=True)
class WeightsTrial:
    """What the visits drawn by lot had found among those that some weights put highest, in one year."""

    year: int
    drawn: int
    top: int
    hits: int
    rate: Estimate | None
    points: Estimate | None
    critical: Estimate | None


@dataclass(frozen=True, slots=True)
class YearComparison:
    """One year, or all together when `year` is 0: what the weights in force would have found, and what others would have."""

    year: int
    in_force: WeightsTrial
    proposed: WeightsTrial


def compare(
    visited: Iterable[EvaluatedVisit],
    in_force: Mapping[str, Sequence[tuple[int, int]]],
    proposed: Mapping[str, Sequence[tuple[int, int]]],
) -> list[YearComparison]:
    """Both weights on the same visits drawn by lot, year by year and all together; nothing where none was drawn.

    The quarters that both put highest overlap, so their intervals say how sure each is, not whether they differ.
    """
    drawn = [one for one in visited if one.how == "random"]
    both = zip(back_test(drawn, in_force), back_test(drawn, proposed), strict=True)
    years = [YearComparison(now.year, now, then) for now, then in both]
    if len(years) < 2:
        return years
    return [*years, YearComparison(0, _tried(drawn, 0, in_force, TOP), _tried(drawn, 0, proposed, TOP))]


def back_test(
    visited: Iterable[EvaluatedVisit], weights: Mapping[str, Sequence[tuple[int, int]]], *, top: float = TOP
) -> list[WeightsTrial]:
    """For each year, the hit rate among the quarter of the visits drawn by lot that these weights put highest.

    Ties at the edge are all taken, so that nothing depends on an order that means nothing.
    """
    drawn = [one for one in visited if one.how == "random"]
    return [_tried([one for one in drawn if one.year == year], year, weights, top) for year in _years(drawn)]


def _years(visited: Sequence[EvaluatedVisit]) -> list[int]:
    return sorted({one.year for one in visited})


def _tried(
    own: Sequence[EvaluatedVisit], year: int, weights: Mapping[str, Sequence[tuple[int, int]]], top: float
) -> WeightsTrial:
    scored = [(points_by(one.signals, weights), one) for one in own]
    edge = sorted((points for points, _one in scored), reverse=True)[max(round(len(scored) * top) - 1, 0)]
    highest = [one for points, one in scored if points >= edge]
    hits = sum(one.hit for one in highest)
    return WeightsTrial(
        year=year,
        drawn=len(own),
        top=len(highest),
        hits=hits,
        rate=share(hits, len(highest)),
        points=mean([one.points for one in highest]),
        critical=mean([one.critical for one in highest]),
    )


def points_by(signals: Mapping[str, int], weights: Mapping[str, Sequence[tuple[int, int]]]) -> int:
    """What these values come to by these weights."""
    return sum(_points(value, weights[code]) for code, value in signals.items() if code in weights)


def _points(value: int, steps: Sequence[tuple[int, int]]) -> int:
    return next((points for at_least, points in reversed(steps) if value >= at_least), 0)
