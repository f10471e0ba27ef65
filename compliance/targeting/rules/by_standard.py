"""What targeted visits found against visits selected at random, of each standard. Plain values in and out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from compliance.targeting.rules.intervals import Estimate, difference, share

#: With fewer visits of either sort a standard is counted together with the others of which this is so.
FEWEST_LOOKED = 3
#: What these are called together.
OTHERS = "others"
#: For each visit that was selected in one way, the standards that it looked at, and whether each was not met.
LookedAt = Sequence[Mapping[str, bool]]
Hits = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StandardLift:
    """Of one standard, the visits that found it not met and those that looked at it."""

    code: str
    targeted: Hits
    random: Hits

    @property
    def rates(self) -> tuple[tuple[str, Hits, Estimate | None], ...]:
        return tuple((how, hits, share(*hits)) for how, hits in (("targeted", self.targeted), ("random", self.random)))

    @property
    def lift(self) -> Estimate | None:
        return difference(self.targeted, self.random)


def lifts(targeted: LookedAt, at_random: LookedAt) -> Iterable[StandardLift]:
    """Of each standard that any visit found not met, the most often first; then of those that few visits looked at, together."""
    codes = sorted({code for one in (*targeted, *at_random) for code in one})
    apart = [one for one in (_lift(code, {code}, targeted, at_random) for code in codes) if _is_enough(one)]
    found = [one for one in apart if one.targeted[0] + one.random[0]]
    yield from sorted(found, key=lambda one: -one.targeted[0] - one.random[0])
    rest = _lift(OTHERS, set(codes) - {one.code for one in apart}, targeted, at_random)
    if _is_enough(rest):
        yield rest


def _lift(code: str, codes: Collection[str], targeted: LookedAt, at_random: LookedAt) -> StandardLift:
    return StandardLift(code, _hits(codes, targeted), _hits(codes, at_random))


def _hits(codes: Collection[str], visits: LookedAt) -> Hits:
    """A visit that found any of these not met, of the visits that looked at any."""
    looked = [[unmet for code, unmet in one.items() if code in codes] for one in visits]
    return sum(any(one) for one in looked), sum(bool(one) for one in looked)


def _is_enough(one: StandardLift) -> bool:
    return min(one.targeted[1], one.random[1]) >= FEWEST_LOOKED
