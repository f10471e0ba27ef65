"""The head of the trail, also kept in a file outside the database (docs/decisions/0075).

A database that was restored from a backup ends before the head in the file: nothing is written to it until a person has
confirmed it (`manage.py accept_database`). The file also says when it was written, so a clock that was set back is noticed.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from registry.errors import NotWritable
from registry.trail.models.events import Counter, Event

#: A process that has found the database behind looks again after this many seconds.
LOOK_AGAIN = 5.0
START_OF_THE_MACHINE = Path("/proc/sys/kernel/random/boot_id")

_confirmed: ContextVar[bool] = ContextVar("a person has confirmed the database", default=False)


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The last head that was committed, and when it was written to the file."""

    number: int
    hash: str
    at: datetime
    #: Which start of the machine, and how many seconds after it, when a person last confirmed the clock. No clock that is set moves it.
    confirmed: tuple[str, float] = ("", 0.0)


class DatabaseBehind(NotWritable):
    """The database ends before the head that was kept outside, or has another event at its place."""

    def __init__(self, kept: KeptHead) -> None:
        super().__init__(
            f"The database does not hold event {kept.number} ({kept.hash[:16]}…) of the trail, which was written at"
            f" {kept.at:%Y-%m-%d %H:%M:%S %Z}. It may have been restored from a backup. Nothing is written to it until you have"
            " compared it and run manage.py accept_database (docs/operations.md)."
        )


class ClockSetBack(NotWritable):
    """The clock of this machine is behind what was written already."""

    def __init__(self, now: datetime, last: datetime) -> None:
        super().__init__(
            f"The clock of this machine says {now:%Y-%m-%d %H:%M:%S %Z}, but the trail was written to at"
            f" {last:%Y-%m-%d %H:%M:%S %Z}. Set the clock and start again. If the clock was wrong before and is right now, run"
            " manage.py accept_database (docs/operations.md)."
        )


class _HeadCheck:
    """What this process has found out: whether the database is behind, when it looked, and the latest time it was told, and when."""

    behind = False
    looked = 0.0
    latest: datetime | None = None
    told = 0.0


def kept() -> KeptHead | None:
    """What the file says; None when there is none yet."""
    if not settings.TRAIL_HEAD_FILE:
        return None
    try:
        said = json.loads(Path(settings.TRAIL_HEAD_FILE).read_text())
        start, seconds = said.get("confirmed", ("", 0.0))
        return KeptHead(said["number"], said["hash"], datetime.fromisoformat(said["at"]), (start, seconds))
    except FileNotFoundError:
        return None


def clock() -> datetime:
    """What the clock of this machine says. Only what guards the clock, or what no one gives an instant to, asks it here."""
    return timezone.now()


def keep(number: int, digest: str, *, is_confirmed: bool = False) -> None:
    """Write the head to the file, unless a later one is there. Readers never see half of it.

    What `set_up` writes to a database that is behind is no head: the one that was lost stays, until a person has confirmed that.
    """
    if not settings.TRAIL_HEAD_FILE or (_confirmed.get() and not is_confirmed):
        return
    file = Path(settings.TRAIL_HEAD_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    with _alone(file):
        before = kept()
        if before is not None and before.number >= number and not is_confirmed:
            return
        confirmed = before.confirmed if before is not None else ("", 0.0)
        if is_confirmed:
            confirmed = (_start_of_the_machine(), time.monotonic())
        said = {"number": number, "hash": digest, "at": clock().isoformat(), "confirmed": confirmed}
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.write_text(json.dumps(said))
        unfinished.replace(file)


def refuse_behind(number: int, digest: str) -> None:
    """Called with the head of the database, locked, before an event is added. Raises `NotWritable`."""
    if _confirmed.get():
        return
    last = kept()
    if last is None:
        return
    if _lacks(last, number, digest):
        _HeadCheck.behind, _HeadCheck.looked = True, time.monotonic()
        raise DatabaseBehind(last)
    _refuse_clock(last.at)


def refuse_to_start() -> None:
    """Raises `ClockSetBack` when the clock is behind the last event or the file. A database that is behind is only noted."""
    if last := kept():
        _refuse_clock(last.at)
    try:
        event = Event.objects.order_by("-number").first()
        _look()
    except DatabaseError:
        return  # it is not there, or not set up yet: no page of such a process says anything
    if event is not None:
        _refuse_clock(event.at)


def refuse_earlier(now: datetime) -> None:
    """Raises `ClockSetBack` where this process has been told a later time: it would answer as of a time that has passed.

    It forgets that time once a person has confirmed the clock on this machine after it was told.
    """
    if settings.CLOCK_TOLERANCE is None:
        return
    latest = max(_HeadCheck.latest or now, now)
    try:
        _refuse_clock(latest, now)
    except ClockSetBack:
        last = kept()
        if last is None or not _is_confirmed_since(last, _HeadCheck.told):
            raise
        _refuse_clock(last.at, now)
        latest = now
    _HeadCheck.latest, _HeadCheck.told = latest, time.monotonic()


def is_clock_right() -> bool:
    """Whether this process may go on with what the clock says: it is not behind what it was told, nor behind the file."""
    now, last = clock(), kept()
    try:
        refuse_earlier(now)
        if last is not None:
            _refuse_clock(last.at, now)
    except ClockSetBack:
        return False
    return True


def is_behind() -> bool:
    """Whether the database was found to be behind. Asks it only when it was found so before."""
    if _HeadCheck.behind and time.monotonic() - _HeadCheck.looked > LOOK_AGAIN:
        _look()
    return _HeadCheck.behind


def is_behind_now() -> bool:
    """The same, asked of the database; it may be of another release, or empty."""
    try:
        _look()
    except DatabaseError:
        return True
    return _HeadCheck.behind


def why_behind() -> DatabaseBehind | None:
    """What an operator reads in the log."""
    last = kept()
    return DatabaseBehind(last) if last is not None and is_behind() else None


@contextmanager
def confirmed() -> Iterator[None]:
    """A person has confirmed the database and the clock: what is written in here is not refused."""
    token = _confirmed.set(True)
    try:
        yield
    finally:
        _confirmed.reset(token)


def _look() -> None:
    """Of a database of another release, only what every release has is asked for."""
    last = kept()
    _HeadCheck.looked, _HeadCheck.behind = time.monotonic(), False
    if last is not None:
        heads = Counter.objects.filter(name=Counter.EVENTS).values_list("value", "hash")
        _HeadCheck.behind = _lacks(last, *(heads.first() or (0, "")))


def _lacks(last: KeptHead, number: int, digest: str) -> bool:
    """Whether a database with this head does not hold that event: it ends before it, or went on without it."""
    if number == last.number:
        return digest != last.hash
    return not Event.objects.filter(number=last.number, hash=last.hash).exists()


def _is_confirmed_since(last: KeptHead, told: float) -> bool:
    start, seconds = last.confirmed
    return bool(start) and start == _start_of_the_machine() and seconds > told


def _start_of_the_machine() -> str:
    """Another one after each start; empty where the system does not say."""
    try:
        return START_OF_THE_MACHINE.read_text().strip()
    except OSError:
        return ""


def _refuse_clock(last: datetime, now: datetime | None = None) -> None:
    now = now or clock()
    if settings.CLOCK_TOLERANCE is not None and now < last - timedelta(seconds=settings.CLOCK_TOLERANCE):
        raise ClockSetBack(now, last)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
