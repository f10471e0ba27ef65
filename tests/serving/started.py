"""The service on SQLite, started by the very line of the documentation, and workers of it that are killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.serving.ports import HOST, free_port
from tests.serving.processes import children_of, hear_hang_up

ROOT = Path(__file__).resolve().parents[2]
#: The start, as docs/operations.md, deploy/systemd and script/demo have it.
START = "script/serve"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
    "SECRET_KEY": "a key of nobody for the tests of serving, long enough for all",
    "PLAIN_HTTP": "1",
    "PYTHON": sys.executable,
    "PYTHONWARNINGS": "ignore",
    # Thousands of questions come from this one address.
    "LIMITS": "read=1000000/60 look_up=1000000/60 api=1000000/60",
}


@dataclass
class Started:
    process: "subprocess.Popen[bytes]"
    port: int
    number: str
    log: Path
    environment: dict[str, str]
    #: What it is asked with where it speaks TLS.
    context: SSLContext | None = None

    @property
    def address(self) -> str:
        return f"{'https' if self.context else 'http'}://{HOST}:{self.port}"

    def workers(self) -> list[int]:
        """The processes below the main one of granian; none while it starts anew."""
        return [worker for main in children_of(self.process.pid) for worker in children_of(main)]

    def ask(self, path: str, body: bytes | None = None, *, timeout: float = 10) -> tuple[int, str]:
        try:
            with urlopen(Request(self.address + path, body), timeout=timeout, context=self.context) as found:
                return found.status, found.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def wait_until_good(self, seconds: float = 60) -> float:
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            with suppress(OSError):
                if self.ask("/health/live")[0] == 200:
                    return time.monotonic() - begun
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


def play(name: str, environment: dict[str, str]) -> Any:
    """Play a story of tests/serving/story.py in a process of its own; what it says."""
    program = f"import django; django.setup(); from tests.serving import story; story.play('{name}')"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def a_worker(started: Started) -> Iterator[None]:
    """The background worker beside the service, as deploy/systemd starts it."""
    command = [sys.executable, "manage.py", "work"]
    with started.log.with_name("work.log").open("wb") as written:
        process = subprocess.Popen(command, env=started.environment, cwd=ROOT, stdout=written, stderr=written)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def a_start(
    folder: Path, migrated: Path | None = None, context: SSLContext | None = None, /, **settings: str
) -> Iterator[Started]:
    """`migrated` is a database that has all tables, to be copied: making them takes twenty seconds."""
    if migrated:
        shutil.copyfile(migrated, folder / "registry.sqlite3")
    environment = {**os.environ, **SETTINGS, "VAR_DIR": str(folder), **settings}
    environment.pop("DATABASE_URL", None)
    play("begin", environment)
    port = free_port()
    log = folder / "serve.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [str(ROOT / START)],
            env={**environment, "PORT": str(port)},
            cwd="/",
            stdout=written,
            stderr=written,
            preexec_fn=hear_hang_up,
        )
    started = Started(process, port, "HARV0001", log, environment, context)
    try:
        started.wait_until_good()
        yield started
    finally:
        process.terminate()
        process.wait(20)


@dataclass
class Tally:
    """What clients were told while workers were killed."""

    told: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    whole_after: float = 0.0
    slowest: float = 0.0

    @property
    def good_share(self) -> float:
        return self.told["good"] / max(1, self.told.total())

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.told.total()} requests: {self.good_share:.2%} good, {self.told['lost']} lost, "
            f"{self.told['wrong']} wrong; slowest {self.slowest:.1f} s; whole again after {self.whole_after:.1f} s"
        )


def judge(started: Started) -> str:
    """One look-up: good, wrong, or lost without an answer."""
    try:
        status, text = started.ask(f"/api/v1/register/{started.number}")
    except (OSError, ValueError):
        return "lost"
    return "good" if status == 200 and '"standing": "licensed"' in text.replace('":"', '": "') else "wrong"


def kill_workers(started: Started, *, seconds: float, every: float, seed: int, rate: float = 20) -> Tally:
    """Kill a worker chosen at random, again and again, while clients ask at an even rate."""
    tally, chosen, stop = Tally(), random.Random(seed), threading.Event()
    asking = [threading.Thread(target=_ask_on, args=(started, tally, stop, rate / 4)) for _client in range(4)]
    for one in asking:
        one.start()
    end = time.monotonic() + seconds
    while time.monotonic() + every <= end:
        time.sleep(every)
        if workers := started.workers():
            with suppress(ProcessLookupError):
                os.kill(chosen.choice(workers), signal.SIGKILL)
                tally.kills += 1
    tally.whole_after = _whole_again(started)
    time.sleep(max(0.0, end - time.monotonic()))
    stop.set()
    for one in asking:
        one.join()
    return tally


def _ask_on(started: Started, tally: Tally, stop: threading.Event, rate: float) -> None:
    while not stop.wait(1 / rate):
        begun = time.monotonic()
        tally.told[judge(started)] += 1
        tally.slowest = max(tally.slowest, time.monotonic() - begun)


def _whole_again(started: Started) -> float:
    """Seconds until ten questions in a row were answered well, each within a second, by as many workers as there were."""
    begun, good = time.monotonic(), 0
    while good < 10:
        asked = time.monotonic()
        is_good = judge(started) == "good" and time.monotonic() - asked < 1 and len(started.workers()) == 2
        good = good + 1 if is_good else 0
        if time.monotonic() - begun > 60:
            return 60.0
        time.sleep(0.05)
    return time.monotonic() - begun
