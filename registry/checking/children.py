"""A program of its own for the bytes of a stranger: it may break, or be stopped for asking too much, and takes nothing with it.

Each program sets the limits of its processor and memory itself, before it reads a byte. The time on the clock is kept here.
"""

import subprocess
import sys
from pathlib import Path

#: On the clock, however busy the machine is.
SECONDS = 30
#: The status of a program that does not take what it was given; it has said why in one word.
REFUSED = 10
TOO_MUCH = "too_much"


class NotTaken(Exception):
    """Raised with the word of the program, or `too_much` when it was stopped or broke."""

    @property
    def code(self) -> str:
        (code,) = self.args
        return str(code)


def answer_of(program: Path, *arguments: str, content: bytes) -> bytes:
    """What the program makes of the bytes. Raises `NotTaken`."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(program), *arguments],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as stopped:
        raise NotTaken(TOO_MUCH) from stopped
    if done.returncode:
        raise NotTaken(done.stdout[:40].decode(errors="replace") if done.returncode == REFUSED else TOO_MUCH)
    return done.stdout
