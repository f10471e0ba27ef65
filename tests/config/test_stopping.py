"""Telling a process to stop, at the moment at which a lock would make it wait for itself, and telling whether it goes on."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from types import FrameType
from typing import Any

import pytest

from config.stopping import Stopping
from tests.architecture.source import ROOT, product


def test_a_handler_may_stop_what_waits_in_the_same_thread() -> None:
    """The handler runs while the main thread is inside `wait`, again and again, as an Event's lock would not bear."""
    stopping = Stopping()
    caught = []

    def handle(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        stopping.set()

    before = signal.signal(signal.SIGUSR1, handle)
    try:
        for delay in (0.05, 0.1):
            threading.Timer(delay, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        began = time.monotonic()
        assert stopping.wait(30)
        assert time.monotonic() - began < 5
        time.sleep(0.2)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(caught) == 2
    assert stopping.is_set() and stopping.wait(30)


def test_every_thread_that_waits_is_woken() -> None:
    stopping = Stopping()
    ended: list[bool] = []
    threads = [threading.Thread(target=lambda: ended.append(stopping.wait(30))) for _number in range(3)]
    for thread in threads:
        thread.start()
    stopping.set()
    for thread in threads:
        thread.join(timeout=5)
    assert ended == [True] * 3


def test_a_wait_that_no_one_ends_takes_its_time() -> None:
    stopping = Stopping()
    assert not stopping.wait(0.01)
    assert not stopping.is_set()


def test_whatever_hears_signals_only_notes_them() -> None:
    """No other program has a handler, and these two have nothing in theirs that waits (docs/decisions/0203-supervision.md)."""
    hears = {source.path for source in product() if "signal.signal" in source.text or "stopping.hear(" in source.text}

    assert hears == {"config/stopping.py", "config/management/commands/work.py", "config/serve.py"}


def test_a_signal_is_noted_while_the_main_thread_is_busy_with_what_is_not_python() -> None:
    """As when it waits for a lock of the database: a handler in Python would run after that."""
    program = """
import os, signal, sqlite3, sys, threading, time
from config.stopping import Stopping
stopping = Stopping()
stopping.hear(signal.SIGTERM)
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
begun = time.monotonic()
def watch():
    if stopping.wait(20):
        print("noted", time.monotonic() - begun < 1.5, flush=True)
threading.Thread(target=watch).start()
holds = sqlite3.connect(sys.argv[1], isolation_level=None)
holds.execute("BEGIN IMMEDIATE")
try:
    sqlite3.connect(sys.argv[1], timeout=3).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    print("waited", time.monotonic() - begun > 2.5)
"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", program, f"{folder}/locked.sqlite3"]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert ran.stdout.splitlines() == ["noted True", "waited True"]


@pytest.mark.django_db
def test_a_process_whose_requests_all_hang_does_not_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loop does, so that only what comes of its requests tells."""
    with monkeypatch.context() as reading:
        reading.setattr("config.ready.get_ready", lambda: None)
        from config import asgi  # noqa: PLC0415 - it makes ready what serves

    monkeypatch.setattr(asgi, "WORK_SECONDS", 0.3)
    goes, sent = threading.Event(), []

    def application(environ: dict[str, Any], begin: Any) -> list[bytes]:
        goes.wait(30)
        begin("200 OK", [])
        return [b"answered"]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def watched() -> list[bool]:
        front = asgi.Front(application, threads=1)
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [],
            "http_version": "1.1",
        }
        found = [front.goes_on()]
        asked = asyncio.create_task(front(scope, receive, send))
        for seconds in (0.1, 0.4):
            await asyncio.sleep(seconds)
            found.append(front.goes_on())
        goes.set()
        await asked
        return [*found, front.goes_on()]

    assert asyncio.run(watched()) == [True, True, False, True]
    assert sent[-1]["body"] == b"answered"
