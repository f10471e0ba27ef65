"""Every number that was drawn, also kept in a file outside the database, beside the head of the trail.

A database that was restored from a backup does not know the numbers of licences that were drawn after the copy, and would give them
to others. They are printed in letters. So each is noted before it is saved: one that was noted and not saved is passed over, no more.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

NAME = "numbers"


def note(counter: str, value: int) -> None:
    """One line at the end of the file, which is written in one step. Nothing where no such files are kept."""
    if not settings.TRAIL_HEAD_FILE:
        return
    file = place()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        line = f"{value} {counter}\n".encode()
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(handle)


def place() -> Path:
    return Path(settings.TRAIL_HEAD_FILE).with_name(NAME)


def last(files: Iterable[Path]) -> dict[str, int]:
    """The last number of each counter in these files. A line that was cut off while it was written is passed over."""
    found: dict[str, int] = {}
    for file in files:
        for line in file.read_text().splitlines(keepends=True):
            value, _space, counter = line.removesuffix("\n").partition(" ")
            if value.isdecimal() and line.endswith("\n"):
                found[counter] = max(found.get(counter, 0), int(value))
    return found
