"""The version of what a page shows: the number of the last event about it. What is sent from an older page is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason, Refused
from registry.trail.models.events import Event, reference_of

Subject = tuple[str, str]
VERSION = "version"

CHANGED = _(
    "This has changed since you opened the page. Read below what has changed, then send it again if it is still right."
)


class ChangedMeanwhile(Refused):
    """What a person has not seen yet has happened to the thing; `events`, newest first."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = tuple(events)
        super().__init__([Reason("changed_meanwhile", CHANGED)])


def subject_of(thing: models.Model) -> Subject:
    """The kind and reference under which the trail has this thing."""
    return str(thing._meta.model_name), reference_of(thing)


def version_of(*subjects: Subject) -> int:
    """The number of the last event about one of these, each a kind and a reference; 0 for none. One query."""
    return Event.objects.of(subjects).values_list("number", flat=True).first() or 0


def since(version: int, *subjects: Subject, but: frozenset[str] = frozenset()) -> "models.QuerySet[Event]":
    """What has happened to these since then, newest first, `but` what changes nothing."""
    return Event.objects.of(subjects).filter(number__gt=version).exclude(verb__in=but)


def version_in(typed: Mapping[str, Any] | None) -> int | None:
    """The version that a page carried; None where nothing was sent, or by a program that has no page."""
    said = str(typed.get(VERSION, "")) if typed else ""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 18 else None


#: Which events count for the person who sends: of staff, what a holder does not see makes no page of theirs old.
Counts = Callable[[Iterable[Event]], tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What a page had shown when it was sent: its version, the verbs that change nothing on it, and which events count."""

    version: int
    but: frozenset[str] = frozenset()
    counts: Counts = tuple

    def refuse_changed(self, *subjects: Subject) -> None:
        if events := self.counts(since(self.version, *subjects, but=self.but)):
            raise ChangedMeanwhile(events)


#: By kind and reference, until the action locks the thing.
_SEEN: ContextVar[dict[Subject, SeenPage] | None] = ContextVar("seen on the page", default=None)


@contextmanager
def seen(page: SeenPage | None, *subjects: Subject) -> Iterator[None]:
    """Do something that a person sent from this page, which was made of these; None: from no page.

    Raises `ChangedMeanwhile` if any of these has changed since: before it begins, and of two at the same moment for the second,
    when its action locks the thing.
    """
    if page is None or not subjects:
        yield
        return
    page.refuse_changed(*subjects)
    token = _SEEN.set(dict.fromkeys(subjects, page))
    try:
        yield
    finally:
        _SEEN.reset(token)


def refuse_unseen(subject: Subject) -> None:
    """Raise `ChangedMeanwhile` if this thing, which has just been locked, is not as the page showed it."""
    page = (_SEEN.get() or {}).pop(subject, None)
    if page is not None:
        page.refuse_changed(subject)
