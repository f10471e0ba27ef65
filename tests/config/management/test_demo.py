"""Loading a demonstration, and throwing it away: never a database that is not one."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from config.demo import bulk, loading, progress
from config.demo.people import SAMPLE_PEOPLE
from registry import jobs
from registry.accounts.models import User
from registry.letters.letters import sending
from registry.organisations.models import Organisation
from tests.architecture.source import ROOT
from tests.conftest import NOW
from tests.registry.stories import an_organisation


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr(
        loading, "STEPS", (loading.LoadingStep("People", loading.people), loading.LoadingStep("Firms", firms))
    )


def firms(at: datetime) -> Iterator[object]:
    yield an_organisation("Abercwm Labour Ltd")
    yield an_organisation("Barry Staff Ltd")


def fails(at: datetime) -> Iterator[object]:
    yield an_organisation("Half-made Ltd")
    raise RuntimeError("the power went")


def said(command: str, **options: int) -> str:
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def load(**sizes: int) -> str:
    """Load the steps, and nothing in bulk unless it is asked for."""
    return said("load_demo", **{"providers": 0, "applications": 0, "inspections": 0, **sizes})


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
class TestLoading:
    def test_every_sample_person_can_be_signed_in_as_and_has_the_role(self) -> None:
        load()

        roles = {user.email.split("@")[0]: user.roles for user in User.objects.filter(email__endswith="@demo.example")}
        assert roles == {local_part: frozenset({role}) for local_part, role, _name in SAMPLE_PEOPLE}

    def test_it_says_what_it_made(self) -> None:
        assert "Firms: 2 in" in load()

    def test_loading_again_keeps_what_is_there(self) -> None:
        load()

        assert "there already" in load()
        assert Organisation.objects.count() == 2

    def test_what_every_page_needs_comes_first_and_pages_say_how_far_the_rest_is(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = loading.STEPS
        monkeypatch.setattr(loading, "STEPS", (replace(first, comes_first=True), second))

        said("load_demo", first=True)

        assert Organisation.objects.count() == 0
        assert "1 of 2 steps are done" in client.get("/demo/").content.decode()
        load()
        assert Organisation.objects.count() == 2
        assert "still being loaded" not in client.get("/demo/").content.decode()

    def test_the_letters_of_the_stories_are_mailed_before_the_worker_begins(self) -> None:
        sending.queue(
            "registry/letters/letter.html",
            to="mair@provider.example",
            subject="Received",
            facts={},
            about="A-1",
            at=NOW - timedelta(days=3),
        )
        assert jobs.warn_of_waiting(at=NOW) == 1

        assert len(list(loading.mail(NOW))) == 1

        assert jobs.warn_of_waiting(at=NOW) == 0

    def test_a_step_that_is_cut_off_has_made_nothing_and_is_done_next_time(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = loading.STEPS
        monkeypatch.setattr(loading, "STEPS", (first, loading.LoadingStep("Firms", fails)))
        with pytest.raises(RuntimeError):
            load()
        assert (User.objects.filter(email__endswith="@demo.example").count(), Organisation.objects.count()) == (
            len(SAMPLE_PEOPLE),
            0,
        )

        monkeypatch.setattr(loading, "STEPS", (first, second))
        load()

        assert Organisation.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_it_fills_up_to_the_size_that_is_asked_for_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bulk.Sizes] = []

    def series(of: bulk.Load) -> tuple[bulk.Series, ...]:
        made.append(of.sizes)
        return ()

    monkeypatch.setattr(bulk.Load, "series", series)

    said("load_demo")
    said("load_demo", providers=900, applications=7)
    said("load_demo", providers=1_000_000)

    assert made == [
        bulk.Sizes(1200, 400, 300, 120),
        bulk.Sizes(900, 7, 225, 90),
        bulk.Sizes(1_000_000, 0, 0, 0),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_another_seed_than_it_was_begun_with_is_refused() -> None:
    load(seed=5)

    with pytest.raises(CommandError, match="seed 5"):
        load(seed=6)


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_demo", "empty_demo"])
def test_outside_a_demonstration_it_refuses(command: str, settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError):
        said(command)


def test_the_addresses_name_every_sample_person_by_role(settings: Settings) -> None:
    settings.SITE_ADDRESS = "http://localhost:8123"

    text = said("demo_addresses")

    for local_part, role, _name in SAMPLE_PEOPLE:
        assert f"{local_part}@demo.example" in text
        assert role.replace("_", " ") in text
    assert "http://localhost:8123/check/" in text


def emptied(directory: Path) -> subprocess.CompletedProcess[str]:
    environment: dict[str, Any] = {
        **os.environ,
        "DEMO": "1",
        "VAR_DIR": str(directory),
        "DATABASE_URL": f"sqlite:///{directory / 'registry.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "empty_demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def a_database(directory: Path, *, counters: list[str], events: int) -> Path:
    path = directory / "registry.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE registry_counter (name text)")
        database.execute("CREATE TABLE registry_event (number integer)")
        database.executemany("INSERT INTO registry_counter VALUES (?)", [(name,) for name in counters])
        database.executemany("INSERT INTO registry_event VALUES (?)", [(number,) for number in range(events)])
    return path


def test_starting_over_throws_the_database_and_the_mail_of_a_demonstration_away(tmp_path: Path) -> None:
    path = a_database(tmp_path, counters=[progress.DONE, "events"], events=3)
    (tmp_path / "mail").mkdir()

    done = emptied(tmp_path)

    assert done.returncode == 0, done.stderr
    assert not path.exists()
    assert not (tmp_path / "mail").exists()


def test_starting_over_refuses_a_database_that_was_not_loaded_as_a_demonstration(tmp_path: Path) -> None:
    path = a_database(tmp_path, counters=["events"], events=3)

    done = emptied(tmp_path)

    assert done.returncode == 1
    assert "not filled by load_demo" in done.stderr
    assert path.exists()


def test_starting_over_refuses_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE accounts (name text)")

    assert emptied(tmp_path).returncode == 1
    assert path.exists()
