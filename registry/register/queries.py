"""Showing to the public: the only writer of entries. An entry is closed and the next one opened in the action's transaction."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from registry import signing
from registry.register.models import Entry
from registry.trail.models.events import Counter, Event


def faults() -> Iterator[str]:
    """Every place where the chain of entries does not hold, or an entry was closed without a successor or an event that says so."""
    counter = Counter.objects.filter(name=Counter.ENTRIES).first()
    head = (counter.value, counter.hash) if counter else (0, "")
    entries = Entry.objects.select_related("listing").order_by("entry_number")
    yield from signing.broken_links(
        (
            signing.ChainLink(entry.entry_number, entry.previous_hash, link_content(entry), entry.hash)
            for entry in entries.iterator(chunk_size=2000)
        ),
        head=head,
    )
    yield from _wrong_digests()
    yield from _wrongly_closed()


def _wrong_digests() -> Iterator[str]:
    for entry in Entry.objects.order_by("entry_number").iterator(chunk_size=2000):
        if not signing.same_digest(signing.digest(hashed(content_of(entry))), entry.content_hash):
            yield f"{entry.entry_number}: its digest is not that of its content"


def _wrongly_closed() -> Iterator[str]:
    last_opened: dict[tuple[int, datetime | None], int] = {
        (listing, shown_from): number
        for listing, shown_from, number in Entry.objects.order_by("entry_number").values_list(
            "listing_id", "shown_from", "entry_number"
        )
    }
    hidden = set(Event.objects.filter(kind="listing", verb="hide").values_list("reference", "at"))
    closed = Entry.objects.exclude(shown_until=None).select_related("listing")
    for entry in closed.order_by("entry_number").iterator(chunk_size=2000):
        has_successor = last_opened.get((entry.listing_id, entry.shown_until), 0) > entry.entry_number
        if not has_successor and (entry.listing.code, entry.shown_until) not in hidden:
            yield f"{entry.entry_number}: closed without a word"


def link_content(entry: Entry) -> dict[str, Any]:
    return {"listing": entry.listing.code, "shown_from": entry.shown_from, **hashed(content_of(entry))}


def content_of(entry: Entry) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in CONTENT}


CONTENT = tuple(
    field.name
    for field in Entry._meta.concrete_fields
    if field.name
    not in {"entry_number", "listing", "shown_from", "shown_until", "content_hash", "previous_hash", "hash"}
)


# An entry that says nothing in a field of later days has the hash that it had before there was one.
_LATER = frozenset({"vehicles", "appealed_from", "reasons", "taken_over"})


def hashed(content: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in content.items() if value is not None or field not in _LATER}
