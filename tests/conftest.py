"""Fixtures that every test may count on: a clock that stands still, and a database with its reference data."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import SimpleTestCase, TransactionTestCase
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from compliance import passphrases
from config.management.commands.set_up import gather_statistics
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.web import limits, tallies
from tests import database, remembered, statements, templates

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)

SetClock = Callable[[datetime], None]

# Playwright's own event loop makes Django think that live_server's set-up runs in an async context.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long one example takes says more about the machine than about the code.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Time stands still at NOW until a test moves it: `set_clock(instant)`. All code calls `timezone.now()`."""

    def move_to(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    move_to(NOW)
    remembered.watch(monkeypatch)
    return move_to


@contextmanager
def on_the_day() -> Iterator[None]:
    """For a world that is built before the first test of a file begins: the clock and the memory of stories are those of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        remembered.watch(patch)
        yield


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    """Nobody is turned away, or not counted, for what another test has tried."""
    for cache in caches.all():
        cache.clear()
    limits.counts.clear()
    tallies.questions.forget()


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """The slow digest of a mailbox's words costs nothing: the same in all tests, so that stories with one can be remembered.

    What it costs in earnest is a test of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 2)
        yield


@pytest.fixture
def whole_afterwards(db: None) -> Iterator[None]:
    """Whatever people have done in a test, the history is whole after it."""
    yield
    trail.seal()
    assert verifications.verify_history().faults == ()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test begins in the site's first language, whatever the one before it spoke last."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """On SQLite the file that the tests find is the copy of the template."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """No worker runs the migrations that another has run: each begins with a copy of one template."""
    file = connection.settings_dict["TEST"]["NAME"]
    if not request.config.getvalue("create_db"):
        with django_db_blocker.unblock():
            templates.take(to=file)
    yield
    if connection.vendor == "sqlite":
        for left in Path(file).parent.glob(f"{Path(file).name}*"):
            left.unlink()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as after an installation; and so again after each test that empties it."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def empty_and_restore(test_case: TransactionTestCase) -> None:
        if database.rows(installed) == installed:
            database.empty(but=installed)
            return
        with database.triggers_away():
            flush(test_case)
        database.load_reference_data()
        installed.update(database.rows(installed))

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.load_reference_data()
        if connection.vendor == "postgresql":
            # As after an installation (set_up): else every table is taken for empty, and a join of five for nothing.
            gather_statistics()
        installed = database.rows(database.filled())
        remembered.learn_installed()
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_restore)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Workers share the stories that they remember, and on SQLite it is written down which test asks the database what."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        shared = tempfile.TemporaryDirectory(prefix="registry-tests-stories-")
        config.add_cleanup(shared.cleanup)
        os.environ[remembered.SHARED] = shared.name
    folder = os.environ.get("STATEMENTS")
    if folder and not _on_postgresql():
        config.pluginmanager.register(statements.Recorder(Path(folder)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite all but what needs real row locks; on PostgreSQL only what asks the database, as the rest has been seen.

    Where the suite on SQLite wrote down who asks what, as many on PostgreSQL as ask every statement: tests/statements.py.
    First what waits for servers, while the other worker has something to do: at the end both would wait.
    """
    items.sort(key=lambda item: "/serving/" not in item.nodeid)
    if _on_postgresql():
        there = [item for item in items if _asks_the_database(item)]
        recorded = statements.read(Path(os.environ.get("STATEMENTS", "")))
        if recorded:
            there = _enough_to_ask_everything(there, recorded)
        config.hook.pytest_deselected(items=list(set(items) - set(there)))
        items[:] = there
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs the real locks of PostgreSQL"))


def pytest_collection_finish() -> None:
    """What is there when the tests begin stays to the end: whoever collects garbage need not look through it again.

    An eighth of the time of the tests went into looking; seldom, and through what is new alone, it is a twentieth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _enough_to_ask_everything(items: list[pytest.Item], recorded: dict[str, statements.Asked]) -> list[pytest.Item]:
    """Whatever was not run on SQLite, or is about the engine itself, and of the rest as many as ask every statement."""
    always = {item.nodeid for item in items if item.nodeid not in recorded or _is_about_the_engine(item)}
    possible = {item.nodeid: recorded[item.nodeid] for item in items if item.nodeid in recorded}
    chosen = always | statements.enough(possible, already=sorted(always))
    return [item for item in items if item.nodeid in chosen]


def _is_about_the_engine(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("postgresql", "both")) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


def _on_postgresql() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgresql", "both"))
    return bool(fixtures) or marked or _is_of_django(item)


def _is_of_django(item: pytest.Item) -> bool:
    of_class = getattr(item, "cls", None)
    return of_class is not None and issubclass(of_class, SimpleTestCase)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium, which asks nobody for anything."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",  # a microphone that beeps, for reports by voice
            "--use-fake-ui-for-media-stream",
        ],
    }
