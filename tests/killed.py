"""A process that dies in the middle of an action, as by a power cut.

A child of this process plays the story on the database of the test and kills itself, without warning and without tidying
up, before or after a function: `killed(revoke, "registry.trail.actions.events:move", "after")`.
"""

import os
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connections

LONGEST = 60  # seconds


def killed(story: Callable[[], object], function: str, moment: str) -> bool:
    """Whether the process that played the story died at that moment; false when it came to the end of it."""
    connections.close_all()  # the child must have connections of its own
    with tempfile.TemporaryFile("w+") as last_words:
        child = _fork()
        if child == 0:
            _play(story, function, moment, last_words)
        status = _ended(child)
        last_words.seek(0)
        assert status in (0, -signal.SIGKILL), last_words.read()
    return status == -signal.SIGKILL


def _fork() -> int:
    with warnings.catch_warnings():
        # Newer Pythons warn that another thread may hold a lock; ours wait for the controller of the tests and hold none.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _play(story: Callable[[], object], function: str, moment: str, last_words: Any) -> None:
    try:
        module_name, name = function.split(":")
        module = import_module(module_name)
        setattr(module, name, _dying(getattr(module, name), moment))
        story()
    except BaseException:
        traceback.print_exc(file=last_words)
        last_words.flush()
        os._exit(1)
    os._exit(0)


def _dying(original: Callable[..., Any], moment: str) -> Callable[..., Any]:
    def die(*args: Any, **kwargs: Any) -> None:
        if moment == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def _ended(child: int) -> int:
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError(f"the story had not ended after {LONGEST} seconds")
