"""The whole history read from first to last: both chains, the digests of rows, and whether what is derived agrees with it.

Verifying the whole history: asked for on a page, done by the background worker (registry.jobs)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from registry import permissions
from registry.accounts.models import User
from registry.integrity import covering
from registry.integrity.guards import unstopped
from registry.integrity.key_ranges import Each
from registry.integrity.snapshots import snapshot
from registry.register import queries as register
from registry.register.models import Entry
from registry.trail.actions import events as events_actions
from registry.trail.models.covered import RowDigest
from registry.trail.models.events import Event
from registry.trail.models.verifications import TrailVerification
from registry.trail.queries import agreement
from registry.trail.queries import chain as trail
from registry.trail.queries.verification import is_as_left


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


def verify_history(published: tuple[int, str] | None = None, *, processes: int = 1) -> Verification:
    """Read everything from first to last and say every fault. What is written meanwhile is left out.

    `published` is the number and hash printed on a letter or certificate: someone who rewrites the whole chain cannot
    rewrite the paper (docs/rules.md G9, T5). `processes`: as many read side by side, where the database can
    (`registry.integrity.snapshots`).
    """
    if connection.in_atomic_block:
        events_actions.seal()
    with snapshot(processes) as each:
        faults = chain(
            (_("Trail, event %(fault)s") % {"fault": fault} for fault in unstopped("chain", trail.faults(each))),
            (_("Register, entry %(fault)s") % {"fault": fault} for fault in unstopped("chain", register.faults(each))),
            (_("Rows, %(fault)s") % {"fault": fault} for fault in unstopped("digests", covering.faults(each))),
            (_("Agreement, %(fault)s") % {"fault": fault} for fault in unstopped("checks", _disagreements(each))),
            _not_as_published(published) if published else (),
        )
        number, digest = trail.head()
        entries, rows = Entry.objects.count(), RowDigest.objects.exclude(salt="").count()
        return Verification(number, entries, rows, head=(number, digest), faults=tuple(faults))


def _disagreements(each: Each) -> Iterator[str]:
    """Those of the registry, and those that each app names in `trail_checks` of its configuration."""
    yield from agreement.faults(each)
    named = (path for config in apps.get_app_configs() for path in getattr(config, "trail_checks", ()))
    yield from chain.from_iterable(each(_faults_of_check, named))


def _faults_of_check(path: str) -> list[str]:
    check: Callable[[], Iterable[str]] = import_string(path)
    return list(unstopped(path, check()))


def _not_as_published(published: tuple[int, str]) -> list[str]:
    number, digest = published
    if Event.objects.filter(number=number, hash=digest.lower()).exists():
        return []
    return [_("Trail, event %(number)s: is not the one that was printed") % {"number": number}]


#: The same refusal asks for no other verification within this time.
ASKED_AGAIN = timedelta(hours=1)


@transaction.atomic
def ask(published: tuple[int, str] | None, *, by: User, at: datetime) -> TrailVerification:
    """Ask for one, unless the same is waiting already."""
    permissions.require(by, "registry.read_trail")
    number, digest = published or (None, "")
    waiting = TrailVerification.objects.waiting().filter(published_number=number, published_hash=digest.lower())
    if same := next(filter(is_as_left, waiting), None):
        return same
    made = TrailVerification.objects.create(
        asked_by=by, asked_at=at, published_number=number, published_hash=digest.lower()
    )
    events_actions.record(made, "ask", by=by, at=at, published=number)
    return made


@transaction.atomic
def ask_after_refusal(found: covering.RowRewritten, *, by: User | None, at: datetime) -> TrailVerification | None:
    """Keep on record which rows an action was refused for, and ask for a verification; nothing if that was done within the hour.

    Called after the transaction of the action was rolled back.
    """
    because = "; ".join(found.faults)
    asked = TrailVerification.objects.filter(because=because, asked_at__gt=at - ASKED_AGAIN)
    if any(map(is_as_left, asked)):
        return None
    made = TrailVerification.objects.create(asked_by=by, asked_at=at, because=because)
    events_actions.record(made, "ask", by=by, at=at, because=because)
    return made
