"""Webhooks: what each follows, what it is to be told, and what its page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from public_lookup.bulk_checks.models import Watched
from public_lookup.bulk_checks.states import OF_A_LIST
from public_lookup.clients import signatures
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.models.webhooks import Delivery, Webhook
from public_lookup.follows.queries.follows import OF_A_BOARD, STOPPED, UNCONFIRMED, ListingNews
from public_lookup.lookup.filters import sector_choices
from public_lookup.lookup.queries.instants import on_register
from public_lookup.open_data.queries.changes import NewEntry
from public_lookup.open_data.queries.items import FeedEvent, made_item
from registry.accounts.models import User
from registry.register.models import Entry

#: Deliveries are kept so long, answered or not.
KEPT = timedelta(days=30)
#: Of outbox items: their webhook is neither paused nor stopped, and its owner has not left.
ON_OPEN_WEBHOOK = Q(
    delivery__webhook__paused_at=None, delivery__webhook__stopped_at=None, delivery__webhook__owner__is_active=True
)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class FollowedListing:
    """One thing that a webhook is told of, and its name."""

    reference: int
    what: str


@dataclass(frozen=True, slots=True)
class WebhookFile:
    """What the page of a webhook shows: itself, what it is told of, and the last deliveries, newest first."""

    webhook: Webhook
    followed: list[FollowedListing]
    deliveries: list[Delivery]
    waiting: int
    public_key: str


def webhooks_of(user: User) -> list[Webhook]:
    return list(Webhook.objects.visible_to(user).order_by("pk"))


def webhook_file(webhook: Webhook) -> WebhookFile:
    return WebhookFile(
        webhook,
        _named(follows_of(webhook)),
        list(webhook.deliveries.select_related("outbox").order_by("-pk")[:SHOWN]),
        webhook.deliveries.waiting().count(),
        signatures.public_key(settings.SIGNING_KEY),
    )


def follows_of(webhook: Webhook) -> list[Follow]:
    return list(
        Follow.objects.by(FollowChannel.WEBHOOK).filter(address=webhook.reference, stopped_at=None).order_by("pk")
    )


def postable(item: int) -> Delivery | None:
    """The delivery of an outbox item, if its webhook was not paused or stopped meanwhile."""
    is_open = Delivery.objects.waiting().filter(webhook__paused_at=None, webhook__stopped_at=None)
    return is_open.filter(outbox=item).select_related("webhook").first()


def sample(at: datetime) -> dict[str, Any]:
    """The newest entry of the register, as an item: what a test carries. Nothing while the register is empty."""
    newest = on_register(at).order_by("-entry_number").first()
    return made_item(NewEntry(newest, None)) if newest else {}


def wanted(happened: Iterable[FeedEvent], news: Mapping[int, ListingNews]) -> dict[Webhook, list[str]]:
    """The names of the events that each webhook is to be told of, in their order."""
    proven = {one.reference: one for one in Webhook.objects.filter(stopped_at=None).exclude(confirmed_at=None)}
    concerns: dict[Webhook, set[int]] = {}
    for follow in _following(proven, news):
        concerns.setdefault(proven[follow.address], set()).update(_listings(follow, news))
    for address, listing in _watched(proven, news):
        concerns.setdefault(proven[address], set()).add(listing)
    events = list(happened)
    return {
        webhook: [event.name for event in events if event.listing in listings] for webhook, listings in concerns.items()
    }


def to_forget(at: datetime) -> Q:
    """Webhooks that nobody has proven in a week, and those stopped for a month."""
    never = Q(confirmed_at=None, named_at__lt=at - UNCONFIRMED)
    return never | Q(stopped_at__lt=at - STOPPED)


def _following(proven: Mapping[str, Webhook], news: Mapping[int, ListingNews]) -> Iterable[Follow]:
    concerned = Q(listing__in=list(news)) | Q(listing=None, check_list=None, board=None)
    return Follow.objects.live().by(FollowChannel.WEBHOOK).filter(concerned, address__in=list(proven)).order_by("pk")


def _watched(proven: Mapping[str, Webhook], news: Mapping[int, ListingNews]) -> Iterable[tuple[str, int]]:
    """Which webhook is told of which listing because it is on a list."""
    live = Follow.objects.live().by(FollowChannel.WEBHOOK).filter(address__in=list(proven))
    watched = Watched.objects.filter(follow__in=live, listing__in=list(news))
    return watched.order_by("pk").values_list("follow__address", "listing")


def _listings(follow: Follow, news: Mapping[int, ListingNews]) -> Iterable[int]:
    if follow.listing_id:
        return {follow.listing_id}
    return {listing for listing, one in news.items() if one.lies_in(follow)}


def _named(follows: list[Follow]) -> list[FollowedListing]:
    """Each with its name; one question for all."""
    listings = [follow.listing_id for follow in follows if follow.listing_id]
    newest = Entry.objects.filter(listing__in=listings).order_by("entry_number")
    names = {listing: f"{name} ({number})" for listing, name, number in newest.values_list("listing", "name", "number")}
    of_lists = Watched.objects.filter(follow__in=[one for one in follows if one.check_list_id or one.board_id])
    counts = dict(of_lists.values_list("follow").annotate(Count("pk")))
    return [FollowedListing(follow.pk, _name(follow, names, counts)) for follow in follows]


def _name(follow: Follow, names: Mapping[int, str], counts: Mapping[int, int]) -> str:
    if follow.check_list_id:
        return str(OF_A_LIST % {"number": f"{counts.get(follow.pk, 0):,}"})
    if follow.board_id:
        return str(OF_A_BOARD % {"number": f"{counts.get(follow.pk, 0):,}"})
    return names.get(follow.listing_id, "") if follow.listing_id else _place_and_sector(follow)


def _place_and_sector(follow: Follow) -> str:
    titles = dict(sector_choices(timezone.localdate(follow.asked_at)))
    return ", ".join(str(part) for part in (follow.place, titles.get(follow.sector, follow.sector)) if part)
