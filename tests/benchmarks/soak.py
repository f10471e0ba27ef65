"""The service under a mixed load for a while: `python -m tests.benchmarks.soak [--minutes 10]`.

The machines and the clients of `two_machines`, with nothing killed. Each minute it looks at what each part holds: memory, open files, connections of the database
and what lies in its folder. Prints the first and the last of these, and says what has grown: a service that leaks does so all the while.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import frame
from tests.benchmarks.load_on_machines import (
    AWAY,
    DOWNLOAD,
    GOOD,
    LOOK_UP,
    LOST,
    OTHER,
    WRITES,
    WRONG,
    Load,
    Told,
    drafts_for,
)
from tests.benchmarks.machines import Machines, Part, machines
from tests.serving.processes import tree_of

#: The first look is after this share of the time: until then, processes read what they keep.
WARM = 0.25
#: By how much a part may grow between the first look and the last: memory by a share and some megabytes, files and connections by a few.
MORE_MEMORY, MORE_MEGABYTES, MORE_FILES, MORE_CONNECTIONS = 1.10, 10, 10, 3
HEAD = ["part", "memory MB: first", "last", "most", "open files: first", "last", "folder MB: first", "last"]
KINDS = (LOOK_UP, DOWNLOAD, *WRITES)
TOLD_HEAD = ["kind", "sent", "right or saved", "wrong", "refused in words", "lost", "answered otherwise"]


@dataclass(frozen=True, slots=True)
class Held:
    """What the processes of one part hold at a moment."""

    megabytes: float
    files: int
    folder: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--each", type=float, default=10, help="seconds between two looks")
    asked = parser.parse_args()
    print(frame.machine(), flush=True)
    seconds = 60 * asked.minutes
    with (
        tempfile.TemporaryDirectory(prefix="registry-soak-") as folder,
        machines(Path(folder), drafts=drafts_for(seconds)) as there,
    ):
        return 0 if _soak(there, seconds=seconds, each=asked.each) else 1


def _soak(there: Machines, *, seconds: float, each: float) -> bool:
    parts, looks, connections = [*there.webs, there.worker], [], []
    with Load(there) as load:
        load.told.phase = "all there"
        until, warm = time.monotonic() + seconds, time.monotonic() + WARM * seconds
        while time.monotonic() < until:
            time.sleep(each)
            if time.monotonic() >= warm:
                looks.append([_held(part) for part in parts])
                connections.append(
                    int(str(there.says("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL")))
                )
    rows = [_row(part, [look[nth] for look in looks]) for nth, part in enumerate(parts)]
    frame.table(f"{seconds / 60:.0f} minutes, {len(looks)} looks", HEAD, rows)
    print(f"connections of the primary: first {connections[0]}, last {connections[-1]}, most {max(connections)}")
    frame.table("What clients were told", TOLD_HEAD, [[kind, *_told(load.told, kind)] for kind in KINDS])
    print(f"slowest answer: {load.told.slowest['all there']:.1f} s")
    for fault in load.told.faults:
        print(f"- {fault}")
    grown = [*_grown(parts, looks)]
    if connections[-1] > connections[0] + MORE_CONNECTIONS:
        grown.append(f"connections of the primary: {connections[0]} to {connections[-1]}")
    for one in grown:
        print(f"grown: {one}")
    # Nothing is killed, and no limit is reached: all is answered, and all that is written is saved.
    told = load.told.total(*KINDS)
    is_good = not grown and told[GOOD] == told.total()
    print("passed" if is_good else "FAILED", flush=True)
    return is_good


def _told(told: Told, kind: str) -> list[int]:
    counted = told.total(kind)
    return [counted.total(), *(counted[outcome] for outcome in (GOOD, WRONG, AWAY, LOST, OTHER))]


def _grown(parts: list[Part], looks: list[list[Held]]) -> list[str]:
    found = []
    for part, first, last in zip(parts, looks[0], looks[-1], strict=True):
        if last.megabytes > first.megabytes * MORE_MEMORY + MORE_MEGABYTES:
            found.append(f"memory of {part.name}: {first.megabytes:.0f} to {last.megabytes:.0f} MB")
        if last.files > first.files + MORE_FILES:
            found.append(f"open files of {part.name}: {first.files} to {last.files}")
    return found


def _row(part: Part, held: list[Held]) -> list[str]:
    first, last = held[0], held[-1]
    most = max(one.megabytes for one in held)
    memory = [f"{one:.0f}" for one in (first.megabytes, last.megabytes, most)]
    return [part.name, *memory, str(first.files), str(last.files), f"{first.folder:.1f}", f"{last.folder:.1f}"]


def _held(part: Part) -> Held:
    """Of all its processes. What they share is counted once, as the kernel does it (PSS)."""
    assert part.process is not None
    kilobytes = files = 0
    for pid in tree_of(part.process.pid):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            files += len(os.listdir(f"/proc/{pid}/fd"))
    lying = [path for path in Path(part.environment["VAR_DIR"]).rglob("*") if path.is_file()]
    size = 0
    for path in lying:
        with suppress(OSError):
            size += path.stat().st_size
    return Held(kilobytes / 1024, files, size / 1024**2)


if __name__ == "__main__":
    sys.exit(main())
