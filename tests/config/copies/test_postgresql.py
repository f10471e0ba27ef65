"""A base copy and the log: back to the last commit before the server was killed, and to a moment of before."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import templates
from tests.serving import postgres
from tests.serving.ports import HOST

pytestmark = [pytest.mark.dear, pytest.mark.postgresql, pytest.mark.django_db]


class Service:
    """The commands of the service on a server of the test."""

    def __init__(self, server: postgres.Server, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.log = folder / "log"
        self.log.mkdir()
        self.environment = os.environ | {
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder / "var"),
            "TRAIL_HEAD_FILE": str(folder / "outside/trail-head.json"),
            "SECRET_KEY": "s" * 60,
            "NAMES_KEY": "n" * 60,
            "SIGNING_KEY": "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M",
            "SITE_ADDRESS": "https://licensing.authority.test",
            "ALLOWED_HOSTS": "licensing.authority.test",
            "CLAMD_ADDRESS": "none",
        }

    def run(self, *command: object) -> str:
        done = self.ended(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ended(self, *command: object) -> "subprocess.CompletedProcess[str]":
        words = [sys.executable, "manage.py", *map(str, command)]
        return subprocess.run(
            words, cwd=templates.ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def write(self, because: str) -> str:
        """An event of the trail; says its head."""
        self.run("accept_database", "--by", "ann@authority.test", "--because", because)
        return str(self.server.says("SELECT number || ':' || hash FROM registry_event ORDER BY number DESC LIMIT 1"))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.a_primary() as server:
        server.copy(templates.address())
        yield Service(server, tmp_path)


def test_all_that_was_committed_is_there_and_a_moment_of_before_too(service: Service) -> None:
    service.run("sync_roles")
    service.run("appoint_administrator", "ann@authority.test", "Ann")
    source = [
        "--host",
        HOST,
        "--port",
        str(service.server.port),
        "--username",
        "postgres",
        "--directory",
        str(service.log),
    ]
    subprocess.run(["pg_receivewal", "--create-slot", "--slot", "registry", *source], check=True)
    following = subprocess.Popen(["pg_receivewal", "--synchronous", "--no-loop", "--slot", "registry", *source])
    copy = service.run("backup", service.folder / "copies").strip()
    first = service.write("The first.")
    moment = datetime.now(UTC)
    service.server.says("SELECT pg_switch_wal()")  # so that the log has several files
    last = service.write("The last.")
    time.sleep(1)  # the log is followed within a second
    service.server.stop()  # as if the power were cut
    following.wait(20)

    told = service.run("restore_drill", copy, "--log", service.log)
    assert f"Head {last}," in told and "Lost against the head that is kept outside: 0 events" in told

    told = service.run("restore_drill", copy, "--log", service.log, "--until", moment.isoformat())
    assert f"Head {first}," in told
    number = int(last.partition(":")[0]) - int(first.partition(":")[0])
    assert f"Lost against the head that is kept outside: {number} events" in told
    assert following.returncode != -signal.SIGKILL

    sorted(service.log.glob("*[0-9A-F]"))[-1].unlink()
    refused = service.ended("restore_drill", copy, "--log", service.log)
    assert refused.returncode == 1 and "The log has a gap" in refused.stderr
