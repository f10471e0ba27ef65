"""Things that happen at once: real threads, each with its own connection, let go together."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(*jobs: Callable[[], T]) -> list[T | BaseException]:
    """What each job gave, or the exception that stopped it, in the order of the jobs."""
    barrier = Barrier(len(jobs))
    results: list[T | BaseException | None] = [None] * len(jobs)

    def run(place: int, job: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            results[place] = job()
        except BaseException as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=item, daemon=True) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "a job has not come back"
    return [result for result in results if result is not None]
