"""What was published lately of several: of whoever is in a place and a sector, or on a list. For feed readers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from public_lookup.follows.queries.follows import is_within
from public_lookup.lookup.filters import in_place, listing
from public_lookup.lookup.queries.history import PublishedChange, history
from registry.register.models import Entry, Withdrawal

#: How far a feed of several goes back, how many changes it tells of, and how many entries are looked at for them.
BACK = timedelta(days=60)
MOST = 100
_MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class FeedChange:
    """A change with whose it is: the name and the number as the entry of that change shows them."""

    name: str
    number: str
    change: PublishedChange


def of_place(place: str, sector: str, *, at: datetime) -> list[FeedChange]:
    """What was published in a place, a sector or both, newest first: of who came, who is there, and who left."""
    there = _lately(at).order_by("-entry_number")
    if place:
        there = there.filter(in_place(place))
    if sector:
        there = listing(there, "sectors", sector)
    return _newest(
        one
        for entries in _entries(set(there.values_list("listing", flat=True)[:_MOST_ENTRIES]))
        for one, beside in _changes(entries, at=at)
        if any(is_within(entry, place, sector) for entry in beside)
    )


def _lately(at: datetime) -> "QuerySet[Entry]":
    """The entries that were made or taken off lately, and those that they took the place of."""
    made = Entry.objects.filter(shown_from__gt=at - BACK).values("listing")
    gone = Withdrawal.objects.filter(at__gt=at - BACK).values("entry__listing")
    still_then = Q(shown_until=None) | Q(shown_until__gt=at - BACK)
    return Entry.objects.filter(still_then, Q(listing__in=made) | Q(listing__in=gone))


def of_firms(listings: set[int], *, at: datetime) -> list[FeedChange]:
    """What was published of these listings, newest first."""
    return _newest(one for entries in _entries(listings) for one, _beside in _changes(entries, at=at))


def _entries(listings: set[int]) -> Iterable[list[Entry]]:
    """Those of each listing, newest first."""
    found: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(listing__in=listings).order_by("-entry_number"):
        found.setdefault(entry.listing_id, []).append(entry)
    return found.values()


def _changes(entries: list[Entry], *, at: datetime) -> Iterator[tuple[FeedChange, list[Entry]]]:
    """The changes of one listing as far back as feeds go, each with the entry it made and the one it took away."""
    for change in history(entries, until=at):
        if change.at > at - BACK:
            beside = [entry for entry in entries if change.at in (entry.shown_from, entry.shown_until)]
            yield FeedChange(beside[0].name, beside[0].number, change), beside


def _newest(found: Iterable[FeedChange]) -> list[FeedChange]:
    return sorted(found, key=lambda one: (one.change.at, one.change.entry_number or 0), reverse=True)[:MOST]
