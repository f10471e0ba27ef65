"""What the register said of the listings of a board: on a day, and on all the days that each supplied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.utils import timezone

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.rules.days import ShownDates, licensed_days, without
from public_lookup.lookup.queries.answers import when_of, word_of
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.rules.days import last_day
from registry.register.models import Entry
from registry.register.states import OUTCOMES, Outcome, Standing

_ENDS = ("suspended_from", "revoked_from", "surrendered_from", "ended_from", "valid_until")
_DATES = (
    "valid_from",
    "valid_until",
    "suspended_from",
    "suspended_until",
    "revoked_from",
    "surrendered_from",
    "ended_from",
)
Listings: TypeAlias = "QuerySet[Any, Any] | Iterable[int]"


@dataclass(slots=True)
class ListingStanding:
    """What the register said of a listing on a day, as far as counts need it."""

    outcome: Outcome
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ShownSupplier:
    """What the register said of a listing on a day, as people read it."""

    entry: Entry
    last_day: date | None

    @property
    def word(self) -> str:
        return word_of(self.entry)

    @property
    def when(self) -> str:
        return when_of(self.entry, self.last_day)


def listings_of(board: SupplierBoard) -> "QuerySet[Any, Any]":
    """The keys of the listings that its lines mean, as a part of a statement."""
    return SupplierLine.objects.of_board(board).exclude(listing=None).values("listing")


def standings(listings: Listings, at: datetime) -> dict[int, ListingStanding]:
    """By listing. Who was not shown then is left out: of them the register said nothing."""
    rows = on_register(at).filter(listing__in=listings).values_list("listing_id", "standing", *_ENDS, named=True)
    return {row.listing_id: ListingStanding(OUTCOMES[Standing(row.standing)], last_day(row)) for row in rows}


def shown(listings: Iterable[int], at: datetime) -> dict[int, ShownSupplier]:
    """By listing, with all that people read of it."""
    entries = on_register(at).filter(listing__in=set(listings))
    return {entry.listing_id: ShownSupplier(entry, last_day(entry)) for entry in entries}


def licensed_by_listing(listings: Listings) -> dict[int, list[tuple[date, date]]]:
    """The days on which the register said that each was licensed, by the entry that it showed at the end of each day."""
    found: dict[int, list[ShownDates]] = {}
    rows = Entry.objects.filter(listing__in=listings).order_by("entry_number")
    for listing, start, end, *dates in rows.values_list("listing_id", "shown_from", "shown_until", *_DATES):
        # An entry that was closed during a day did not speak at the end of that day.
        last = timezone.localdate(end) - timedelta(days=1) if end else None
        found.setdefault(listing, []).append(ShownDates(timezone.localdate(start), last, *dates))
    return {listing: licensed_days(entries) for listing, entries in found.items()}


def unlicensed(line: SupplierLine, licensed: Mapping[int, list[tuple[date, date]]], on: date) -> list[list[str]]:
    """As a line keeps it: the stretches until `on` that it supplied without a licence."""
    until = min(line.until or on, on)
    if line.listing_id is None or until < line.starts:
        return []
    left = without([(line.starts, until)], licensed.get(line.listing_id, []))
    return [[start.isoformat(), end.isoformat()] for start, end in left]
