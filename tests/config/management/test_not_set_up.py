"""While the database is older than the code, pages, the worker and the status say so in words, and the worker waits."""

import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config.management.commands import work
from config.ready import NOT_SET_UP

pytestmark = pytest.mark.django_db


def lack_a_migration() -> None:
    MigrationRecorder(connection).record_unapplied("registry", "0047_ends_are_explained")


def test_the_status_says_that_the_database_is_not_set_up() -> None:
    lack_a_migration()

    with pytest.raises(CommandError, match="lacks migrations"):
        call_command("status")


@pytest.mark.parametrize(("lacks", "words"), [(True, NOT_SET_UP), (False, "The database does not answer")])
def test_the_worker_says_it_and_waits(
    lacks: bool, words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(lane: work.Lane) -> None:
        raise OperationalError("no such table: registry_heartbeat")

    if lacks:
        lack_a_migration()
    command = work.Command()
    monkeypatch.setattr(command, "_round", fail)

    with caplog.at_level(logging.ERROR):
        pause = command._safe_round(work.lanes()[0])

    assert words in caplog.text and ("Traceback" in caplog.text) is not lacks
    assert pause == (work.MINUTE if lacks else work.AFTER_A_FAULT)


def test_a_job_that_fails_for_a_lacking_migration_makes_the_worker_wait_too() -> None:
    """PostgreSQL says of a missing table that the statement is wrong, not that it does not answer."""
    lane = work.lanes()[0]

    def fail(at: object) -> int:
        raise ProgrammingError('relation "registry_heartbeat" does not exist')

    work.Command()._do(fail, lane)
    assert lane.left_alone.pop(fail)

    lack_a_migration()
    with pytest.raises(ProgrammingError):
        work.Command()._do(fail, lane)


#: What a page asks of a table that is not there: the first is SQLite's fault, the other PostgreSQL's.
FAULTS = [OperationalError("no such table: registry_user"), ProgrammingError('relation "registry_user" does not exist')]


def asks_a_missing_table(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("registry.background_work.queries.lanes", fail)
    monkeypatch.setattr("registry.web.end_what_is_over", fail)


@pytest.mark.parametrize("fault", FAULTS, ids=["sqlite", "postgresql"])
def test_a_page_says_that_the_service_is_being_upgraded(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lack_a_migration()
    asks_a_missing_table(fault, monkeypatch)

    with caplog.at_level(logging.ERROR):
        shown = Client(raise_request_exception=False).get("/staff/")
        sent = Client(raise_request_exception=False).post("/staff/find/", {"q": "SALT0001"})

    assert (shown.status_code, sent.status_code) == (503, 503)
    assert "The service is being upgraded. Wait a minute" in shown.content.decode()
    assert "The service is being upgraded. Nothing has been saved." in sent.content.decode()
    assert NOT_SET_UP in caplog.text


@pytest.mark.parametrize("lacks", [True, False])
def test_the_health_of_the_worker_says_which_it_is(lacks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if lacks:
        lack_a_migration()
    asks_a_missing_table(FAULTS[0], monkeypatch)

    answer = Client().get("/health/worker")

    said = {"worker": False, "migrations" if lacks else "database": False}
    assert (answer.status_code, answer.json()) == (503, said)
