"""A worker that has died, and what waits for it, is seen: by the health check, the command and the home page."""

import io
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config.management.commands import run_due, work
from registry import jobs
from registry.background_work import jobs as background_jobs
from registry.background_work import queries
from registry.letters.letters import sending
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def fails(*, at: datetime) -> int:
    raise ValueError


def does_nothing(*, at: datetime) -> int:
    return 0


@pytest.fixture(autouse=True)
def few_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One job in each lane: the trail is verified once a day."""
    monkeypatch.setattr(run_due, "DUE", {"nothing": does_nothing, "trail verified": jobs.verify_trail})
    monkeypatch.setattr(run_due, "LANES", {"fast": {"nothing": None}, "slow": {"trail verified": None}})


def works() -> None:
    with suppress(CommandError):
        call_command("run_due", stdout=io.StringIO())


def told() -> tuple[dict[str, Any], bool]:
    out = io.StringIO()
    try:
        call_command("status", "--json", stdout=out)
    except CommandError:
        return json.loads(out.getvalue()), True
    return json.loads(out.getvalue()), False


def test_a_worker_that_goes_round_is_seen_and_one_that_has_died_too(set_clock: SetClock) -> None:
    never = Client().get("/health/worker")
    works()
    alive = Client().get("/health/worker")
    set_clock(NOW + timedelta(minutes=3))
    dead = Client().get("/health/worker")

    assert (never.status_code, alive.status_code, dead.status_code) == (503, 200, 503)
    assert alive.json() == {"worker": True, "seconds_since_last_round": {"fast": 0, "slow": 0}, "failed_jobs": 0}
    assert dead.json()["seconds_since_last_round"]["fast"] == 180
    # The pages go on without it.
    assert Client().get("/health/ready").status_code == 200


def test_a_job_that_fails_is_named_until_it_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(run_due.DUE, "nothing", fails)
    works()

    failed = told()
    assert failed[1] and failed[0]["late"] == ["failed_jobs"]
    assert failed[0]["status"]["failed_jobs"]["detail"] == "nothing"

    monkeypatch.setitem(run_due.DUE, "nothing", does_nothing)
    works()
    assert told()[0]["late"] == []


def test_what_waits_for_too_long_is_late(set_clock: SetClock) -> None:
    works()
    sending.queue(
        "registry/letters/letter.html", to="mair@provider.test", subject="Received", facts={}, about="A-1", at=NOW
    )

    assert told() == (told()[0], False)
    set_clock(NOW + timedelta(minutes=61))
    works()
    status, has_failed = told()

    assert has_failed and status["late"] == ["unsent_letter"]
    assert status["status"]["unsent_letter"]["seconds"] == 61 * 60


def test_the_table_is_for_people(set_clock: SetClock) -> None:
    works()
    set_clock(NOW + timedelta(hours=2, minutes=5))
    out = io.StringIO()

    with pytest.raises(CommandError, match="2 late: lane_fast, lane_slow"):
        call_command("status", stdout=out)

    assert "Time since urgent work ran" in out.getvalue() and "2 h 5 min" in out.getvalue()


def test_administrators_see_it_at_home_and_others_do_not(set_clock: SetClock) -> None:
    works()
    administrator, officer = signed_in(person("people_administrator")), signed_in(person("case_officer"))
    assert "Background work is late" not in administrator.get("/staff/").content.decode()

    set_clock(NOW + timedelta(minutes=3))

    assert "Time since urgent work ran: 3 min 0 s" in administrator.get("/staff/").content.decode()
    assert "Background work" not in officer.get("/staff/").content.decode()


def test_each_job_is_of_one_lane_whose_time_is_set() -> None:
    assert {lane.name for lane in work.lanes()} == {*run_due.LANES} == {*queries.LANES}
    assert timezone.now() == NOW


def test_the_public_reads_a_file_that_the_worker_writes(
    settings: Settings, tmp_path: Path, set_clock: SetClock
) -> None:
    works()
    file = tmp_path / "status.html"
    assert background_jobs.write_status_page(at=NOW) == 0

    settings.STATUS_PAGE = str(file)
    background_jobs.write_status_page(at=NOW)
    good = file.read_text()
    background_jobs.write_status_page(at=NOW + timedelta(minutes=5))
    late = file.read_text()

    assert "Background work is done in time." in good and "Written on 2 November 2026" in good
    assert "Background work is late." in late and "Emails leave in time." in late
    assert 'lang="cy"' in good
    assert [path.name for path in tmp_path.iterdir()] == ["status.html"]


@pytest.mark.parametrize(
    ("names", "is_late", "seconds"),
    [
        ([], True, None),
        (["20261031T090000Z", "log", ".unfinished-7", "20261102T080000Z.txt"], True, 172_800),
        (["20261101T090000Z", "20261102T080000Z.tar.age"], False, 3_600),
    ],
)
def test_a_copy_that_was_not_made_is_late(
    names: list[str], is_late: bool, seconds: int | None, settings: Settings, tmp_path: Path, set_clock: SetClock
) -> None:
    set_clock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert "copy" not in {line.name for line in queries.status(timezone.now())}, "where no one said where copies are"
    for name in names:
        (tmp_path / name).mkdir()
    settings.BACKUP_FOLDER = str(tmp_path)

    (line,) = queries.copies(timezone.now())

    assert (line.is_late, line.seconds) == (is_late, seconds)
    settings.BACKUP_FOLDER = str(tmp_path / "none")
    (line,) = queries.copies(timezone.now())
    assert line.is_late and line.words == "-"
