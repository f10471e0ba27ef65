"""Checks of the history that nothing can stop: what a check cannot read is a fault itself, and every other row is still checked."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import Max, Min

from registry.integrity.key_ranges import KeyRange, in_range

logger = logging.getLogger(__name__)

#: Not the fault of a row: the database does not answer, and nothing can be said of any row.
NO_ANSWER = (OperationalError, InterfaceError)


def unstopped(name: str, faults: Iterable[str]) -> Iterator[str]:
    """These faults as they are found; and where finding them fails, that it did, as the last of them."""
    found = iter(faults)
    while True:
        try:
            with _savepoint():
                fault = next(found, None)
        except NO_ANSWER:
            raise
        except Exception as error:
            logger.exception("A check of the history failed: %s", name)
            yield f"{name}: could not be read to the end ({type(error).__name__})"
            return
        if fault is None:
            return
        yield fault


@dataclass(frozen=True, slots=True)
class GuardedCheck:
    """A check of a range of rows. Where it fails it is made of each half, down to the one row that it fails on.

    `find` is a function of a module, or a partial of one, as another process may call it. `name` is how a fault calls a row.
    """

    find: Callable[[KeyRange], list[str]]
    model: type[models.Model]
    name: str

    def __call__(self, limits: KeyRange) -> list[str]:
        try:
            with _savepoint():
                return self.find(limits)
        except NO_ANSWER:
            raise
        except Exception as error:
            return self._narrowed(limits, error)

    def _narrowed(self, limits: KeyRange, error: Exception) -> list[str]:
        rows = in_range(self.model._base_manager.all(), limits)
        ends = rows.order_by().aggregate(first=Min("pk"), last=Max("pk"))
        first, last = ends["first"], ends["last"]
        if first is None or first == last:
            logger.error("A check of the history failed on %s %s", self.name, first, exc_info=error)
            return [f"{self.name} {first}: cannot be compared ({type(error).__name__})"]
        middle = first + (last - first) // 2
        return [*self((limits[0], middle)), *self((middle, limits[1]))]


def _savepoint() -> AbstractContextManager[None]:
    """PostgreSQL reads on after an error only from a savepoint; on SQLite Django's own would lock out those who write."""
    if connection.vendor == "postgresql" and (connection.in_atomic_block or not connection.get_autocommit()):
        return transaction.atomic()
    return nullcontext()
