"""Drills on two web machines under load: `python -m tests.benchmarks.drills hang|cut|full|clock [--seconds 120]`.

* `hang`: the processes of a web machine stop working (SIGSTOP), and connections to it are still taken. Then one is killed just after the other is back.
* `cut`: nothing comes from the primary, the replica, the object store or a web machine any more, and no one is told. A small proxy stops passing bytes.
* `full`: the disk of a web machine, and then that of the primary, has no room left. Needs root, for two small disks in memory.
* `clock`: the clock of a web machine is set back, and then ahead. Needs `libfaketime` of Debian.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from tests.benchmarks import frame
from tests.benchmarks.machines import Machines, machines
from tests.benchmarks.two_machines import Phase, nothing, run

#: Megabytes of the small disks.
OF_WEB, OF_PRIMARY = 24, 700
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drill", choices=DRILLS)
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    print(frame.machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="registry-drill-") as folder:
        Path(folder).chmod(0o755)  # the databases have a user of their own
        return 0 if DRILLS[options.drill](Path(folder), options.seconds) else 1


def hang(folder: Path, seconds: float) -> bool:
    with machines(folder) as there:
        one, other = there.webs

        def swap() -> None:
            """Both have failed within seconds: nginx must not leave both alone."""
            other.send(signal.SIGCONT)
            one.kill()

        phases: list[Phase] = [
            ("all there", nothing, nothing),
            ("web 2 stopped", lambda: other.send(signal.SIGSTOP), nothing),
            ("web 2 back, web 1 killed at once", swap, one.start),
            ("web 1 stopped", lambda: one.send(signal.SIGSTOP), lambda: one.send(signal.SIGCONT)),
            ("all there again", nothing, nothing),
        ]
        return run(there, phases, seconds=seconds)


def cut(folder: Path, seconds: float) -> bool:
    with machines(folder, cuts_webs=True) as there:
        phases: list[Phase] = [("all there", nothing, nothing)]
        for name in ("primary", "replica", "store", "web 2"):
            wire = there.wires[name]
            phases += [(f"{name} cut off", wire.go_dead, wire.mend), (f"{name} back", nothing, nothing)]
        return run(there, phases, seconds=seconds)


def full(folder: Path, seconds: float) -> bool:
    with ExitStack() as stack:
        places = {
            "web-1": stack.enter_context(_small_disk(folder / "disk-of-web", OF_WEB)),
            "primary": stack.enter_context(_small_disk(folder / "disk-of-primary", OF_PRIMARY)),
        }
        there = stack.enter_context(machines(folder, places=places))
        web, primary = places["web-1"], places["primary"]

        def restart_web() -> None:
            _fill(web)
            there.webs[0].kill()
            there.webs[0].start()

        def make_room() -> None:
            _empty(primary)
            _start_if_need_be(there)

        phases: list[Phase] = [
            ("all there", nothing, nothing),
            ("disk of web 1 full", lambda: _fill(web), nothing),
            ("web 1 started on a full disk", restart_web, lambda: _empty(web)),
            ("room on web 1", nothing, nothing),
            ("disk of the primary full", lambda: _fill(primary), make_room),
            ("room on the primary", nothing, nothing),
        ]
        return run(there, phases, seconds=seconds)


@contextmanager
def _small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "none", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _fill(disk: Path) -> None:
    """To the last byte."""
    with suppress(OSError), (disk / "filling").open("ab", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))


def _empty(disk: Path) -> None:
    (disk / "filling").unlink()


def _start_if_need_be(there: Machines) -> None:
    """As systemd does with a server that has ended."""
    try:
        there.says("SELECT 1")
    except psycopg.Error:
        there.primary.start()
        print("the primary had stopped and was started again", flush=True)


def clock(folder: Path, seconds: float) -> bool:
    """Web 1 has a clock of its own: a file that libfaketime reads at each question for the time."""
    moved = folder / "clock"
    moved.write_text("+0")
    with machines(folder) as there:
        web = there.webs[0]
        web.environment = {
            **web.environment,
            "LD_PRELOAD": FAKETIME,
            "FAKETIME_TIMESTAMP_FILE": str(moved),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

        def start_again() -> None:
            web.kill()
            with suppress(AssertionError):
                web.start(within=20)

        def set_back() -> None:
            moved.write_text("-1h")
            start_again()

        def set_right() -> None:
            moved.write_text("+0")
            start_again()

        def accept() -> None:
            set_right()
            _in_order(there)
            for machine in (*there.webs, there.worker):
                done = there.manage(
                    "accept_database", "--by", there.auditor, "--because", "A clock was ahead.", on=machine
                )
                print(f"accept_database on {machine.name}: {done.stdout or done.stderr}", flush=True)
            start_again()  # it has not started while its own file said that the clock had been ahead

        phases: list[Phase] = [
            ("all there", start_again, nothing),
            ("clock of web 1 an hour back", lambda: moved.write_text("-1h"), nothing),
            ("web 1 started with it", set_back, set_right),
            ("clock right", nothing, nothing),
            ("clock of web 1 an hour ahead", lambda: moved.write_text("+1h"), nothing),
            ("clock right again, not accepted", set_right, accept),
            ("accepted", nothing, nothing),
        ]
        is_good = run(there, phases, seconds=seconds)
        _in_order(there)
        return is_good


def _in_order(there: Machines) -> None:
    """What the trail says of time: its numbers are in the order of writing, its instants need not be."""
    back = "SELECT count(*) FROM (SELECT at < lag(at) OVER (ORDER BY number) AS is_back FROM registry_event) AS found WHERE is_back"
    ahead = "SELECT count(*) FROM registry_event WHERE at > now() + interval '1 minute'"
    print(f"events: {there.says(back)} earlier than the one before, {there.says(ahead)} in the future", flush=True)


DRILLS = {"hang": hang, "cut": cut, "full": full, "clock": clock}


if __name__ == "__main__":
    sys.exit(main())
