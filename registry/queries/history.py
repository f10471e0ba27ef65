"""What was done, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.filters import EventFilter
from registry.models import Event
from registry.models.history import EventQuerySet
from registry.queries import happened
from registry.queries.happened import KINDS, WORDS, Words

EVENTS_IN_A_FILE = 100


def history_of(*things: tuple[str, str]) -> EventQuerySet:
    """What was done to these things (kind, reference), newest first."""
    return Event.objects.of(things)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words, for a timeline."""

    title: str
    at: datetime
    by: str
    text: str


def in_words(events: Iterable[Event], *, about: str, words: Words = WORDS) -> list[Happening]:
    """What was done; and to what, unless to the very thing that the page is about."""
    return [
        Happening(
            title=happened.title(event.kind, event.verb, words)
            + ("" if event.reference == about else f": {KINDS.get(event.kind, event.kind)} {event.reference}"),
            at=event.at,
            by=event.by_name,
            text=event.because,
        )
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary: what it says, and of what."""

    key: str
    value: str


def events(params: Mapping[str, str]) -> EventFilter:
    """The trail, newest first."""
    return EventFilter(params, queryset=Event.objects.all())
