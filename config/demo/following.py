"""Sample follows: a labour user who is told of its suppliers and of a place, by mail and in its own system; and one wish that was never confirmed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings

from config.demo.people import DOMAIN
from public_lookup.actions import follows, webhooks
from public_lookup.models import Channel, Follow
from registry.models import Entry, User

SUPPLIERS = 3
AGO = timedelta(days=2)


def follow(at: datetime) -> Iterator[object]:
    holders = Entry.objects.exclude(valid_from=None).filter(shown_until=None).order_by("entry_number")
    for entry in holders.select_related("listing")[:SUPPLIERS]:
        yield _confirmed(
            follows.ask(listing=entry.listing, address=_address(), language="en-gb", by=None, at=at - AGO), at
        )
    yield _confirmed(follows.ask(place="Hereford", address=_address(), language="en-gb", by=None, at=at - AGO), at)
    yield from _posted_to(holders[:SUPPLIERS], at)
    yield from _by_text(holders[0], at)
    yield follows.ask(place="Boston", address=f"somebody@{DOMAIN}", language="pl", by=None, at=at - AGO)


def _posted_to(suppliers: Iterable[Entry], at: datetime) -> Iterator[object]:
    """The labour user's own system: the demonstration plays it, where it can be reached by itself."""
    if not settings.WEBHOOK_STAND_IN:
        return
    user = User.objects.get(email=_address())
    webhook = webhooks.name(address=settings.WEBHOOK_STAND_IN, by=user, at=at)
    for entry in suppliers:
        yield webhooks.follow(webhook, listing=entry.listing, by=user, at=at)
    yield webhooks.follow(webhook, place="Hereford", by=user, at=at)


def _by_text(supplier: Entry, at: datetime) -> Iterator[object]:
    """A worker who is told by text message, where they are sent: the number is one of those set aside for drama."""
    if not settings.TEXT_SENDER:
        return
    wish = follows.ask(
        listing=supplier.listing,
        address="+447700900123",
        channel=Channel.TEXT,
        language="pl",
        by=None,
        at=at - AGO,
    )
    yield _confirmed(wish, at)


def _confirmed(one: Follow, at: datetime) -> Follow:
    follows.confirm(one, by=None, at=at)
    return one


def _address() -> str:
    return f"labour-user@{DOMAIN}"
