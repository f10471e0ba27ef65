"""Sample follows: a labour user who is told of its suppliers and of a place, by mail and in its own system, and of a list that it has checked; and one wish that was never confirmed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from config.demo.people import DOMAIN
from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.models import CheckList
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.queries.lists import asked_of, part_to_check
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.follows.actions import follows, webhooks
from public_lookup.follows.models.follows import Follow, FollowChannel
from registry.accounts.models import User
from registry.register.models import Entry

SUPPLIERS = 3
SUPPLIERS_OF_A_LIST = 12
AGO = timedelta(days=2)


def follow(at: datetime) -> Iterator[object]:
    holders = Entry.objects.exclude(valid_from=None).filter(shown_until=None).order_by("entry_number")
    for entry in holders.select_related("listing")[:SUPPLIERS]:
        yield _confirmed(
            follows.ask(listing=entry.listing, address=_address(), language="en-gb", by=None, at=at - AGO), at
        )
    yield _confirmed(follows.ask(place="Hereford", address=_address(), language="en-gb", by=None, at=at - AGO), at)
    yield _confirmed(
        follows.ask(check_list=_list_of(holders, at), address=_address(), language="en-gb", by=None, at=at), at
    )
    yield from _posted_to(holders[:SUPPLIERS], at)
    yield from _by_text(holders[0], at)
    yield follows.ask(place="Boston", address=f"somebody@{DOMAIN}", language="pl", by=None, at=at - AGO)


def _list_of(holders: "QuerySet[Entry]", at: datetime) -> CheckList:
    """A list as a buyer has it: most names right, one with a slip, one with another's postcode, one of nobody."""
    entries = list(holders[:SUPPLIERS_OF_A_LIST])
    rows = [["Supplier", "Postcode"], *([one.name, str(one.address.get("postcode", ""))] for one in entries)]
    rows[2][0] = rows[2][0][:3] + rows[2][0][4:]
    rows[3][1] = "ZZ1 1ZZ"
    rows.append(["Nobody of That Name Ltd", ""])
    made = lists.make(rows=rows, by=None, at=at - AGO)
    begun = lists.begin(made, columns=[UploadedColumn.NAME, UploadedColumn.POSTCODE], has_heading=True, by=None, at=at)
    given = part_to_check(begun, len(rows))
    return lists.record(begun, rows=given, answers=many.check(asked_of(given, begun), at), by=None, at=at)


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
        channel=FollowChannel.TEXT,
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
