"""Others on the register whose names are nearly those of one: who must not be confused with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.differences import Pieces, compared
from registry import names
from registry import search as index
from registry.register.models import Entry

#: More are not told apart on one page; a search for the name shows them all.
MOST = 5
# How alike a name must be (registry.names.score): one is the beginning of the other, or they differ by a letter or two.
_LEAST = 85.0


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody else, with the name of theirs that is so like one of the other's."""

    entry: Entry
    name: str
    #: The name that stands first, with the letters that differ, where they are few.
    pieces: Pieces = ()

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def other_name(self) -> str:
        """The name that is like, where it is not the one that stands first."""
        return self.name if self.name != self.entry.name else ""


def namesakes(entry: Entry, at: datetime) -> list[Namesake]:
    """Who else was on the register at that instant with a name nearly like one of this entry's, most alike first."""
    own = [entry.name, *entry.trading_names]
    listings = index.alike(own, index.PUBLIC, but=entry.listing_id)
    if not listings:
        return []
    folded = [names.fold(name) for name in own]
    alike = [_most_alike(folded, other) for other in on_register(at).filter(listing__in=listings)]
    ordered = sorted(alike, key=lambda one: (-round(one[0], 6), one[1].entry.name, one[1].entry.number))
    return [_compared(one, entry.name) for score, one in ordered if score >= _LEAST][:MOST]


def _compared(one: Namesake, name: str) -> Namesake:
    return one if one.other_name else replace(one, pieces=compared(name, one.name))


def _most_alike(folded: Sequence[str], other: Entry) -> tuple[float, Namesake]:
    scored = [(_score(folded, name), name) for name in (other.name, *other.trading_names)]
    score, name = max(scored, key=lambda one: one[0])
    return score, Namesake(other, name)


def _score(folded: Sequence[str], name: str) -> float:
    """Either may be the beginning of the other."""
    against = names.fold(name)
    return max(max(names.score(one, against), names.score(against, one)) for one in folded)
