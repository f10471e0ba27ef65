"""What happened to the register, as data: one shape for the feed of changes and for webhooks, so that a program has one reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from public_lookup.lookup.queries.instants import on_register
from public_lookup.open_data.queries.changes import NewEntry, RegisterChanges
from public_lookup.open_data.queries.register_files import row_of, written
from registry.register.models import Entry, Withdrawal


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event: its name, told apart from every other; the listing that it is about; and its item."""

    name: str
    listing: int
    item: dict[str, Any]


def made_item(one: NewEntry) -> dict[str, Any]:
    """An entry that was made, or whose standing was changed by its own dates."""
    return {
        "entry": one.entry.entry_number,
        "replaces": one.replaces,
        "changes_on": one.changes_on,
        "row": _plain(one.entry),
    }


def withdrawn_item(one: Withdrawal) -> dict[str, Any]:
    """An entry that was closed with none after it."""
    return {"entry": one.entry_id, "at": one.at.astimezone(UTC)}


def happenings(changes: RegisterChanges, by_date: Iterable[int], *, at: datetime) -> Iterator[FeedEvent]:
    """What was made and taken off, and the listings whose standing came by date to be another; in that order."""
    for made in changes.made:
        yield FeedEvent(f"made e{made.entry.entry_number}", made.entry.listing_id, made_item(made))
    for gone in changes.withdrawn:
        yield FeedEvent(f"withdrawn e{gone.entry_id}", gone.entry.listing_id, withdrawn_item(gone))
    told = {one.entry.listing_id for one in changes.made}
    for entry in on_register(at).filter(listing__in=set(by_date) - told).order_by("entry_number"):
        name = f"moved e{entry.entry_number} {timezone.localdate(at).isoformat()}"
        yield FeedEvent(name, entry.listing_id, made_item(NewEntry(entry, None)))


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, str | bool | int | list) else written(value)
        for name, value in row_of(entry).items()
    }
