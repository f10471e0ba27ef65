"""The background worker as it really runs: a process of its own, which may be stopped, killed, or without its database."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.management.commands import run_due, work
from registry.background_work.models import Heartbeat
from tests import templates
from tests.benchmarks.letters import prove
from tests.conftest import NOW

ROOT = Path(__file__).parent.parent.parent

QUEUE_A_LETTER = """
import django; django.setup()
from django.utils import timezone
from registry.letters.letters import sending
letter = sending.queue("registry/letters/letter.html", to="mair@provider.example", subject="Received",
                       facts={}, about="A-1", at=timezone.now())
print(letter.message_id)
"""
SIX_MINUTES_LATER = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
now = timezone.now
timezone.now = lambda: now() + timedelta(minutes=6)
call_command("work", once=True)
call_command("work", once=True)
"""


WORK = "import django; django.setup(); from config.management.commands import work; from django.core.management import call_command"
#: In seconds, and far longer than any machine is busy: what comes before it has not waited for it.
FOR_EVER = 3600
#: So long is waited for what a good worker does at once, on a machine that is busy with other things.
PATIENCE = 90


class Hangs(BaseEmailBackend):
    """A mail server that accepts the connection and never answers."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Path(os.environ["VAR_DIR"], "mailing").touch()
        time.sleep(600)
        return 0


class Installation:
    """The product in a folder of its own, used only through processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only for tests",
            "PLAIN_HTTP": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'registry.sqlite3'}",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        }

    def run(self, *arguments: str, **environment: str) -> str:
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    def start_worker(self, *, instead: str = "pass", **environment: str) -> "subprocess.Popen[str]":
        """`instead` is what the command goes by instead of its own: `work.PAUSE = 60`."""
        with (self.folder / "log").open("w") as log:
            worker = subprocess.Popen(
                [sys.executable, "-c", f"{WORK}; {instead}; call_command('work')"],
                cwd=ROOT,
                env={**self.environment, **environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith("Working.")
        return worker

    def rows(self) -> list[tuple[int, bool]]:
        """Of each letter, how often it was tried and whether it was sent."""
        with closing(sqlite3.connect(self.folder / "registry.sqlite3")) as database:
            found = database.execute(
                "SELECT attempts, sent_at IS NOT NULL FROM registry_outboxitem ORDER BY id"
            ).fetchall()
        return [(attempts, bool(sent)) for attempts, sent in found]

    def lanes(self) -> set[str]:
        """Those that have written down that they are alive."""
        with closing(sqlite3.connect(self.folder / "registry.sqlite3")) as database:
            return {lane for (lane,) in database.execute("SELECT lane FROM registry_heartbeat")}

    def mails(self) -> list[Message]:
        kept = sorted((self.folder / "mail").glob("*")) if (self.folder / "mail").exists() else []
        return [message_from_bytes(file.read_bytes().partition(b"\n" + b"-" * 79)[0]) for file in kept]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    shutil.copyfile(templates.sqlite(), tmp_path / "registry.sqlite3")
    yield Installation(tmp_path)


def stop(worker: "subprocess.Popen[str]", number: signal.Signals) -> int:
    worker.send_signal(number)
    code = worker.wait(timeout=PATIENCE)
    assert worker.stdout is not None
    worker.stdout.close()
    return code


def wait_for(true: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_the_worker_mails_a_letter_that_another_process_queued(installation: Installation) -> None:
    message_id = installation.run("-c", QUEUE_A_LETTER)

    installation.run("manage.py", "work", "--once")

    assert [mail["Message-ID"] for mail in installation.mails()] == [message_id]
    assert installation.rows() == [(1, True)]


def test_a_letter_leaves_before_the_minute_is_over(installation: Installation) -> None:
    """99 of 100 leave within 10 seconds (docs/rules.md G24): the worker looks for them every second."""
    installation.run("-c", QUEUE_A_LETTER)
    worker = installation.start_worker(instead=f"work.MINUTE = {FOR_EVER}")

    try:
        wait_for(lambda: len(installation.mails()) == 1)  # with all that is due at first
        installation.run("-c", QUEUE_A_LETTER)
        wait_for(lambda: len(installation.mails()) == 2)
        wait_for(lambda: installation.lanes() == {"fast", "slow"})
    finally:
        stop(worker, signal.SIGTERM)
    assert work.PAUSE <= 1


#: A job of the slow lane that takes until the end of the test; it writes, as a job that counts does.
NIGHTLY = """
import time
from django.conf import settings
from config.management.commands import run_due
def count(*, at):
    (settings.VAR_DIR / "counting").touch()
    while not (settings.VAR_DIR / "counted").exists():
        time.sleep(0.1)
    return 1
run_due.SLOW = {"a count of the night": count, **run_due.SLOW}
"""


def test_a_slow_job_delays_no_letter(installation: Installation) -> None:
    """docs/decisions/0094: nightly scoring and letters are in two lanes."""
    (installation.folder / "nightly.py").write_text(NIGHTLY)
    path = f"import sys; sys.path.insert(0, {str(installation.folder)!r}); import nightly"
    worker = installation.start_worker(instead=path)

    try:
        wait_for((installation.folder / "counting").exists)
        installation.run("-c", QUEUE_A_LETTER)
        wait_for(lambda: len(installation.mails()) == 1)
    finally:
        (installation.folder / "counted").touch()
        stop(worker, signal.SIGTERM)


def test_a_lane_that_ends_with_an_error_ends_the_worker(installation: Installation) -> None:
    """So that whatever keeps it running starts it again, with both lanes."""
    broken = "type('Broken', (), {'run': lambda self: 1 / 0})()"
    ends = (
        f"work.lanes = lambda lanes=work.lanes: (lanes()[0], work.Lane('slow', {{}}, (), {broken}, next_minute=1e18))"
    )
    worker = installation.start_worker(instead=ends)

    assert worker.wait(timeout=PATIENCE) != 0
    assert worker.stdout is not None
    worker.stdout.close()
    assert "ZeroDivisionError" in (installation.folder / "log").read_text()


def test_a_job_that_fails_keeps_no_other_of_its_lane_from_being_done(installation: Installation) -> None:
    """One row that cannot be read in an alert of danger kept all letters from leaving."""
    installation.run("-c", QUEUE_A_LETTER)
    fails = "(lambda at: 1 / 0, *lanes()[0].always)"
    first = f"work.lanes = lambda lanes=work.lanes: (work.Lane('fast', {{}}, {fails}, next_minute=1e18), lanes()[1])"
    worker = installation.start_worker(instead=first)
    wait_for(installation.mails)

    assert worker.poll() is None
    assert stop(worker, signal.SIGTERM) == 0
    assert (installation.folder / "log").read_text().count("ZeroDivisionError") == 1  # it is left alone for a minute


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_at_once_when_told_to(installation: Installation, number: signal.Signals) -> None:
    """It does not wait for the end of its pause."""
    installation.run("-c", QUEUE_A_LETTER)
    worker = installation.start_worker(instead=f"work.PAUSE = {FOR_EVER}")
    wait_for(installation.mails)

    assert stop(worker, number) == 0


def test_a_worker_killed_while_mailing_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    installation.run("-c", QUEUE_A_LETTER)
    worker = installation.start_worker(EMAIL_BACKEND=f"{__name__}.Hangs")
    wait_for((installation.folder / "mailing").exists)
    assert stop(worker, signal.SIGKILL) == -signal.SIGKILL
    assert installation.rows() == [(1, False)]

    # Nobody knows yet whether the other worker is at it: the lease holds.
    installation.run("manage.py", "work", "--once")
    assert installation.mails() == []

    installation.run("-c", SIX_MINUTES_LATER)
    assert len(installation.mails()) == 1
    assert installation.rows() == [(2, True)]


@pytest.mark.once
def test_letters_survive_a_mail_server_that_refuses_and_a_worker_that_is_killed(installation: Installation) -> None:
    """A twentieth of `python -m tests.benchmarks.letters`, whose figures are in docs/measured.md (docs/rules.md G24, T40)."""
    found = prove(installation.folder, letters=150, kills=2)

    assert (found.letters, found.kills) == (150, 2)
    assert found.lost == 0
    assert found.refused == 2  # those whose mailbox does not exist
    assert found.tried_again >= 30  # a fifth was refused at first
    assert 1 <= found.twice <= found.counted
    assert found.uncounted == 0


def test_the_worker_outlives_a_database_that_does_not_answer(installation: Installation) -> None:
    worker = installation.start_worker(DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    wait_for(lambda: "The database does not answer" in (installation.folder / "log").read_text())

    assert worker.poll() is None
    assert stop(worker, signal.SIGTERM) == 0


def test_a_worker_that_is_told_to_stop_at_any_moment_ends_and_loses_no_job() -> None:
    """A hundredth of `python -m tests.benchmarks.stops`, whose figures are in docs/measured.md."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.stops", "--times", "5", "--seed", "7"]
    ran = subprocess.run(
        [*command, "--database", str(templates.sqlite())], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("| 5 |")


def test_a_lane_that_waits_for_what_does_not_come_is_ended(installation: Installation) -> None:
    """Its job is tried again by the worker that systemd or the container starts then."""
    installation.run("-c", QUEUE_A_LETTER)
    worker = installation.start_worker(instead="work.LATE_TO_HUNG = 1 / 60", EMAIL_BACKEND=f"{__name__}.Hangs")

    assert worker.wait(timeout=PATIENCE) == 1
    assert worker.stdout is not None
    worker.stdout.close()
    said = (installation.folder / "log").read_text()
    assert "Timeout (0:00:15)!" in said and "in send_messages" in said  # where it hung


def test_a_job_that_takes_longer_than_a_worker_has_left_is_cut_off(installation: Installation) -> None:
    installation.run("-c", QUEUE_A_LETTER)
    worker = installation.start_worker(EMAIL_BACKEND=f"{__name__}.Hangs")
    wait_for((installation.folder / "mailing").exists)
    begun = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    time.sleep(1)

    assert stop(worker, signal.SIGTERM) == -signal.SIGALRM
    assert time.monotonic() - begun < 10
    installation.run("-c", SIX_MINUTES_LATER)
    assert len(installation.mails()) == 1


@pytest.mark.django_db
def test_what_is_due_says_how_many(capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path

    call_command("run_due")

    said = capsys.readouterr().out.splitlines()
    assert {
        "letters mailed: 0",
        "letters waiting for over an hour: 0",
        "copies of the register made: 1",
        "lists taken up: 0",
        "old lists removed: 0",
    } <= set(said)


@pytest.mark.django_db
def test_a_machine_whose_worker_is_on_another_does_what_lies_in_its_own_folder(
    capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path

    call_command("run_due", "--of-this-machine")

    done = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert done == ["copies of the register made", "campaigns counted"]
    assert (tmp_path / "snapshot" / "register.ndjson.gz").exists()
    assert not Heartbeat.objects.exists()  # the worker alone says that it is alive


def test_who_is_told_to_stop_takes_up_nothing_else_that_is_due() -> None:
    told = Event()

    def tell(at: datetime) -> int:
        told.set()
        return 1

    due = {"one": lambda at: 1, "another": tell, "a third": lambda at: 1}

    assert run_due.run_due(NOW, due=due, is_told_to_stop=told.is_set) == {"one": 1, "another": 1}


@pytest.mark.django_db
def test_one_failure_keeps_nothing_else_from_being_done(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    call_command("run_due")

    def fails(*, at: object) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(run_due, "DUE", {"broken": fails, **run_due.DUE})

    assert run_due.run_due(NOW) == {"broken": None, **dict.fromkeys(list(run_due.DUE)[1:], 0)}
    with pytest.raises(CommandError):
        call_command("run_due")
