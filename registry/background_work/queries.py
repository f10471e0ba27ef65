"""Whether the background work is done in time: what the worker says of itself, and what waits for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from registry.background_work.models import Heartbeat
from registry.documents.models import Document
from registry.outbox.models import OutboxItem
from registry.outbox.queries import LOOKED_AT_AFTER
from registry.outbox.states import OutboxKind
from registry.trail.models.verifications import TrailVerification

#: The fast lane takes seconds for a round; a job of the slow one may take an hour on a large register.
LANES = {"fast": timedelta(minutes=2), "slow": timedelta(hours=1)}
HELD_TOO_LONG = timedelta(minutes=10)
#: Once a day, and some hours for a worker that was away.
VERIFIED_WITHIN = COPIED_WITHIN = timedelta(hours=30)
#: The name of a copy in the folder of copies, encrypted or not: `20261130T163000Z`.
COPY_NAMED = "%Y%m%dT%H%M%SZ"
_COPY = re.compile(r"(\d{8}T\d{6}Z)(\.tar\.age)?")


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One thing to watch: how long it has been so, or how many there are, and whether someone must look at it."""

    name: str
    title: str | Promise
    is_late: bool
    seconds: int | None = None
    number: int | None = None
    detail: str = ""

    @property
    def words(self) -> str:
        """For a terminal: `2 h 5 min`, a number, or a dash where there is nothing."""
        if self.seconds is None:
            return "-" if self.number is None else str(self.number)
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {seconds} s"


def lanes(at: datetime) -> Iterator[StatusLine]:
    """How long ago each lane last ended a round. One that never did is late too."""
    found = {beat.lane: beat for beat in Heartbeat.objects.all()}
    titles = {"fast": _("Time since urgent work ran"), "slow": _("Time since long work ran")}
    for lane, within in LANES.items():
        beat = found.get(lane)
        age = at - beat.beat_at if beat else None
        yield StatusLine(f"lane_{lane}", titles[lane], age is None or age > within, _seconds(age))
    failed = sorted({name for beat in found.values() for name in beat.failed})
    yield StatusLine("failed_jobs", _("Failed jobs"), bool(failed), number=len(failed), detail=", ".join(failed))


def waiting(at: datetime) -> Iterator[StatusLine]:
    """The oldest of each kind that waits, and what was given up."""
    unsent = OutboxItem.objects.unsent().filter(failed_at=None, next_try__isnull=False)
    mail = unsent.filter(kind=OutboxKind.MAIL)
    yield _oldest("unsent_letter", _("Oldest unsent letter"), mail, "made_at", LOOKED_AT_AFTER, at)
    texts = unsent.filter(kind=OutboxKind.TEXT)
    yield _oldest("unsent_text", _("Oldest unsent text message"), texts, "made_at", LOOKED_AT_AFTER, at)
    held = Document.objects.held()
    yield _oldest("held_document", _("Oldest document not yet checked"), held, "uploaded_at", HELD_TOO_LONG, at)
    given_up = OutboxItem.objects.exclude(failed_at=None).count()
    # They wait for a case officer, on a list of their own.
    yield StatusLine("undelivered", _("Messages that were given up"), False, number=given_up)
    failed = DBTaskResult.objects.failed().count()
    yield StatusLine("failed_tasks", _("Failed tasks of the queue"), bool(failed), number=failed)


def trail(at: datetime) -> StatusLine:
    """When the trail was last verified, and whether it holds."""
    last = TrailVerification.objects.exclude(finished_at=None).order_by("-finished_at").first()
    age = at - last.finished_at if last and last.finished_at else None
    faults = (last and last.fault_count) or 0
    is_late = age is None or age > VERIFIED_WITHIN or bool(faults)
    return StatusLine("trail", _("Last verification of the trail"), is_late, _seconds(age), faults)


def copies(at: datetime) -> Iterator[StatusLine]:
    """The age of the newest copy; nothing where the operator has not said where copies are."""
    if settings.BACKUP_FOLDER:
        made = _newest_copy()
        age = at - made if made else None
        yield StatusLine("copy", _("Newest copy"), age is None or age > COPIED_WITHIN, _seconds(age))


def _newest_copy() -> datetime | None:
    """When it was begun; None where there is none, or the folder cannot be read."""
    try:
        names = [found[1] for path in Path(settings.BACKUP_FOLDER).iterdir() if (found := _COPY.fullmatch(path.name))]
    except OSError:
        return None
    return max((datetime.strptime(name, COPY_NAMED).replace(tzinfo=UTC) for name in names), default=None)


def status(at: datetime) -> list[StatusLine]:
    return [*lanes(at), *waiting(at), trail(at), *copies(at)]


def _oldest(
    name: str, title: str | Promise, rows: QuerySet[Any], field: str, within: timedelta, at: datetime
) -> StatusLine:
    since = rows.aggregate(oldest=Min(field))["oldest"]
    age = at - since if since else None
    return StatusLine(name, title, age is not None and age > within, _seconds(age))


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else max(0, int(age.total_seconds()))
