"""Which database the look-up reads: the replica while it is known to hold all that the register says, else the primary.

Known means: it holds the last entry and the last withdrawal that the primary held when it was asked, at most a second ago.
While the primary does not answer, what it said last counts for `REPLICA_ALONE` seconds; then the primary is read, which
does not answer, so that the look-up says that it cannot tell. A suspended firm never reads as licensed because a copy lags.

Only reads of the register, and only inside `reading`, go there: pages of staff and whatever writes see one database.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import inf
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error
from django.db.models import Model

from public_lookup.open_data.queries.changes import Position
from registry.register.models import Entry

REPLICA = "replica"
#: The primary, for reading only, with the limits of the look-up; on SQLite there is none.
PRIMARY = "register"
#: Seconds between two questions to the primary; and for which one that has failed is left alone.
ASK_EVERY, LEAVE_ALONE = 1, 5

_place: ContextVar[str | None] = ContextVar("place", default=None)


class Router:
    """Inside `reading`, what is read of the registry comes from the place that was chosen; all else is Django's default."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return _place.get() if model._meta.app_label == "registry" else None

    def db_for_write(self, _model: type[Model], **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        return True  # all of them hold the same rows

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        return None if db == DEFAULT_DB_ALIAS else False


@dataclass
class ReplicaState:
    """What one process knows of the replica. Instants are seconds of a clock that is never set."""

    held: Position = field(default_factory=Position)
    answered_at: float = -inf
    ask_primary_at: float = -inf
    ask_replica_at: float = -inf
    lock: threading.Lock = field(default_factory=threading.Lock)

    def place(self, now: float) -> str:
        """Where to read now."""
        return REPLICA if self.is_current(now) else primary()

    def is_current(self, now: float) -> bool:
        """Whether the replica holds what the primary held a moment ago. No `Error` is raised by either being away."""
        self._ask_primary(now)
        if now - self.answered_at > settings.REPLICA_ALONE or now < self.ask_replica_at:
            return False
        try:
            reached = Position(*Entry.objects.using(REPLICA).heads())
        except Error:
            self.leave_alone(now)
            return False
        return reached.entry >= self.held.entry and reached.withdrawal >= self.held.withdrawal

    def leave_alone(self, now: float) -> None:
        """The replica has failed: it is not read for some seconds."""
        self.ask_replica_at = now + LEAVE_ALONE

    def _ask_primary(self, now: float) -> None:
        # One thread asks; the others go by what was known before.
        if now < self.ask_primary_at or not self.lock.acquire(blocking=False):
            return
        try:
            self.ask_primary_at = now + LEAVE_ALONE
            held = Position(*Entry.objects.using(primary()).heads())
            self.held, self.answered_at, self.ask_primary_at = held, now, now + ASK_EVERY
        except Error:
            pass
        finally:
            self.lock.release()


watch = ReplicaState()


def is_set_up() -> bool:
    return REPLICA in settings.DATABASES


def says(now: float) -> str:
    """Of the replica, for those who watch: none, current or behind; one that does not answer is behind."""
    if not is_set_up():
        return "none"
    return "current" if watch.is_current(now) else "behind"


def primary() -> str:
    return PRIMARY if PRIMARY in settings.DATABASES else DEFAULT_DB_ALIAS


def place(now: float) -> str:
    return watch.place(now) if is_set_up() else primary()


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What is read of the register meanwhile is read there."""
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


def is_read_now() -> bool:
    """Whether what is read of the register at this moment is read on the replica."""
    return _place.get() == REPLICA
