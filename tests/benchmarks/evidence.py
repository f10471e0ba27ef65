"""What it costs to cover more: `python -m tests.benchmarks.evidence [--rounds 31]`. Exit status 1 where it costs more than it may.

Writes and verifications by the code of an older release (4f0244e1, before who is who was covered) and by this code, in turns, each in a
process of its own, on the same sample data, which that release made; ours are upgraded first. `--kept` is a folder with more of it, as
`tests.benchmarks.upgrade_of_all` keeps it. Milliseconds are processor time, on SQLite, median. How long a password is hashed is left
out: it is the same in both.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.architecture.source import ROOT
from tests.benchmarks import frame
from tests.benchmarks.data import manage
from tests.upgrades.make import ARCHIVES, Release, environment
from tests.upgrades.unpacked import load_rows, unpack

OF_BEFORE = "4f0244e1"
ACTS = ROOT / "tests" / "upgrades" / "acts.py"
VERIFICATION = "verification"
#: A write may be so many milliseconds dearer, and a verification take so many times as long.
DEARER, TIMES = 0.3, 1.10


class Side:
    """One code with its data, in a process that does one act for each line that it is sent."""

    def __init__(self, code: Path, folder: Path) -> None:
        asked = [sys.executable, str(ACTS)]
        self.process = subprocess.Popen(
            asked, cwd=code, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.acts: list[str] = json.loads(self._line())

    def measure(self, act: str) -> float:
        assert self.process.stdin
        print(act, file=self.process.stdin, flush=True)
        return float(self._line())

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "an act failed: see above"
        return line

    def end(self) -> None:
        self.process.communicate()


def prepare(folder: Path, kept: Path | None) -> tuple[Side, Side]:
    """The older release and its data; and this code, with the same data upgraded."""
    for name in ("before", "now"):
        if kept is None:
            unpack(ARCHIVES / f"{OF_BEFORE}.tar.xz", folder / name)
        else:
            shutil.copytree(kept, folder / name, ignore=shutil.ignore_patterns("registry.sqlite3*"))
            load_rows(folder / name, "")
    release = Release(OF_BEFORE, folder / "before")
    release.fetch()
    subprocess.run(manage("set_up"), env=environment(folder / "now"), stdout=subprocess.DEVNULL, check=True)
    return Side(release.code, folder / "before"), Side(ROOT, folder / "now")


def measure(sides: Sequence[Side], rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    """By act the seconds of either side, turn by turn. The first turn warms up what is read once in a process."""
    spent: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for number in range(rounds + 1):
        for act in sides[0].acts:
            for which in (0, 1) if number % 2 else (1, 0):
                seconds = sides[which].measure(act)
                if number:
                    spent[act][which].append(seconds)
    return spent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.evidence", description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--kept", type=Path, help="a folder with data of that release")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-evidence-") as scratch:
        sides = prepare(Path(scratch), options.kept)
        spent = measure(sides, options.rounds)
        for side in sides:
            side.end()
    print(f"{datetime.now(UTC):%d %B %Y, %H:%M}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rows = [_row(act, *(statistics.median(times) * 1000 for times in both)) for act, both in spent.items()]
    frame.table(f"Median of {options.rounds} in turns", ["act", OF_BEFORE, "now", "dearer by", "may be"], rows)
    return int(any(row[-1] == "TOO DEAR" for row in rows))


def _row(act: str, before: float, now: float) -> list[str]:
    may_be, unit = ((TIMES - 1) * 100, "%") if act == VERIFICATION else (DEARER, "ms")
    dearer = (now / before - 1) * 100 if act == VERIFICATION else now - before
    said = [act, f"{before:.2f}", f"{now:.2f}", f"{dearer:.2f} {unit}"]
    return [*said, "yes" if dearer <= may_be else "TOO DEAR"]


if __name__ == "__main__":
    sys.exit(main())
