"""Letters survive: a mail server that refuses a fifth of them, and a worker that is killed again and again (docs/rules.md G24, T40).

    python -m tests.benchmarks.letters                     3,000 letters, a dozen kills
    python -m tests.benchmarks.letters --letters 300 --kills 4

The worker is the real one, `manage.py work`, in a process of its own; the mail server is aiosmtpd on this machine. Only the
clock of the worker runs faster, so that an hour of waiting is a minute. Every other kill falls between the hand-over of a mail
and the writing down of it, which is when a mail is repeated. The suite runs a twentieth of this (tests/config/test_work.py).
"""

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.serving.ports import free_port

ROOT = Path(__file__).parent.parent.parent
LONGEST = 1_800  # seconds
#: How much faster the clock of the worker runs: a lease of five minutes is over after five seconds.
FASTER = 60

WORKER = """
import os, sys, time
import django
from django.utils import timezone
began, faster, now = float(os.environ["BEGAN"]), float(os.environ["FASTER"]), timezone.now
timezone.now = lambda: timezone.datetime.fromtimestamp(began + (time.time() - began) * faster, tz=timezone.get_default_timezone())
django.setup()
from django.core.management import call_command
call_command("work")
"""
QUEUE = """
import sys
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from registry.letters.letters import sending
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        kind = "gone" if number % 100 == 7 else "later" if number % 5 == 0 else "taken"
        sending.queue("registry/letters/letter.html", to=f"{kind}-{number}@mail.example", subject=f"Letter {number}",
                      facts={}, about=f"A-{number}", at=timezone.now())
"""


@dataclass
class Server:
    """Takes mail; a fifth of the addresses only at the third attempt, one in a hundred never. Kills whom it is told to."""

    taken: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    #: Set before a mail is to be taken and its sender killed before it hears of that.
    kill_at_next: threading.Event = field(default_factory=threading.Event)
    worker: "subprocess.Popen[str] | None" = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked[address] += 1
        if address.startswith("gone"):
            return "550 no such mailbox"
        if address.startswith("later") and self.asked[address] < 3:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        if self.kill_at_next.is_set() and self.worker is not None:
            self.kill_at_next.clear()
            self.worker.kill()
            self.worker.wait()
        return "250 taken"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the letters: by the rows, and by what the mail server saw."""

    letters: int
    lost: int
    refused: int
    twice: int
    counted: int
    uncounted: int
    tried_again: int
    kills: int
    seconds: float


def prove(folder: Path, *, letters: int, kills: int) -> Found:
    """Queue the letters, let the worker mail them while it is killed so many times, and count."""
    env = _environment(folder)
    if not (folder / "registry.sqlite3").exists():
        _run(env, "manage.py", "migrate", "--verbosity=0", "--skip-checks")
    server, port = Server(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        env["EMAIL_PORT"] = str(port)
        _run(env, "-c", QUEUE, str(letters))
        began = time.monotonic()
        killed = _mail_all(env, server, folder, letters=letters, kills=kills)
        return _counted(folder, server, kills=killed, seconds=time.monotonic() - began)
    finally:
        controller.stop()


def _mail_all(env: dict[str, str], server: Server, folder: Path, *, letters: int, kills: int) -> int:
    """Keep a worker running until every letter is settled; kill it each time that so many more have been taken."""
    killed, end = 0, time.monotonic() + LONGEST
    marks = [letters * (number + 1) * 3 // ((kills + 1) * 4) for number in range(kills)]
    server.worker = _start(env)
    try:
        while not _is_settled(folder):
            assert time.monotonic() < end, "the letters were not settled in time"
            if marks and server.taken.total() >= marks[0]:
                marks.pop(0)
                _kill(server, in_between=killed % 2 == 0)
                killed += 1
                server.worker = _start(env)
            time.sleep(0.02)
    finally:
        server.worker.send_signal(signal.SIGTERM)
        server.worker.wait(timeout=60)
    return killed


def _kill(server: Server, *, in_between: bool) -> None:
    assert server.worker is not None
    if not in_between:
        server.worker.kill()
    else:
        server.kill_at_next.set()
    server.worker.wait(timeout=300)


def _counted(folder: Path, server: Server, *, kills: int, seconds: float) -> Found:
    rows = _query(
        folder,
        "SELECT message_id, attempts, repeats, sent_at IS NOT NULL, failed_at IS NOT NULL"
        " FROM registry_letter JOIN registry_outboxitem ON registry_outboxitem.id = outbox_id",
    )
    taken = server.taken
    return Found(
        letters=len(rows),
        lost=sum(1 for key, _tried, _repeats, sent, refused in rows if not refused and not (sent and taken[key])),
        refused=sum(1 for *_row, refused in rows if refused),
        twice=sum(taken[key] - 1 for key, *_row in rows if taken[key]),
        counted=sum(repeats for _key, _tried, repeats, *_row in rows),
        uncounted=sum(1 for key, _tried, repeats, *_row in rows if taken[key] - 1 > repeats)
        + len(set(taken) - {key for key, *_row in rows}),
        tried_again=sum(1 for _key, tried, *_row in rows if tried > 1),
        kills=kills,
        seconds=seconds,
    )


def _is_settled(folder: Path) -> bool:
    [[left]] = _query(folder, "SELECT count(*) FROM registry_outboxitem WHERE sent_at IS NULL AND failed_at IS NULL")
    return not left


def _query(folder: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "registry.sqlite3", timeout=20)) as database:
        return database.execute(statement).fetchall()


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "only for a proof",
        "PLAIN_HTTP": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'registry.sqlite3'}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_USE_TLS": "0",
        "BEGAN": str(time.time()),
        "FASTER": str(FASTER),
    }


def _run(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, check=True, timeout=300)


def _start(env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.letters", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--letters", type=int, default=3_000)
    parser.add_argument("--kills", type=int, default=12)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = prove(Path(folder), letters=asked.letters, kills=asked.kills)
    print(
        "| letters | kills | refused at first | refused for good | lost | came twice | counted as perhaps twice | not counted | seconds |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(
        f"| {found.letters:,} | {found.kills} | {found.tried_again:,} | {found.refused} | {found.lost} | {found.twice} "
        f"| {found.counted} | {found.uncounted} | {found.seconds:.0f} |"
    )
    return found.lost + found.uncounted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
