"""Processes with all below them, which a test may kill."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def children_of(pid: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _name, _, facts = place.read_text().rpartition(")")
            state, parent = facts.split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(place.parent.name))
    return sorted(found)


def tree_of(pid: int) -> list[int]:
    """It and all below it, the one above first."""
    return [pid, *(one for child in children_of(pid) for one in tree_of(child))]


def kill_tree(pid: int) -> None:
    """The one above first, so that it starts nothing again."""
    below = children_of(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    for child in below:
        kill_tree(child)


def hear_hang_up() -> None:
    """In a program that is begun: SIGHUP means to it what it says, even where the tests themselves were told to ignore it (`nohup`)."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
