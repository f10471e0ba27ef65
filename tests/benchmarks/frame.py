"""What all benchmarks share: the machine, timing peers in turns, memory of another process, tables that can be pasted.

Nothing here is ever asserted. Ratios between peers of one run say more than milliseconds of one machine.
"""

import os
import platform
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

Clock = Callable[[], float]
Times = dict[str, list[float]]


def in_turns(peers: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.perf_counter) -> Times:
    """Seconds of every peer, round after round (A B A B …), so that whatever disturbs the machine disturbs them alike."""
    for make in peers.values():
        make()
    times: Times = {name: [] for name in peers}
    for _round in range(rounds):
        for name, make in peers.items():
            before = clock()
            make()
            times[name].append(clock() - before)
    return times


def median(times: Sequence[float]) -> float:
    """In milliseconds."""
    return statistics.median(times) * 1000


def within(times: Sequence[float], share: float) -> float:
    """What this share of them was within, in milliseconds."""
    return sorted(times)[max(0, round(len(times) * share) - 1)] * 1000


def ms(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Printed as Markdown at once, so that nothing is lost when a later part fails."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|{'|'.join('---' for _head in heads)}|")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def machine() -> str:
    """One line: what was measured on, when, and how busy it was already."""
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    parts = [
        f"{cores} cores of {_processor()}",
        f"Python {platform.python_version()}",
        _engine(),
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"load before {load:.1f}" + (" (busy: read the ratios)" if load > cores / 2 else ""),
    ]
    return ", ".join(parts)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _engine() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {str(cursor.fetchone()[0]).split()[0]}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What another process took: seconds, and its memory in megabytes after a quarter of them and at the most."""

    seconds: float
    early: float
    most: float

    @property
    def growth(self) -> float:
        """Of the last three quarters: flat memory grows by next to nothing, however much is loaded."""
        return self.most - self.early


def watch(command: Sequence[str], env: Mapping[str, str]) -> Spent:
    """Run a command to its end and look at its memory all the while; raises CalledProcessError when it fails."""
    started = time.monotonic()
    seen: list[float] = []
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            seen.append(_resident(process.pid))
            time.sleep(0.1)
        said.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, said.read())
    return Spent(time.monotonic() - started, seen[len(seen) // 4], max(seen))


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
