"""Walks that take minutes are made in part: another part for each state of the product, and all of them by `script/test whole`.

Which part is not chosen by chance, so that a failure is seen again; and a change anywhere chooses another part, so that what was left
out today is walked on another day.
"""

import os
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")

ROOT = Path(__file__).resolve().parents[1]
#: Set by `script/test whole`.
WHOLE = "WHOLE_WALKS"
APPS = ("registry", "licensing", "compliance", "public_lookup", "config", "tests")
WALKED = {".py", ".html", ".toml"}


def in_part(things: Iterable[Thing], *, of: int, part: int = 0, named: Callable[[Thing], str] = str) -> list[Thing]:
    """One in `of` of these things, by their names, and at least one; all of them in a whole run. Each `part` has others."""
    known = list(things)
    if os.environ.get(WHOLE):
        return known
    return [thing for thing in known if zlib.crc32(f"{state()} {named(thing)}".encode()) % of == part] or known[:1]


@cache
def state() -> int:
    """A number for the product and its tests as they are."""
    files = (path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in WALKED)
    return zlib.crc32(b"".join(path.read_bytes() for path in sorted(files)))
