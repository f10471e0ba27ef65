"""What followed after a measure, against businesses that did not have it. Plain values in, plain values out.

Both sides had the same occasion: a round that could select them, a visit, a case. Some had the measure then, and some did not.
What followed counts from the same day for both, and each business counts once, at its first occasion. Those that are the same in
their group are compared with each other: each without the measure weighs as much as it takes for both sides to be made up alike.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil, floor
from typing import Literal

from compliance.prevention.states import Effect, FollowedOutcome
from compliance.targeting.rules.evaluation import FEWEST, WORTHWHILE
from compliance.targeting.rules.intervals import (
    Estimate,
    difference,
    needed_for_difference,
    needed_on_both_sides,
    share,
    weighted,
)

#: What followed within these months.
HORIZONS = (6, 12, 24)
#: That a business was reported is shown of so many businesses or more: a smaller number could tell of a reporter.
FEWEST_REPORTED = 10

Verdict = Literal["more", "less", "no_difference", "unknown"]
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One business on one occasion on which it could have the measure, and all that followed.

    `events` are days of what is noticed whenever it happens, `looks` what was found on each day on which someone looked: of an
    outcome under `looks`, a business at which no one looked says nothing.
    """

    business: str
    on: date
    treated: bool
    group: Group = ()
    events: Mapping[str, Sequence[date]] = field(default_factory=dict)
    looks: Mapping[str, Sequence[tuple[date, bool]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FollowedResult:
    """What followed within some months with the measure and without it: businesses to which it happened, of how many.

    `waiting` had the measure, and the months are not over. `left_out` had it, and no business without it is the same.
    `rests_on` is in businesses of the same weight, and `needed` how many of these show a difference of `WORTHWHILE`.
    """

    outcome: str
    months: int
    with_it: tuple[int, int]
    without: tuple[int, int]
    waiting: int
    left_out: int
    rests_on: int = 0
    rate_with: Estimate | None = None
    rate_without: Estimate | None = None
    gap: Estimate | None = None
    verdict: Verdict = "unknown"
    needed: int = 0
    hidden: bool = False


def first_occasions(occasions: Iterable[Occasion]) -> list[Occasion]:
    """The first of each business: one that comes often would count as if it were several."""
    first: dict[str, Occasion] = {}
    for one in sorted(occasions, key=lambda one: (one.on, one.business)):
        first.setdefault(one.business, one)
    return list(first.values())


def follow(
    occasions: Iterable[Occasion], outcome: str, months: int, *, today: date, is_sensitive: bool = False
) -> FollowedResult:
    """What followed of one outcome. `is_sensitive`: small numbers are left out, with all that they follow from."""
    first = first_occasions(occasions)
    over = [one for one in first if months_later(one.on, months) <= today]
    known = [(one, hit) for one in over if (hit := _happened(one, outcome, months)) is not None]
    sizes = Counter((one.group, one.treated) for one, _hit in known)
    both = [(one, hit) for one, hit in known if sizes[one.group, True] and sizes[one.group, False]]
    treated = [(hit, 1.0) for one, hit in both if one.treated]
    others = [(hit, sizes[one.group, True] / sizes[one.group, False]) for one, hit in both if not one.treated]
    counts = _counted(treated), _counted(others)
    result = FollowedResult(
        outcome=outcome,
        months=months,
        with_it=counts[0],
        without=counts[1],
        waiting=sum(one.treated for one in first) - sum(one.treated for one in over),
        left_out=sum(one.treated for one, _hit in known) - len(treated),
    )
    if is_sensitive and any(number < FEWEST_REPORTED for hits, of in counts for number in (hits, of - hits)):
        return _hidden(result)
    return _judged(result, weighted(treated), weighted(others))


def _hidden(result: FollowedResult) -> FollowedResult:
    return FollowedResult(
        outcome=result.outcome,
        months=result.months,
        with_it=(0, result.with_it[1]),
        without=(0, result.without[1]),
        waiting=result.waiting,
        left_out=result.left_out,
        hidden=True,
    )


def longest_only(results: Iterable[FollowedResult]) -> list[FollowedResult]:
    """Of one sensitive outcome only the longest time that can be shown: the difference of two would be a small number."""
    every = list(results)
    last = max((one.months for one in every if not one.hidden), default=None)
    return [one if one.months == last else _hidden(one) for one in every]


def _judged(result: FollowedResult, having: tuple[float, float], lacking: tuple[float, float]) -> FollowedResult:
    of = having[1], lacking[1]
    gap = difference(having, lacking) if min(of) >= FEWEST else None
    verdict = verdict_of(gap)
    return replace(
        result,
        rests_on=floor(sum(of) + 1e-9),
        rate_with=share(*having) if gap else None,
        rate_without=share(*lacking) if gap else None,
        gap=gap,
        verdict=verdict,
        needed=needed_on_both_sides(having, lacking, WORTHWHILE) if verdict == "unknown" else 0,
    )


#: Whether it is better that it happens more often, or less often. Of what is not here, neither is said.
WANTED: Mapping[str, Verdict] = {
    FollowedOutcome.MET_AGAIN: "more",
    FollowedOutcome.REPORT: "less",
    FollowedOutcome.FAILURE: "less",
    FollowedOutcome.NEW_CASE: "less",
}


def effect_of(result: FollowedResult) -> Effect:
    """What the page says of it."""
    if result.hidden:
        return Effect.HIDDEN
    if result.verdict in ("more", "less") and result.outcome in WANTED:
        return Effect.BETTER if result.verdict == WANTED[result.outcome] else Effect.WORSE
    return Effect(result.verdict)


def _happened(one: Occasion, outcome: str, months: int) -> bool | None:
    """Whether it followed within these months; None where no one looked."""
    end = months_later(one.on, months)
    if outcome in one.looks:
        found = [hit for day, hit in one.looks[outcome] if one.on < day <= end]
        return any(found) if found else None
    if outcome in one.events:
        return any(one.on < day <= end for day in one.events[outcome])
    return None


def _counted(rows: Sequence[tuple[bool, float]]) -> tuple[int, int]:
    return sum(hit for hit, _weight in rows), len(rows)


def verdict_of(gap: Estimate | None) -> Verdict:
    """That there is no difference is said only where none that matters is left in the interval."""
    if gap is None:
        return "unknown"
    if gap.low > 0:
        return "more"
    if gap.high < 0:
        return "less"
    return "no_difference" if max(-gap.low, gap.high) < WORTHWHILE else "unknown"


def planned_size(base: float, gap: float) -> int:
    """How many businesses on each side show a difference of `gap` four times in five, where `base` is the share without it."""
    middle = base + gap / 2
    return ceil(needed_for_difference(middle, 0.5, gap) / 2)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


# --- what businesses are matched on ---

#: From so many workers on, by class.
SIZES = ((1, "1-19"), (20, "20-99"), (100, "100-499"), (500, "500+"))


def size_class(workers: int | None) -> str:
    """Unknown is a class of its own."""
    if workers is None:
        return "unknown"
    return next((name for least, name in reversed(SIZES) if workers >= least), "0")


def score_band(points: int | None, middle: float) -> str:
    """Where a score is among the scores of the scheme that are not zero; not scored is a band of its own."""
    if points is None:
        return "not scored"
    if points == 0:
        return "none"
    return "lower" if points <= middle else "higher"


def past_findings(visits: Iterable[tuple[date, bool]], before: date) -> str:
    """What the last visit before this day found."""
    earlier = [hit for day, hit in sorted(visits) if day < before]
    if not earlier:
        return "no visit"
    return "not met" if earlier[-1] else "all met"
