"""Two web machines, a worker, a primary, a replica and an object store, killed one after the other under load.

`python -m tests.benchmarks.two_machines [--seconds 240]`: each is killed by SIGKILL, is away for some seconds, and is started again. Prints
what clients were told, and what of all that was said to be saved is there at the end.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks import frame
from tests.benchmarks.load_on_machines import (
    AWAY,
    DOWNLOAD,
    GOOD,
    LOOK_UP,
    LOST,
    OTHER,
    PROOF,
    REPORT,
    UPLOAD,
    WRITES,
    WRONG,
    Load,
    Told,
)
from tests.benchmarks.machines import Machines, machines

#: Its name, what begins it and what ends it.
Phase = tuple[str, Callable[[], object], Callable[[], object]]
#: Where each kind of what was sent is found again.
WHERE = {
    PROOF: "SELECT coalesce(string_agg(number, '\n'), '') FROM public_lookup_receipt",
    REPORT: "SELECT coalesce(string_agg(text, '\n'), '') FROM compliance_report",
    UPLOAD: "SELECT coalesce(string_agg(name, '\n'), '') FROM registry_document",
}
LOOK_UPS_GOOD = 0.999
HEAD = [
    "phase",
    "look-ups",
    "good",
    "wrong",
    "cannot tell",
    "lost",
    "downloads",
    "good",
    "writes",
    "saved",
    "not saved, in words",
    "other",
    "slowest s",
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=240)
    seconds = parser.parse_args().seconds
    print(frame.machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="registry-two-") as folder, machines(Path(folder)) as there:
        is_good = run(there, kills(there), seconds=seconds)
    return 0 if is_good else 1


def run(there: Machines, phases: Sequence[Phase], *, seconds: float) -> bool:
    """Each phase for its share of the time, under load; the tables, and whether all is as it must be."""
    with Load(there) as load:
        for name, begin, end in phases:
            load.told.phase = name
            begin()
            time.sleep(seconds / len(phases))
            end()
            print(f"{name}: over", flush=True)
    is_good = report(load.told, [name for name, _begin, _end in phases])
    is_good &= all_is_there(there, load.told)
    print("passed" if is_good else "FAILED", flush=True)
    return is_good


def kills(there: Machines) -> list[Phase]:
    """Each part is killed at the beginning of its phase, and is started at its end."""
    parts = (*there.webs, there.worker)
    killed = [(f"{part.name} killed", part.kill, part.start) for part in parts]
    return [
        ("all there", nothing, nothing),
        *killed,
        ("replica killed", there.replica.kill, there.replica.start),
        ("object store killed", there.store.kill, there.store.start),
        ("primary killed", there.primary.kill, there.primary.start),
        ("all there again", nothing, nothing),
    ]


def nothing() -> None:
    pass


def report(told: Told, phases: list[str]) -> bool:
    """Print the table; whether it is as it must be."""
    frame.table("What clients were told", HEAD, [[phase, *_row(told, phase)] for phase in phases])
    look_ups, writes = told.total(LOOK_UP), told.total(*WRITES)
    share = look_ups[GOOD] / look_ups.total()
    print(f"Look-ups: {share:.3%} good of {look_ups.total()}, {look_ups[WRONG]} wrong")
    print(
        f"Writes: {writes[GOOD]} saved, {writes[AWAY]} not saved, in words, {writes[LOST] + writes[OTHER]} told anything else"
    )
    for fault in told.faults:
        print(f"- {fault}")
    return share >= LOOK_UPS_GOOD and not look_ups[WRONG] and not writes[OTHER] and not told.total(DOWNLOAD)[WRONG]


def _row(told: Told, phase: str) -> Iterator[str]:
    look_ups, downloads = told.counts[phase, LOOK_UP], told.counts[phase, DOWNLOAD]
    writes = sum((told.counts[phase, kind] for kind in WRITES), Counter[str]())
    numbers = [look_ups.total(), look_ups[GOOD], look_ups[WRONG], look_ups[AWAY], look_ups[LOST] + look_ups[OTHER]]
    numbers += [
        downloads.total(),
        downloads[GOOD],
        writes.total(),
        writes[GOOD],
        writes[AWAY],
        writes[LOST] + writes[OTHER],
    ]
    yield from map(str, numbers)
    yield f"{told.slowest[phase]:.1f}"


def all_is_there(there: Machines, told: Told) -> bool:
    """Whether all that was said to be saved is there, and the trail and the documents hold."""
    is_good = True
    for kind, sql in WHERE.items():
        found = str(there.says(sql))
        lost = [one for one in told.saved[kind] if one not in found]
        after_all = [one for one in told.not_saved[kind] if one in found]
        print(
            f"{kind}: {len(told.saved[kind])} said to be saved, {len(lost)} lost; {len(after_all)} not said to be saved and there"
        )
        is_good &= not lost
    wait_for(lambda: there.says("SELECT count(*) FROM registry_document WHERE status = 'received'") == 0, seconds=120)
    for command in ("verify_trail", "verify_documents"):
        done = there.manage(command)
        print(f"{command}: {'holds' if done.returncode == 0 else done.stdout + done.stderr}")
        is_good &= done.returncode == 0
    return is_good


def wait_for(holds: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to be so"
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
