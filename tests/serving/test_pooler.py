"""The service behind PgBouncer, started with the very file of docs/serving: few connections of the server for many pages."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from tests import templates
from tests.serving import postgres
from tests.serving.conftest import Answer, ask
from tests.serving.conftest import _settings as service_settings
from tests.serving.ports import HOST, free_port
from tests.serving.started import ROOT, START, play

# By hand: it takes a minute, and what it starts and stops would slow the tests of faults that run beside it.
pytestmark = [pytest.mark.postgresql, pytest.mark.dear]

SAMPLE = ROOT / "docs" / "serving" / "pgbouncer.ini"
#: Connections that are lent of each of the two names.
LENT = 2
#: As many as one client may ask for.
PROOFS = 8
COUNT = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


@dataclass
class Pooler:
    folder: Path
    port: int
    to: int
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{HOST}:{self.port}/registry"

    def write(self, **changed: str) -> Path:
        """The file of the documentation, moved to the ports and folders of the test."""
        said = SAMPLE.read_text()
        for before, after in {
            "port=5432 dbname=registry pool_size=20": f"port={self.to} dbname=postgres pool_size={LENT}",
            "listen_port = 6432": f"listen_port = {self.port}",
            "auth_type = scram-sha-256": "auth_type = trust",
            "/etc/pgbouncer": str(self.folder),
            "/var/log/postgresql": str(self.folder),
            "/var/run/postgresql": str(self.folder),
            **changed,
        }.items():
            assert before in said, before
            said = said.replace(before, after)
        (self.folder / "userlist.txt").write_text('"postgres" ""\n')
        file = self.folder / "pgbouncer.ini"
        file.write_text(f"{said}\nunix_socket_dir =\n")
        return file

    def start(self, **changed: str) -> None:
        file = self.write(**changed)
        owner: dict[str, Any] = {}
        if os.geteuid() == 0:  # it does not run as root
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, "postgres")
            owner = {"user": "postgres", "extra_groups": []}
        self.process = subprocess.Popen([program(), "-q", str(file)], stderr=subprocess.DEVNULL, **owner)
        for _try in range(100):
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url, connect_timeout=2).close()
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "pgbouncer.log").read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


def program() -> str:
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin") or ""


@dataclass(frozen=True)
class Pooled:
    port: int
    number: str
    primary: postgres.Server
    pooler: Pooler
    environment: dict[str, str]

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        return ask(f"http://{HOST}:{self.port}{path}", form)

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pooled]:
    if postgres.programs() is None or not program():
        pytest.skip("PostgreSQL's initdb or PgBouncer is not installed")
    folder = tmp_path_factory.mktemp("pooled")
    with ExitStack() as stack:
        primary = stack.enter_context(postgres.a_primary())
        environment = {**os.environ, **service_settings(folder), "DATABASE_URL": primary.url}
        primary.copy(templates.address())
        holder = play("begin", environment)
        pooler = stack.enter_context(_a_pooler(primary))
        environment["POOLER_URL"] = pooler.url
        port = free_port()
        served_by = {"PORT": str(port), "WORKERS": "2", "THREADS": "8", "PYTHON": sys.executable}
        log = stack.enter_context((folder / "log").open("w"))
        served = stack.enter_context(
            subprocess.Popen([str(ROOT / START)], env=environment | served_by, cwd=ROOT, stdout=log, stderr=log)
        )
        stack.callback(served.terminate)
        found = Pooled(port, holder["number"], primary, pooler, environment)
        _wait_for(found, folder / "log")
        yield found


@contextmanager
def _a_pooler(primary: postgres.Server) -> Iterator[Pooler]:
    with TemporaryDirectory(prefix="registry-pooler-") as name:
        Path(name).chmod(0o755)  # it has a user of its own
        pooler = Pooler(Path(name), free_port(), primary.port)
        try:
            pooler.start()
            yield pooler
        finally:
            pooler.stop()


def _wait_for(service: Pooled, log: Path) -> None:
    for _try in range(300):
        with suppress(OSError):
            if service.ask("/check/").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_many_pages_share_few_connections_and_each_is_right(pooled: Pooled) -> None:
    faces: list[tuple[str, dict[str, str] | None]] = [
        ("/check/", {"q": "Harvest Hands Ltd"}),
        (f"/check/{pooled.number}/", None),
        ("/data/register.csv", None),
        ("/api/v1/register?q=Harvest", None),
    ]
    written: tuple[str, dict[str, str] | None] = (f"/check/{pooled.number}/proof/", {})
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(pooled.ask, *face) for _time in range(PROOFS) for face in (*faces * 6, written)]
        most = max(int(str(pooled.primary.says(COUNT))) for _look in range(10))
        answers = [one.result() for one in asked]
    proofs = [answer.headers["Location"] for answer in answers if answer.status == 303]
    assert {answer.status for answer in answers} == {200, 303}
    assert all("Harvest Hands" in answer.text for answer in answers if answer.status == 200)
    assert len(set(proofs)) == PROOFS == pooled.primary.says("SELECT count(*) FROM public_lookup_receipt")
    assert most <= 2 * LENT


def test_pages_have_limits_and_the_look_up_only_reads(pooled: Pooled) -> None:
    wanted = {"registry": ("30s", "20s", "off"), "registry_look_up": ("3s", "1s", "on")}
    names = ("statement_timeout", "lock_timeout", "default_transaction_read_only")
    for name, limits in wanted.items():
        with psycopg.connect(pooled.pooler.url.replace("/registry", f"/{name}"), autocommit=True) as lent:
            found = tuple(lent.execute(f"SHOW {setting}".encode()).fetchone() for setting in names)
        assert tuple(value for (value,) in found if value) == limits  # type: ignore[misc]


def test_rows_that_are_read_piece_by_piece_do_not_depend_on_the_connection_that_is_lent(
    pooled: Pooled, django_db_blocker: DjangoDbBlocker
) -> None:
    through = ConnectionHandler(
        {
            alias: {
                "ENGINE": "config.postgresql",
                "NAME": "registry",
                "USER": "postgres",
                "HOST": HOST,
                "PORT": pooled.pooler.port,
                "OPTIONS": {"pooled": True},
            }
            for alias in ("default", "other")
        }
    )
    with django_db_blocker.unblock(), closing(through["default"]) as ours, closing(through["other"]) as another:
        with ours.chunked_cursor() as cursor:
            cursor.execute("SELECT generate_series(1, 100)")
            first = cursor.fetchmany(10)
            another.set_autocommit(False)
            with another.cursor() as taking:
                taking.execute("SELECT 1")  # the connection that ours had a moment ago
            assert [*first, *cursor.fetchall()] == [(number,) for number in range(1, 101)]
            another.rollback()
        # Within a transaction it is one connection, and the server keeps the rest.
        ours.set_autocommit(False)
        ours.in_atomic_block = True
        with ours.chunked_cursor() as cursor:
            assert cursor.cursor.name
        ours.in_atomic_block = False
        ours.rollback()


def test_commands_ask_the_server_itself_and_check_the_pooler(pooled: Pooled) -> None:
    assert f"{HOST}:{pooled.pooler.port} lends with limits" in pooled.manage("check_services")
    pooled.pooler.stop()
    try:
        assert "Whole:" in pooled.manage("verify_trail")
        pooled.pooler.start(**{"SET statement_timeout TO ''3s''; ": ""})
        assert "registry_look_up has not the limits" in pooled.manage("check_services")
    finally:
        pooled.pooler.stop()
        pooled.pooler.start()
    _good_again(pooled)


def test_while_the_pooler_is_away_no_one_is_answered_by_a_guess(pooled: Pooled) -> None:
    pooled.pooler.stop()
    try:
        looked_up = pooled.ask("/check/?q=Harvest+Hands+Ltd")
        assert looked_up.status == 503 and "We cannot tell now" in looked_up.text
        assert pooled.ask(f"/check/{pooled.number}/proof/", {}).status == 503
    finally:
        pooled.pooler.start()
    _good_again(pooled)


def test_while_the_server_behind_it_is_away_too_and_it_comes_back_by_itself(pooled: Pooled) -> None:
    pooled.primary.stop()
    try:
        looked_up = pooled.ask("/check/?q=Harvest+Hands+Ltd")
        assert looked_up.status == 503 and "We cannot tell now" in looked_up.text
    finally:
        pooled.primary.start()
    _good_again(pooled)


def _good_again(pooled: Pooled) -> None:
    """As long as a process leaves alone what has failed."""
    answer: Any = None
    for _try in range(40):
        with suppress(OSError):
            answer = pooled.ask("/check/?q=Harvest+Hands+Ltd")
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise AssertionError(answer)
