"""Which words a campaign may have, the noise of what is shown, and what a campaign changed. Plain values in and out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt
from random import SystemRandom
from statistics import fmean, variance
from typing import Literal, Protocol

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

#: Short enough for a radio spot, and never as long as the code of a certificate.
WORD = re.compile(r"[a-z]{3,7}")
#: How wide the noise is: each number is at most `WITHIN` away from the true one in 96 of 100 weeks.
WIDTH, WITHIN = 2.0, 6
#: Weeks and people without which no change is told.
FEWEST_WEEKS, FEWEST_PEOPLE = 2, 30
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)
#: To which multiple counts of reports are rounded before they are compared, and the variance of what that changes.
STEP, STEP_VARIANCE = 5, 2.0
Z = 1.959963984540054


class Whole(Protocol):
    """Where chance comes from."""

    def random(self) -> float: ...


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


def plan_blockers(*, word: str, is_taken: bool, starts_on: date, until: date, today: date) -> Iterator[Reason]:
    if not WORD.fullmatch(word):
        yield Reason("word", _("The word must have 3 to 7 letters from a to z."), "word")
    elif is_taken:
        yield Reason("word_taken", _("Another campaign has this word. Choose a different word."), "word")
    if starts_on <= today:
        yield Reason(
            "starts_too_soon", _("The first day must be in the future: someone else approves it first."), "starts_on"
        )
    if until < starts_on:
        yield Reason("runs_backwards", _("The last day must not be before the first."), "until")


def second_person_blockers(planned_by: int, by: int) -> Iterator[Reason]:
    if planned_by == by:
        yield Reason("same_person", _("You planned it, so someone else must decide."))


def noise(chance: Whole | None = None) -> int:
    """Two-sided geometric: as likely above as below, and the same for everyone who was counted (Ghosh, Roughgarden, Sundararajan 2012)."""
    random = chance or SystemRandom()
    return _one_sided(random) - _one_sided(random)


def _one_sided(random: Whole) -> int:
    return int(log(1 - random.random()) * -WIDTH)


def noise_variance() -> float:
    share = exp(-1 / WIDTH)
    return 2 * share / (1 - share) ** 2


Said = Literal["more", "less", "unknown"]


@dataclass(frozen=True, slots=True)
class ChangedRatio:
    """By what it was multiplied while the campaign ran, with the interval at 95%; nothing where it cannot be told yet."""

    value: float
    low: float
    high: float

    @property
    def said(self) -> Said:
        return "more" if self.low > 1 else "less" if self.high < 1 else "unknown"


def before_and_after(before: Sequence[int], during: Sequence[int]) -> ChangedRatio | None:
    """Weeks while it ran against as many before, of numbers with noise. Other things may have changed too."""
    if min(len(before), len(during)) < FEWEST_WEEKS or min(sum(before), sum(during)) < FEWEST_PEOPLE:
        return None
    return _ratio(log(fmean(during) / fmean(before)), _spread(before) + _spread(during))


def _spread(weeks: Sequence[int]) -> float:
    """The variance of the logarithm of their mean: what they vary by, and at least what chance and the noise make."""
    mean = fmean(weeks)
    return max(variance(weeks), mean + noise_variance()) / len(weeks) / mean**2


def places_and_weeks(
    *, here_before: int, here_during: int, elsewhere_before: int, elsewhere_during: int, fewest: int
) -> ChangedRatio | None:
    """Places with it against places without it, weeks while it ran against as many before: a difference in differences of counts.

    Each count is rounded to `STEP`, because the ratio and its interval give the counts away: of two campaigns whose places
    differ by one town, that would be the number of reports that name the town.
    """
    counts = (here_before, here_during, elsewhere_before, elsewhere_during)
    if min(counts) < fewest:
        return None
    before, during, other_before, other_during = rounded = [STEP * round(count / STEP) for count in counts]
    change = log(during / before) - log(other_during / other_before)
    return _ratio(change, sum(1 / count + STEP_VARIANCE / count**2 for count in rounded))


def _ratio(middle: float, spread: float) -> ChangedRatio:
    far = Z * sqrt(spread)
    return ChangedRatio(exp(middle), exp(middle - far), exp(middle + far))
