"""Invitations and shared chains by the keys of their addresses, and what is shown of them to those who have the address."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import ChainShare, SupplierInvitation
from public_lookup.board.queries.boards import LineShown, facts_of
from public_lookup.board.queries.standings import ShownSupplier, shown
from public_lookup.board.rules.rows import GivenLine
from registry import signing
from registry.register.models import Entry, Listing

Keyed = TypeVar("Keyed", bound=Model)


@dataclass(frozen=True, slots=True)
class ChainShown:
    """A holder, and the suppliers that it shows, with what the register says of each now."""

    share: ChainShare
    holder: ShownSupplier | None
    lines: list[LineShown]


def invitation_of(key: str) -> SupplierInvitation | None:
    return _by_key(SupplierInvitation.objects.select_related("line__site__board__organisation"), key)


def share_of(key: str, *, on: date) -> ChainShare | None:
    """None also once its last day is over, or it was ended."""
    found = _by_key(ChainShare.objects.select_related("board"), key)
    return found if found and found.is_open(on) else None


def _by_key(rows: "QuerySet[Keyed]", key: str) -> Keyed | None:
    number, _dash, digest = key.partition("-")
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    return found if found and signing.same_digest(vars(type(found))["key"].fget(found), f"{number}-{digest}") else None


def chain_shown(share: ChainShare, *, at: datetime) -> ChainShown:
    """Of the lines that go on today: what was ended or removed since is shown no more."""
    on = timezone.localdate(at)
    lines = list(share.lines.supplying_on(on).order_by("name", "pk"))
    now = shown({share.listing_id, *(line.listing_id for line in lines if line.listing_id)}, at)
    every = {line.listing_id or -line.pk: line for line in lines}
    rows = [LineShown(facts_of(line, now), now.get(line.listing_id or 0)) for line in every.values()]
    return ChainShown(share, now.get(share.listing_id), rows)


def holder_listing(board: SupplierBoard) -> Listing | None:
    """The organisation of the board as the register shows it; none for a labour user who is not on it."""
    if board.organisation_id is None:
        return None
    entry = Entry.objects.filter(listing__organisation=board.organisation_id, shown_until=None).order_by("pk").first()
    return entry.listing if entry else None


def shares_of(board: SupplierBoard) -> list[ChainShare]:
    return list(board.shares.select_related("made_by").prefetch_related("lines").order_by("-pk"))


def lines_to_take(board: SupplierBoard, chain: ChainShown, *, site: str, on: date) -> list[GivenLine]:
    """The holder and its suppliers as lines at a site. Who is there already under another spelling keeps it."""
    if chain.holder is None:
        return []
    entry = chain.holder.entry
    there = SupplierLine.objects.of_board(board).filter(
        site__name__iexact=site, supplier_of=None, listing=entry.listing_id
    )
    own = there.supplying_on(on).order_by("pk").first()
    name, number = (own.name, own.number) if own else (entry.name, entry.number)
    first = GivenLine(
        site, name, number, own.starts if own else on, own.until if own else None, own.workers if own else None
    )
    below = set(own.sub_suppliers.values_list("listing", flat=True)) if own else set()
    return [
        first,
        *(
            GivenLine(site, one.name, one.number, on, of=name or number)
            for one in chain.lines
            if one.facts.listing is None or one.facts.listing not in below
        ),
    ]
