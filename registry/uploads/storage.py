"""Where the bytes of documents lie: under random names, in a folder that no web server reaches."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from django.conf import settings

FREE = 0.10  # of the disk: below this nothing more is taken (docs/rules.md G27)


class Shelf(StrEnum):
    KEPT = "kept"  # what is served, made anew
    HELD = "held"  # as it was uploaded, until the scanner has seen it
    MADE = "made"  # printed by the background worker, until it is taken


def keep(shelf: Shelf, name: str, content: bytes) -> None:
    """Write the bytes whole or not at all: a reader, or a crash, never meets half a file."""
    path = _path(shelf, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def keep_alike(shelf: Shelf, name: str, other: str) -> None:
    """The bytes of another document under this name too; they lie on the disk once, and go when the last name is gone."""
    path = _path(shelf, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.hardlink_to(_path(shelf, other))


def read(shelf: Shelf, name: str) -> bytes:
    return _path(shelf, name).read_bytes()


def opened(shelf: Shelf, name: str) -> BufferedReader:
    """For whoever sends it on; the caller closes it. Raises FileNotFoundError."""
    return _path(shelf, name).open("rb")


def digest_of(shelf: Shelf, name: str) -> str:
    """The SHA-256 of what lies there now; empty when nothing does."""
    try:
        with opened(shelf, name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def discard(shelf: Shelf, name: str) -> None:
    _path(shelf, name).unlink(missing_ok=True)


def strays(shelf: Shelf, known: Iterable[str], *, before: float) -> Iterator[str]:
    """Names that no document knows, written before an instant: what a transaction left behind that came to nothing."""
    names, folder = set(known), Path(settings.DOCUMENTS_DIR) / shelf
    for path in sorted(folder.glob("*/*")):
        if path.name not in names and path.stat().st_mtime < before:
            yield path.name


def is_nearly_full() -> bool:
    """Whether less than a tenth of the disk is free: the rest is for the database."""
    folder = Path(settings.DOCUMENTS_DIR)
    while not folder.exists():
        folder = folder.parent
    disk = shutil.disk_usage(folder)
    return disk.free < disk.total * FREE


def _path(shelf: Shelf, name: str) -> Path:
    return Path(settings.DOCUMENTS_DIR) / shelf / name[:2] / name
