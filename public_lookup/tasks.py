"""Background entry points: read the clock, make one call. What they make can be made again at any time."""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from public_lookup.actions import follows
from public_lookup.queries import snapshot
from public_lookup.queries.changes import Position

#: A copy is made anew after so long even when nothing has changed, so that it can be carried for most of a day.
OFTEN = timedelta(hours=1)


def keep_snapshot(*, at: datetime) -> int:
    """Make the signed copy of the register anew when it has changed or is an hour old; says how many were made."""
    kept = snapshot.kept()
    is_fresh = kept is not None and kept.made_at + OFTEN > at and kept.position == str(Position.newest())
    if not is_fresh:
        publish_snapshot(snapshot.folder(), at=at)
    return int(not is_fresh)


def tell_followers(*, at: datetime) -> int:
    """Write the mails about what the register says anew, and forget who is not to be told any more; says how many mails."""
    count, more = follows.tell(by=None, at=at)
    while more:
        written, more = follows.tell(by=None, at=at)
        count += written
    follows.forget(by=None, at=at)
    return count


def publish_snapshot(folder: Path, *, at: datetime) -> int:
    """Write the signed copy of the register into a folder, plain and with gzip; says how many entries it holds.

    Whole or not at all: whoever reads the folder meanwhile finds the copy before it. Raises `OSError` when there is no room.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        body = Path(scratch) / "body"
        position = Position.newest()
        count, sha256 = _write(body, snapshot.lines(position))
        head = snapshot.header(position, sha256=sha256, count=count, at=at)
        _put(folder / f"{snapshot.NAME}.gz", Path(scratch), _zipped, head, body)
        _put(folder / snapshot.NAME, Path(scratch), _plain, head, body)
    return count


def _write(path: Path, lines: Iterable[bytes]) -> tuple[int, str]:
    count, sha256 = 0, hashlib.sha256()
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            sha256.update(line)
            count += 1
    return count, sha256.hexdigest()


def _put(path: Path, scratch: Path, write: Callable[[Path, Iterable[bytes]], None], head: bytes, body: Path) -> None:
    made = scratch / path.name
    write(made, (part for parts in ([head], snapshot.parts(body)) for part in parts))
    os.replace(made, path)


def _plain(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)


def _zipped(path: Path, parts: Iterable[bytes]) -> None:
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as zipped,
    ):
        for part in parts:
            zipped.write(part)
