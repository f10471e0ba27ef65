"""The only writer of a status and of history. Every change of the world leaves one event here, in its own transaction."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from registry import signing
from registry.trail.models.events import Counter, Event


def head() -> tuple[int, str]:
    """Number and hash of the last event: printed on every letter and certificate, so that nobody can rewrite the past quietly."""
    counter = Counter.objects.filter(name=Counter.EVENTS).first()
    return (counter.value, counter.hash) if counter else (0, "")


def last_day() -> date:
    """The day of the last event: no other day has been lived yet, whatever a clock says that was set back."""
    last = Event.objects.order_by("-number").values_list("at", flat=True).first()
    return timezone.localdate(last) if last else date.min


CONTENT = ("at", "by", "by_name", "verb", "kind", "reference", "before", "after", "because", "facts", "covers")


def hashed(content: Mapping[str, Any]) -> dict[str, Any]:
    """An event that commits to no rows has the hash that it had before there was such a column."""
    return {field: value for field, value in content.items() if field != "covers" or value}


def faults() -> Iterator[str]:
    """Every place where the chain of events does not hold, from first to head; nothing when it is whole."""
    links = (
        signing.ChainLink(
            event.number, event.previous_hash, hashed({field: getattr(event, field) for field in CONTENT}), event.hash
        )
        for event in Event.objects.order_by("number").iterator(chunk_size=2000)
    )
    yield from signing.broken_links(links, head=head())
