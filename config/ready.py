"""What a process that serves does before its first page."""

import gc
import logging
from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.urls import get_resolver
from django.utils.translation import gettext, override

from registry import schemes
from registry.integrity import head_file

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: How many more objects there must be than when Python last looked for those that nothing leads to: some two pages' worth.
LOOKS_AFTER = 10_000
#: Values that the outermost call of a page has room for, of eight bytes each: what its calls need fits into the same block.
ROOM = 40_000


def with_room(function: Callable[P, T]) -> Callable[P, T]:
    """The function, in one block of memory with all that it calls.

    Python keeps its calls in blocks of 16 kB, and gives back each as soon as it is empty. A loop that calls from the end of one
    into the next asked the system for memory at every call: that was a sixth of the time of all pages (decision 0207).
    """

    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=ROOM)
    return call


def get_ready() -> None:
    """Read what every process reads sooner or later, the addresses, packs and catalogues, and never look through it again.

    They are some 400,000 objects that live as long as the process. Python looked through all of them time and again for any
    that nothing leads to: a pause of 0.1 to 0.3 seconds about every hundredth page. A pack that is broken keeps nobody from
    serving: `/health/ready` says so.
    """
    refuse_to_start_if_the_clock_was_set_back()
    if not connection.in_atomic_block:  # the threads that answer have connections of their own
        connection.close()
    schemes.faults_found()
    own_migrations()
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Continue")
    get_resolver().url_patterns  # noqa: B018 - reading it imports every view
    gc.freeze()
    gc.set_threshold(LOOKS_AFTER)
    gc.enable()


def refuse_to_start_if_the_clock_was_set_back() -> None:
    """With a wrong clock, licences would be in force on the wrong days and decisions would have wrong dates."""
    try:
        head_file.refuse_to_start()
    except head_file.ClockSetBack as fault:
        raise SystemExit(str(fault)) from fault
    if head_file.is_behind():
        logger.error("%s", head_file.why_behind())


@cache
def own_migrations() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Those of the code that this process runs, each with what it replaces.

    Read once: files that an update puts beside a running process are not its own, and do not make it unready.
    """
    found = MigrationLoader(None).disk_migrations.items()
    return {name: list(migration.replaces) for name, migration in found}


def migrations_are_applied() -> bool:
    done = MigrationRecorder(connection).applied_migrations()
    return all(
        name in done or (bool(replaces) and all(former in done for former in replaces))
        for name, replaces in own_migrations().items()
    )


#: What an operator reads while the database is older than the code.
NOT_SET_UP = "The database lacks migrations of this release: run deploy/manage set_up (docs/upgrading.md)."


def lacks_migrations() -> bool:
    """Whether a fault of the database is that it is not set up for this release; not where it does not answer at all."""
    try:
        return not migrations_are_applied()
    except (DatabaseError, InterfaceError):
        return False
