"""The real service on a real primary and a real streaming replica, each behind a wire that a test may cut."""

import json
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest

from tests import templates
from tests.serving import postgres
from tests.serving.ports import HOST, Wire, a_wire, free_port
from tests.serving.started import ROOT, START, play

#: Seconds: how long the replica is believed alone, and how long a statement of the look-up may take.
ALONE, STATEMENT = 3, 1
#: What a client still waits for; the promise is 10.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    headers: Message
    seconds: float


#: A certificate of the test's own making is as good as any.
_ANYBODY = ssl.create_default_context()
_ANYBODY.check_hostname = False
_ANYBODY.verify_mode = ssl.CERT_NONE


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_redirected: object) -> None:
        return None


def ask(address: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
    """What a client is told, whatever it is. Raises `OSError` when nothing is said within `PATIENCE`."""
    body = urlencode(form).encode() if form is not None else None
    request = Request(address, body, headers)
    begun = time.monotonic()
    try:
        with build_opener(_Stay, HTTPSHandler(context=_ANYBODY)).open(request, timeout=PATIENCE) as found:
            status, text, told = found.status, found.read().decode(), found.headers
    except HTTPError as refused:
        with refused:
            status, text, told = refused.code, refused.read().decode(), refused.headers
    return Answer(status, text, told, time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class Service:
    port: int
    number: str
    code: str
    primary: postgres.Server
    replica: postgres.Server
    #: Between the service and each of them.
    to_primary: Wire
    to_replica: Wire
    environment: dict[str, str]
    log: Path

    @property
    def faces(self) -> dict[str, tuple[str, dict[str, str] | None]]:
        """Every way in which the public asks who is licensed."""
        return {
            "look-up": ("/check/?q=Harvest+Hands+Ltd", None),
            "entry": (f"/check/{self.number}/", None),
            "past day": (f"/check/{self.number}/?at_0=1&at_1=1&at_2=2026", None),
            "code": (f"/c/{self.code}/", None),
            "certificate": ("/verify/", {"code": self.code}),
            "badge": (f"/badge/{self.number}.svg", None),
            "feed": (f"/check/{self.number}/feed.json", None),
            "API: search": ("/api/v1/register?q=Harvest", None),
            "API: entry": (f"/api/v1/register/{self.number}", None),
            "API: changes": ("/api/v1/changes", None),
            "CSV": ("/data/register.csv", None),
            "JSON": ("/data/register.json", None),
        }

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        return ask(f"http://{HOST}:{self.port}{path}", form, **headers)

    def ask_all(self) -> dict[str, Answer]:
        """All of them at once, as a fault must not let one wait for the other."""
        with ThreadPoolExecutor(len(self.faces)) as pool:
            asked = {name: pool.submit(self.ask, *face) for name, face in self.faces.items()}
            return {name: one.result() for name, one in asked.items()}

    def standing(self) -> str:
        """What the API says of the one holder: a standing, or the kind of the problem."""
        said = json.loads(self.ask(f"/api/v1/register/{self.number}").text)
        return str(said.get("standing") or said["type"])

    def play(self, story: str) -> None:
        """By the real actions, straight on the primary."""
        play(story, self.environment | {"DATABASE_URL": self.primary.url})

    def replica_has_caught_up(self) -> None:
        reached = self.primary.says("SELECT pg_current_wal_lsn()")
        for _try in range(100):
            if self.replica.says(f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"):
                return
            time.sleep(0.1)
        raise AssertionError("the replica does not follow")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if postgres.programs() is None:
        pytest.skip("initdb and pg_basebackup of PostgreSQL are not installed")
    folder = tmp_path_factory.mktemp("serving")
    with ExitStack() as stack:
        primary = stack.enter_context(postgres.a_primary())
        environment = {**os.environ, **_settings(folder), "DATABASE_URL": primary.url}
        primary.copy(templates.address())
        holder = play("begin", environment)
        replica = stack.enter_context(postgres.a_replica(primary))
        to_primary, to_replica = (stack.enter_context(a_wire(one.port)) for one in (primary, replica))
        environment |= {
            "DATABASE_URL": postgres.address(to_primary.port),
            "REGISTER_DATABASE_URL": postgres.address(to_replica.port),
        }
        port = free_port()
        # As in operations.md, but with threads enough that no question waits for another.
        served_by = {"PORT": str(port), "WORKERS": "1", "THREADS": "16", "PYTHON": sys.executable}
        log = stack.enter_context((folder / "log").open("w"))
        served = stack.enter_context(
            subprocess.Popen([str(ROOT / START)], env=environment | served_by, cwd=ROOT, stdout=log, stderr=log)
        )
        stack.callback(served.terminate)
        found = Service(
            port,
            holder["number"],
            holder["code"],
            primary,
            replica,
            to_primary,
            to_replica,
            environment,
            folder / "log",
        )
        _wait_for(found)
        yield found


@pytest.fixture
def mended(service: Service) -> Iterator[Service]:
    """The service in good order; and again at the end, whatever was done to it."""
    yield service
    service.to_primary.mend()
    service.to_replica.mend()


def _settings(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
        "SECRET_KEY": "a key of nobody for the tests of serving",
        "PLAIN_HTTP": "1",
        "VAR_DIR": str(folder),
        "LOOK_UP_SECONDS": str(STATEMENT),
        "STATEMENT_SECONDS": "4",
        "REPLICA_ALONE": str(ALONE),
        "CONTACT_TELEPHONE": "01632 960999",
        "PYTHONWARNINGS": "ignore",
        "LIMITS": "read=1000000/60 look_up=1000000/60 api=1000000/60 leave=1000000/60 data=1000000/60",
    }


def _wait_for(service: Service) -> None:
    for _try in range(300):
        try:
            if service.ask("/check/").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(service.log.read_text())
