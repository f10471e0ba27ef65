"""One moment of the database, read by this process alone or by several side by side."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

from registry.integrity.key_ranges import Each

#: The connections that a process began with: they are those of the process that began it, and are not to be closed.
_inherited: list[Any] = []


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def snapshot(processes: int = 1) -> Iterator[Each]:
    """Everything is read as of one moment, and no one who writes waits for it. Gives what calls a function for each of many parts.

    Only PostgreSQL lends its moment to other processes, and only outside of a transaction: elsewhere this process does all.
    Ask for several only where this process has no other threads. Inside a transaction: as that sees it.
    """
    if connection.in_atomic_block:
        yield map
    elif connection.vendor == "postgresql":
        with _on_postgresql(processes) as each:
            yield each
    else:
        with _on_sqlite():
            yield map


@contextmanager
def _on_postgresql(processes: int) -> Iterator[Each]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if processes == 1:
            yield map
            return
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        begun = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, mp_context=begun, initializer=_join, initargs=(name,)) as pool:
            yield pool.map


def _join(name: str) -> None:
    """In a process that was begun: read by a connection of its own what the first process sees."""
    _inherited.append(connections["default"])
    connections["default"] = connections.create_connection("default")
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [name])


@contextmanager
def _on_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    # Django's own transactions are IMMEDIATE, which would keep out all who write.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
