"""The files of PostgreSQL's log, which only lead on from a copy when none of them is missing."""

import re
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_NAMED = re.compile(r"(?P<timeline>[0-9A-F]{8})(?P<log>[0-9A-F]{8})(?P<place>[0-9A-F]{8})(\.gz)?(\.partial)?")
#: Bytes of one file, unless the server was made otherwise; and of all files that begin with the same number of the log.
_USUAL = 16 * 1024 * 1024
_OF_ONE_LOG = 1 << 32


class _LogFile(NamedTuple):
    number: int
    timeline: int


def missing_from(log: Path, copied: Path) -> list[str]:
    """The names of files that are missing between the log within a copy (`pg_wal.tar.gz`) and the newest file of the folder.

    PostgreSQL stops at the first that is missing, without a fault: as if the log had ended there.
    """
    each = _OF_ONE_LOG // _size(log)
    with tarfile.open(copied) as packed:
        within = set(_files(packed.getnames(), each))
    there = within | set(_files((one.name for one in log.iterdir()), each))
    timeline_of = {one.number: one.timeline for one in sorted(there)}
    first = min((one.number for one in within), default=0)
    timeline, missing = 1, []
    for number in range(first, max(timeline_of, default=first)):
        timeline = timeline_of.get(number, timeline)
        if number not in timeline_of:
            missing.append(f"{timeline:08X}{number // each:08X}{number % each:08X}")
    return missing


def _files(names: Iterable[str], each: int) -> Iterator[_LogFile]:
    for name in names:
        if said := _NAMED.fullmatch(name):
            yield _LogFile(int(said["log"], 16) * each + int(said["place"], 16), int(said["timeline"], 16))


def _size(log: Path) -> int:
    """Each file is as long as the others from its beginning, the one that is being written too."""
    sizes = (one.stat().st_size for one in log.iterdir() if _NAMED.fullmatch(one.name) and ".gz" not in one.name)
    return max(sizes, default=_USUAL)
