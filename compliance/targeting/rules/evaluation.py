"""Whether targeting finds more than chance, what each signal tells, and how weights would have done. Plain values in and out.

A visit represents as many licences as one in its chance says: so visits that people chose and visits selected at random speak
together of all licences. What a number rests on is said in visits that would say as much if all had the same chance. Where that
is too little, the answer is "cannot tell yet", with what it takes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal

from compliance.targeting.rules.intervals import (
    Estimate,
    difference,
    mean,
    needed_for_mean,
    needed_on_both_sides,
    share,
    weighted,
)
from compliance.targeting.rules.points import points_at

#: The share of the licences that weights are judged by: those that they put highest.
TOP = 0.25
#: With fewer visits of either sort nothing is said of a signal, nor of weights with fewer in the part they put highest.
FEWEST = 10
#: A smaller difference of two hit rates matters to no one: ten points of a hundred.
WORTHWHILE = 0.10


@dataclass(frozen=True, slots=True)
class EvaluatedVisit:
    """A confirmed inspection: how it was chosen, what it found, and what the signals gave when it was chosen.

    `weight` is how many licences it represents: one in its chance, and 0 where that is not known.
    """

    how: str
    year: int
    hit: bool
    points: int
    critical: int
    signals: Mapping[str, int]  # the value of each
    steps: Mapping[str, Sequence[tuple[int, int]]]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Arm:
    """What the visits that were chosen in one way have found. `needed` is how many it takes to tell the points of a visit."""

    how: str
    selected: int
    explained: int
    visits: int
    hits: int
    rate: Estimate | None
    points: Estimate | None
    critical: Estimate | None
    needed: int

    @property
    def waiting(self) -> int:
        return max(self.selected - self.explained - self.visits, 0)


def arm(how: str, visited: Iterable[EvaluatedVisit], *, selected: int = 0, explained: int = 0) -> Arm:
    """`selected` is how many visits were selected in this way, and `explained` how many of these were not made, with a reason."""
    own = [one for one in visited if one.how == how]
    hits = sum(one.hit for one in own)
    return Arm(
        how=how,
        selected=selected,
        explained=explained,
        visits=len(own),
        hits=hits,
        rate=share(hits, len(own)),
        points=mean([one.points for one in own]),
        critical=share(sum(one.critical > 0 for one in own), len(own)),
        needed=needed_for_mean(sum(one.points > 0 for one in own), len(own)),
    )


def lift(visited: Iterable[EvaluatedVisit], how: str = "targeted", against: str = "random") -> Estimate | None:
    """By how much more often the visits chosen in one way have found something than those chosen in the other."""
    both = list(visited)
    one, other = arm(how, both), arm(against, both)
    return difference((one.hits, one.visits), (other.hits, other.visits))


Verdict = Literal["useful", "no_difference", "misleading", "unknown"]


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether licences with a signal fail more often than those without, and on how many visits that rests.

    `rests_on` is in visits of the same chance; `needed` is how many of these it takes to see a difference of `WORTHWHILE`.
    """

    code: str
    with_it: tuple[int, int]
    without: tuple[int, int]
    gap: Estimate | None
    verdict: Verdict
    rests_on: int = 0
    needed: int = 0


def worth(code: str, visited: Iterable[EvaluatedVisit]) -> Worth:
    """Of the visits whose chance is known: among others, a signal that was chosen for hides what the rest would find."""
    known = [one for one in visited if one.weight and code in one.signals]
    having = [one for one in known if one.signals[code] >= _first_step(one, code)]
    lacking = [one for one in known if one.signals[code] < _first_step(one, code)]
    both = _alike(having), _alike(lacking)
    gap, fewest = difference(*both), min(of for _hits, of in both)
    verdict = _verdict(gap, fewest)
    return Worth(
        code=code,
        with_it=(sum(one.hit for one in having), len(having)),
        without=(sum(one.hit for one in lacking), len(lacking)),
        gap=gap if fewest >= FEWEST else None,
        verdict=verdict,
        rests_on=floor(sum(of for _hits, of in both)),
        needed=needed_on_both_sides(*both, WORTHWHILE) if verdict == "unknown" else 0,
    )


