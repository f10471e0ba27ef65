"""The whole history read from first to last: both chains, the digests of rows, and whether what is derived agrees with it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from registry import covering, register, trail
from registry.models import Entry, Event, RowDigest, TrailVerification
from registry.queries import agreement


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of reading the whole history."""

    events: int
    entries: int
    rows: int
    head: tuple[int, str]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify_history(published: tuple[int, str] | None = None) -> Verification:
    """Read everything from first to last and say every fault. What is written meanwhile is left out.

    `published` is the number and hash printed on a letter or certificate: someone who rewrites the whole chain cannot
    rewrite the paper (docs/rules.md G9, T5).
    """
    with _snapshot():
        faults = chain(
            (_("Trail, event %(fault)s") % {"fault": fault} for fault in trail.faults()),
            (_("Register, entry %(fault)s") % {"fault": fault} for fault in register.faults()),
            (_("Rows, %(fault)s") % {"fault": fault} for fault in covering.faults()),
            (_("Agreement, %(fault)s") % {"fault": fault} for fault in _disagreements()),
            _not_as_published(published) if published else (),
        )
        number, digest = trail.head()
        entries, rows = Entry.objects.count(), RowDigest.objects.exclude(salt="").count()
        return Verification(number, entries, rows, head=(number, digest), faults=tuple(faults))


def verifications(limit: int = 10) -> list[TrailVerification]:
    """The newest readings of the whole history, by the background worker."""
    return list(TrailVerification.objects.select_related("asked_by").order_by("-asked_at", "-pk")[:limit])


def _disagreements() -> Iterator[str]:
    """Those of the registry, and those that each app names in `trail_checks` of its configuration."""
    yield from agreement.faults()
    for config in apps.get_app_configs():
        for path in getattr(config, "trail_checks", ()):
            check: Callable[[], Iterable[str]] = import_string(path)
            yield from check()


def _not_as_published(published: tuple[int, str]) -> list[str]:
    number, digest = published
    if Event.objects.filter(number=number, hash=digest.lower()).exists():
        return []
    return [_("Trail, event %(number)s: is not the one that was printed") % {"number": number}]


@contextmanager
def _snapshot() -> Iterator[None]:
    """Everything is read as of one moment, and no one who writes waits for it. Inside a transaction: as that sees it."""
    if connection.in_atomic_block:
        trail.seal()
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        connection.ensure_connection()
        # Django's own transactions are IMMEDIATE, which would keep out all who write.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
