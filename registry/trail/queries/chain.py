"""The only writer of a status and of history. Every change of the world leaves one event here, in its own transaction."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from registry import signing
from registry.integrity import chains
from registry.integrity.key_ranges import Each, KeyRange, in_range, key_ranges
from registry.trail.models.events import Counter, Event


def head() -> tuple[int, str]:
    """Number and hash of the last event: printed on every letter and certificate, so that nobody can rewrite the past quietly."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT value, hash FROM "registry_counter" WHERE name = %s', [Counter.EVENTS])
        return cursor.fetchone() or (0, "")


def last_day() -> date:
    """The day of the last event: no other day has been lived yet, whatever a clock says that was set back."""
    last = Event.objects.order_by("-number").values_list("at", flat=True).first()
    return timezone.localdate(last) if last else date.min


CONTENT = ("at", "by", "by_name", "verb", "kind", "reference", "before", "after", "because", "facts", "covers")


def hashed(content: Mapping[str, Any]) -> dict[str, Any]:
    """An event that commits to no rows has the hash that it had before there was such a column."""
    return {field: value for field, value in content.items() if field != "covers" or value}


def faults(each: Each = map) -> Iterator[str]:
    """Every place where the chain of events does not hold, from first to head; nothing when it is whole."""
    yield from chains.broken_links(each(_part, key_ranges(Event.objects.all())), head=head())


def _part(limits: KeyRange) -> chains.ChainPart | None:
    events = in_range(Event.objects.all(), limits).order_by("number")
    rows = events.values_list("number", "previous_hash", "hash", *CONTENT).iterator(chunk_size=2000)
    return chains.chain_part(
        signing.ChainLink(number, previous, hashed(dict(zip(CONTENT, content, strict=True))), digest)
        for number, previous, digest, *content in rows
    )
