"""Telling the background worker to stop, at the moment at which a lock would make it wait for itself."""

import os
import signal
import threading
import time
from types import FrameType

from config.stopping import Stopping


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
