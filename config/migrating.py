"""Migrations of a release on a database that is full: what `set_up` needs beyond `migrate` (docs/upgrading.md)."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from config import way_back

Key = tuple[str, str]

#: By which Django knows what to make again when a model has changed.
REMAKES = "_find_reload_model"
#: Seconds without a line.
SAYS_EVERY = 5.0
#: What `set_up` took, in seconds of one busy processor: without any, with each migration, and with 100,000 rows (docs/measured.md).
ALWAYS, EACH_MIGRATION, EACH_100_000_ROWS = 5, 0.1, 5


def to_do() -> list[Migration]:
    executor = MigrationExecutor(connection)
    return [one for one, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def said_before(todo: list[Migration]) -> str:
    """How long it takes, and whether the site is down meanwhile."""
    rows = _rows()
    seconds = ALWAYS + EACH_MIGRATION * len(todo) + EACH_100_000_ROWS * rows / 100_000
    takes = f"About {seconds:.0f} seconds: {len(todo)} migrations, {rows:,} rows."
    if not rows:
        return takes
    if way_back.ends_serving(todo):
        return f"{takes} The site is down for that time and until deploy/switch: the release of before cannot serve what they make."
    return f"{takes} The release of before goes on serving. While the worker is stopped no letters leave."


def _rows() -> int:
    with connection.cursor() as cursor:
        tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
        counts = 0
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts += cursor.fetchone()[0]
    return counts


class SetUpProgress:
    """Says each step, and every few seconds what is done and for how long, so that work is not taken for a standstill."""

    def __init__(self, say: Callable[[str], object], *, steps: int) -> None:
        self._say, self._steps, self._step = say, steps, 0
        self._doing, self._since = "", 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def step(self, name: str) -> None:
        self._step += 1
        self._say(f"  {self._step} of {self._steps}: {name}")
        self.now(name)

    def now(self, doing: str) -> None:
        self._doing, self._since = doing, time.monotonic()

    def _go_on(self) -> None:
        while not self._ended.wait(SAYS_EVERY):
            self._say(f"    {self._doing}, for {time.monotonic() - self._since:.0f} s")


@contextmanager
def only_what_refers() -> Iterator[None]:
    """A change of one model makes that model again and what refers to it, not all that is related to anything that it refers to.

    Nearly every model refers to people, so Django makes nearly all of them again at each change: four fifths of the time of a long
    upgrade. Code that a migration runs sees no difference, as Django makes all again for it. That the database is the same is a test.
    """
    before = getattr(ProjectState, REMAKES)
    setattr(ProjectState, REMAKES, _referring)
    try:
        yield
    finally:
        setattr(ProjectState, REMAKES, before)


def _referring(state: ProjectState, app: str, model: str, delay: bool = False) -> set[Key]:
    state.is_delayed = True
    found: set[Key] = set()
    waiting = [(app, model)]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(_refer_to(state.apps, *key))
    return found


def _refer_to(apps: Apps, app: str, model: str) -> list[Key]:
    """Not `ProjectState.relations`: once it has been asked, a column that is altered comes last in its table."""
    if model not in apps.all_models[app]:
        return []
    relations = apps.get_model(app, model)._meta.get_fields(include_hidden=True)
    referring = [one.related_model._meta for one in relations if one.auto_created and not one.concrete]
    return [(one.app_label, str(one.model_name)) for one in referring]
