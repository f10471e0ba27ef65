"""Sample follows: a labour user who is told of its suppliers and of a place; and one wish that was never confirmed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.demo.people import DOMAIN
from public_lookup.actions import follows
from public_lookup.models import Follow
from registry.models import Entry

SUPPLIERS = 3
AGO = timedelta(days=2)


def follow(at: datetime) -> Iterator[Follow]:
    holders = Entry.objects.exclude(valid_from=None).filter(shown_until=None).order_by("entry_number")
    for entry in holders.select_related("listing")[:SUPPLIERS]:
        yield _confirmed(
            follows.ask(listing=entry.listing, address=_address(), language="en-gb", by=None, at=at - AGO), at
        )
    yield _confirmed(follows.ask(place="Hereford", address=_address(), language="en-gb", by=None, at=at - AGO), at)
    yield follows.ask(place="Boston", address=f"somebody@{DOMAIN}", language="pl", by=None, at=at - AGO)


def _confirmed(one: Follow, at: datetime) -> Follow:
    follows.confirm(one, by=None, at=at)
    return one


def _address() -> str:
    return f"labour-user@{DOMAIN}"
