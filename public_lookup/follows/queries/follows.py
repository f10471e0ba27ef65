"""Follows: by the key of their mails, and whom a change concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.queries.lists import firms_of
from public_lookup.bulk_checks.states import OF_A_LIST
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.lookup.filters import read_numbers, sector_choices
from public_lookup.lookup.queries.history import PublishedChange, history
from public_lookup.lookup.queries.instants import on_register
from public_lookup.open_data.queries.changes import RegisterChanges
from registry import signing
from registry.register.models import Entry, Listing

OF_A_BOARD = _("Your suppliers: %(number)s labour providers")
DATES = ("valid_from", "suspended_from", "revoked_from", "surrendered_from", "ended_from", "refused_from")
LAST_DAYS = ("valid_until", "suspended_until")
UNCONFIRMED, STOPPED = timedelta(days=7), timedelta(days=30)


def follow_of(key: str) -> Follow | None:
    """The follow that this key of a mail belongs to; None for any other text."""
    number, _dash, digest = key.partition("-")
    follow = Follow.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    return follow if follow and signing.same_digest(follow.key, f"{number}-{digest}") else None


def follows_of_number(number: str) -> list[tuple[Follow, str]]:
    """What a telephone is told of, each with its name."""
    found = Follow.objects.live().by(FollowChannel.TEXT).filter(address=number).order_by("pk")
    return [(follow, what_is_followed(follow)) for follow in found]


@dataclass(frozen=True, slots=True)
class ListingNews:
    """What the register now says of one listing: its entry, none when it was taken off, and what was published of it."""

    listing: int
    entry: Entry | None
    entries: tuple[Entry, ...]

    @property
    def standing(self) -> str:
        return self.entry.standing if self.entry else "not_shown"

    @property
    def number(self) -> str:
        return self.entries[0].number

    @property
    def name(self) -> str:
        return self.entries[0].name

    @property
    def newest(self) -> int:
        return self.entries[0].entry_number

    def since(self, entry: int, *, until: datetime) -> list[PublishedChange]:
        """What was published after an entry, oldest first."""
        found = history(self.entries, until=until)
        return [change for change in reversed(found) if change.entry_number is None or change.entry_number > entry]

    def lies_in(self, follow: Follow) -> bool:
        """Whether a follow of a place or a sector takes it in: what is there, and what has just left."""
        return any(is_within(entry, follow.place, follow.sector) for entry in self.entries[:2])


def is_within(entry: Entry, place: str, sector: str) -> bool:
    """Whether it is registered in the place, and for the sector; whatever is empty takes in all."""
    places = (entry.address.get(name, "") for name in ("town", "county", "postcode"))
    in_place = not place or any(_same_beginning(one, place) for one in places)
    return in_place and (not sector or sector in entry.sectors)


def listing_with(number: str) -> Listing | None:
    """Whose licence number this is, or was: ours, or one of the authority before us."""
    for wanted in read_numbers(number):
        if given := Entry.objects.filter(number=wanted).select_related("listing").first():
            return given.listing
    return None


def what_is_followed(follow: Follow) -> str:
    """The name of the one that is followed, how many of a list, or the place and the sector."""
    if follow.listing_id:
        newest = Entry.objects.filter(listing=follow.listing_id).order_by("-entry_number").first()
        return f"{newest.name} ({newest.number})" if newest else ""
    if follow.check_list:
        return str(OF_A_LIST % {"number": f"{len(firms_of(follow.check_list)):,}"})
    if follow.board_id:
        return str(OF_A_BOARD % {"number": f"{follow.watched.count():,}"})
    return place_in_words(follow.place, follow.sector, on=timezone.localdate(follow.asked_at))


def place_in_words(place: str, sector: str, *, on: date) -> str:
    return ", ".join(filter(None, [place, dict(sector_choices(on)).get(sector, sector)]))


def news(moved: Iterable[int], *, at: datetime) -> list[ListingNews]:
    """What the register says now of these listings."""
    wanted = set(moved)
    shown = {entry.listing_id: entry for entry in on_register(at).filter(listing__in=wanted)}
    entries: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(listing__in=wanted).order_by("-entry_number"):
        entries.setdefault(entry.listing_id, []).append(entry)
    return [ListingNews(listing, shown.get(listing), tuple(found)) for listing, found in entries.items()]


def moved_by(changes: RegisterChanges) -> set[int]:
    made = {one.entry.listing_id for one in changes.made}
    return made | {one.entry.listing_id for one in changes.withdrawn}


def moved_by_date(after: date, until: date) -> set[int]:
    """The listings whose standing may have changed by itself from one day to another."""
    if until <= after:
        return set()
    came = Q()
    for field in DATES:
        came |= Q(**{f"{field}__gt": after, f"{field}__lte": until})
    for field in LAST_DAYS:
        came |= Q(**{f"{field}__gte": after, f"{field}__lt": until})
    return set(Entry.objects.filter(came, shown_until=None).values_list("listing", flat=True))


def to_forget(at: datetime) -> Q:
    """Follows that nobody confirmed in a week, and those stopped for a month (as the privacy page says)."""
    never = Q(confirmed_at=None, asked_at__lt=at - UNCONFIRMED)
    return never | Q(stopped_at__lt=at - STOPPED)


def _same_beginning(place: str, wanted: str) -> bool:
    return "".join(place.split()).casefold().startswith("".join(wanted.split()).casefold())
