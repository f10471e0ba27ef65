"""Showing to the public: the only writer of entries. An entry is closed and the next one opened in the action's transaction."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef

from registry import signing
from registry.integrity import chains
from registry.integrity.key_ranges import Each, KeyRange, in_range, key_ranges
from registry.register.models import Entry
from registry.trail.models.events import Counter, Event


def faults(each: Each = map) -> Iterator[str]:
    """Every place where the chain of entries does not hold, or an entry was closed without a successor or an event that says so."""
    counter = Counter.objects.filter(name=Counter.ENTRIES).first()
    head = (counter.value, counter.hash) if counter else (0, "")
    parts = list(each(_part, key_ranges(Entry.objects.all())))
    yield from chains.broken_links((part for part, _wrong in parts), head=head)
    yield from chain.from_iterable(wrong for _part, wrong in parts)
    yield from _wrongly_closed()


def _part(limits: KeyRange) -> tuple[chains.ChainPart | None, list[str]]:
    """These entries as links, and those whose digest is not that of their content: both of one reading."""
    wrong: list[str] = []
    return chains.chain_part(_links(limits, wrong)), wrong


def _links(limits: KeyRange, wrong: list[str]) -> Iterator[signing.ChainLink]:
    entries = in_range(Entry.objects.all(), limits).order_by("entry_number")
    rows = entries.values_list(
        "entry_number", "previous_hash", "hash", "content_hash", "listing__code", "shown_from", *CONTENT
    )
    for number, previous, digest, content_hash, code, shown_from, *values in rows.iterator(chunk_size=2000):
        content = hashed(dict(zip(CONTENT, values, strict=True)))
        if not _has_digest(content, content_hash):
            wrong.append(f"{number}: its digest is not that of its content")
        yield signing.ChainLink(number, previous, _linked(code, shown_from, content), digest)


def _has_digest(content: Mapping[str, Any], digest: str) -> bool:
    try:
        return signing.same_digest(signing.digest(content), digest)
    except ValueError:
        return False  # what has no digest was never written


def _wrongly_closed() -> Iterator[str]:
    after = Entry.objects.filter(
        listing=OuterRef("listing"), shown_from=OuterRef("shown_until"), entry_number__gt=OuterRef("entry_number")
    )
    closed = Entry.objects.exclude(shown_until=None).filter(~Exists(after)).order_by("entry_number")
    without = list(closed.values_list("entry_number", "listing__code", "shown_until"))
    hidden = set(Event.objects.filter(kind="listing", verb="hide").values_list("reference", "at")) if without else ()
    for number, code, until in without:
        if (code, until) not in hidden:
            yield f"{number}: closed without a word"


def link_content(entry: Entry) -> dict[str, Any]:
    return _linked(entry.listing.code, entry.shown_from, hashed(content_of(entry)))


def _linked(code: str, shown_from: datetime, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"listing": code, "shown_from": shown_from, **content}


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
