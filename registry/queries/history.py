"""What was done, in words, and whether it is still as it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext as _

from registry import register, trail
from registry.filters import EventFilter
from registry.models import (
    Entry,
    Event,
)
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


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of reading both chains from end to end."""

    events: int
    entries: int
    head: tuple[int, str]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify_history(published: tuple[int, str] | None = None) -> Verification:
    """Read the trail and the entries from first to last and say every fault.

    `published` is the number and hash printed on a letter or certificate: who rewrites the whole chain cannot rewrite
    the paper (trust.md G9, T5).
    """
    faults = chain(
        (_("Trail, event %(fault)s") % {"fault": fault} for fault in trail.faults()),
        (_("Register, entry %(fault)s") % {"fault": fault} for fault in register.faults()),
        _not_as_published(published) if published else (),
    )
    number, digest = trail.head()
    return Verification(number, Entry.objects.count(), head=(number, digest), faults=tuple(faults))


def _not_as_published(published: tuple[int, str]) -> list[str]:
    number, digest = published
    if Event.objects.filter(number=number, hash=digest.lower()).exists():
        return []
    return [_("Trail, event %(number)s: is not the one that was printed") % {"number": number}]