def _alike(visited: Iterable[EvaluatedVisit]) -> tuple[float, float]:
    """Hits and visits as if all had the same chance."""
    return weighted((one.hit, one.weight) for one in visited)


def _first_step(one: EvaluatedVisit, code: str) -> int:
    return min((at_least for at_least, points in one.steps[code] if points), default=1)


def _verdict(gap: Estimate | None, fewest: float) -> Verdict:
    """That there is no difference is said only where none that matters is left in the interval."""
    if gap is None or fewest < FEWEST:
        return "unknown"
    if gap.low > 0:
        return "useful"
    if gap.high < 0:
        return "misleading"
    return "no_difference" if max(-gap.low, gap.high) < WORTHWHILE else "unknown"


# --- a change of weights, tried on the past ---


@dataclass(frozen=True, slots=True)
class WeightsTrial:
    """What visits had found among the quarter of the licences that some weights put highest, in one year.

    `drawn` visits were tried, and `top` of these lie in the quarter: `rests_on` visits of the same chance would say as much.
    """

    year: int
    drawn: int
    top: int
    hits: int
    rate: Estimate | None
    critical: Estimate | None
    rests_on: int = 0

    @property
    def tells(self) -> bool:
        """Whether it says anything: enough visits in the quarter, and some that are not in it."""
        return self.rests_on >= FEWEST and self.top < self.drawn


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
    """Both weights on the same visits, year by year and all together; nothing where none has a known chance.

    The quarters that both put highest overlap, so their intervals say how sure each is, not whether they differ.
    """
    known = _known(visited)
    both = zip(back_test(known, in_force), back_test(known, proposed), strict=True)
    years = [YearComparison(now.year, now, then) for now, then in both]
    if len(years) < 2:
        return years
    return [*years, YearComparison(0, _tried(known, 0, in_force, TOP), _tried(known, 0, proposed, TOP))]


def back_test(
    visited: Iterable[EvaluatedVisit], weights: Mapping[str, Sequence[tuple[int, int]]], *, top: float = TOP
) -> list[WeightsTrial]:
    """For each year, the hit rate among the quarter of the licences that these weights put highest.

    Ties at the edge are all taken, so that nothing depends on an order that means nothing.
    """
    known = _known(visited)
    years = sorted({one.year for one in known})
    return [_tried([one for one in known if one.year == year], year, weights, top) for year in years]


def _known(visited: Iterable[EvaluatedVisit]) -> list[EvaluatedVisit]:
    return [one for one in visited if one.weight]


def _tried(
    own: Sequence[EvaluatedVisit], year: int, weights: Mapping[str, Sequence[tuple[int, int]]], top: float
) -> WeightsTrial:
    scored = sorted(((points_by(one.signals, weights), one) for one in own), key=lambda row: -row[0])
    highest = _highest(scored, top)
    hits, of = _alike(highest)
    critical, _of = weighted((one.critical > 0, one.weight) for one in highest)
    return WeightsTrial(
        year=year,
        drawn=len(own),
        top=len(highest),
        hits=sum(one.hit for one in highest),
        rate=share(hits, of),
        critical=share(critical, of),
        rests_on=floor(of + 1e-9),
    )


def _highest(scored: Sequence[tuple[int, EvaluatedVisit]], top: float) -> list[EvaluatedVisit]:
    """Those that stand for the highest part of the licences, with all that have as many points as the last of them."""
    wanted, taken = top * sum(one.weight for _points, one in scored), 0.0
    edge = scored[-1][0]
    for points, one in scored:
        taken += one.weight
        if taken >= wanted - 1e-9:
            edge = points
            break
    return [one for points, one in scored if points >= edge]


def points_by(signals: Mapping[str, int], weights: Mapping[str, Sequence[tuple[int, int]]]) -> int:
    """What these values come to by these weights."""
    return sum(points_at(value, weights[code]) for code, value in signals.items() if code in weights)
