"""Jobs of the clock are done and rolled back, so that an operator reads first what they would decide and write."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registry.letters.models import Letter
from registry.trail.models.events import Event
from registry.trail.queries import history


@dataclass(frozen=True, slots=True)
class DryRun:
    """How many things a job would act on, and a line for each event and each subject of a letter."""

    count: int
    lines: tuple[str, ...]


class _RolledBack(Exception):
    """Ends the transaction and leaves nothing of it."""


def would_do(jobs: Mapping[str, Callable[..., int]], *, at: datetime) -> dict[str, DryRun]:
    """Do the jobs, each after those before it, and roll them back. Only for those that write to the database alone: what they send
    waits in the outbox."""
    result = {}
    with suppress(_RolledBack), transaction.atomic():
        for name, job in jobs.items():
            event = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
            letter = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            count = job(at=at)
            result[name] = DryRun(count, (*_events(after=event), *_letters(after=letter)))
        raise _RolledBack
    return result


def _events(*, after: int) -> Iterator[str]:
    for event in Event.objects.filter(number__gt=after).exclude(kind="rows").order_by("number"):
        yield f"{event.kind} {event.reference}: {history.title(event.kind, event.verb)}"


def _letters(*, after: int) -> Iterator[str]:
    subjects = Counter(Letter.objects.filter(pk__gt=after).order_by("pk").values_list("subject", flat=True))
    for subject, number in subjects.items():
        yield f"letters: {number} × {subject}"
