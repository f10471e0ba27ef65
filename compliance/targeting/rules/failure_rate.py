"""How many of all licences would fail a visit, estimated from rounds in which each licence had a known chance to be visited.

Each visit represents as many licences as one in its chance says (Horvitz and Thompson, 1952): one that people chose for itself
alone, one selected at random for all that were not chosen. The interval is at 95%: Wilson's, with the number of visits that
would say as much if all counted alike (Kish), corrected for what part of the licences was visited. What was selected and not
visited is left out of the estimate and widens its interval: once as if it had met every standard, once as if it had failed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compliance.targeting.rules.intervals import Estimate, wilson

#: With fewer visits selected at random nothing is said of all licences.
FEWEST_AT_RANDOM = 8


@dataclass(frozen=True, slots=True)
class SelectedVisit:
    """A visit of a round: with which chance it was selected, and what it found; None where it was explained instead."""

    chance: float
    failed: bool | None
    is_random: bool


@dataclass(frozen=True, slots=True)
class RoundSample:
    """A round that is over: how many licences were on its list, how many of these people chose, and its visits."""

    licences: int
    chosen: int
    visits: Sequence[SelectedVisit]


@dataclass(frozen=True, slots=True)
class FailureRate:
    """What the rounds of a year say of all licences together."""

    rounds: int
    licences: int  # on the lists, all rounds together
    chosen: int
    at_random: int
    not_visited: int
    rate: Estimate | None  # None: cannot tell yet

    @property
    def needed(self) -> int:
        """How many more visits selected at random it takes before anything is said."""
        return 0 if self.rate else max(FEWEST_AT_RANDOM - self.at_random, 1)


def failure_rate(rounds: Iterable[RoundSample]) -> FailureRate:
    """The share of licences that would fail, over the rounds of a year together."""
    own = list(rounds)
    visits = [visit for one in own for visit in one.visits]
    at_random, chosen = ([one for one in visits if one.is_random is wanted] for wanted in (True, False))
    return FailureRate(
        rounds=len(own),
        licences=sum(one.licences for one in own),
        chosen=len(_seen(chosen)),
        at_random=len(_seen(at_random)),
        not_visited=len(visits) - len(_seen(visits)),
        rate=_rate(own, chosen, at_random),
    )


def _rate(
    rounds: Sequence[RoundSample], chosen: Sequence[SelectedVisit], at_random: Sequence[SelectedVisit]
) -> Estimate | None:
    licences, certain = sum(one.licences for one in rounds), sum(one.chosen for one in rounds)
    others = licences - certain
    seen, drawn = _seen(chosen), _seen(at_random)
    if len(drawn) < min(FEWEST_AT_RANDOM, others) or (certain and not seen) or not licences:
        return None
    value = certain * _share(seen) + others * _share(drawn)
    low = certain * _share(chosen, unseen=False) + others * _ends(at_random, unseen=False).low
    high = certain * _share(chosen, unseen=True) + others * _ends(at_random, unseen=True).high
    return Estimate(value / licences, low / licences, high / licences)


def _seen(visits: Iterable[SelectedVisit]) -> list[SelectedVisit]:
    return [one for one in visits if one.failed is not None]


def _share(visits: Sequence[SelectedVisit], *, unseen: bool = False) -> float:
    """The share that failed, each visit counted as often as one in its chance says, the unvisited as is said; 0 of none."""
    weight = sum(1 / one.chance for one in visits)
    failed = sum(1 / one.chance for one in visits if (unseen if one.failed is None else one.failed))
    return failed / weight if weight else 0.0


def _ends(visits: Sequence[SelectedVisit], *, unseen: bool) -> Estimate:
    """Wilson's interval for those selected at random, the unvisited counted as is said."""
    share, weight = _share(visits, unseen=unseen), sum(1 / one.chance for one in visits)
    spread = sum((1 - one.chance) / one.chance**2 for one in visits)
    return wilson(share, weight**2 / spread) if spread else Estimate(share, share, share)
