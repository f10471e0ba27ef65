"""A register is taken over, and killed three times on the way: `python -m tests.benchmarks.take_over [DATABASE_URL]`.

The files are made of a seed. The command runs as its own process and is killed (SIGKILL) after a quarter, a half and three quarters
of the holders; then it goes on to its end. What came out is compared with what went in, and the chains are verified. The command has
the settings of the product for the disk; the files and this process have those of the tests. The database must be empty; it
is made where it is not there.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import data


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.take_over")
    parser.add_argument("database", nargs="?", default="")
    for name, usual in {"licences": 10_000, "years": 20, "seed": 23}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser.parse_args(arguments)


ASKED = _read(sys.argv[1:])
ENV = data.environment(data.FOLDER / "take-over", ASKED.database)
os.environ.update({**ENV, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEMO": ""})

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from registry.imports.models import Import
from registry.register import queries as register_queries
from registry.register.models import Entry
from registry.take_overs.models import TakeOver
from registry.take_overs.queries import take_overs
from registry.trail.queries import agreement, chain
from tests.people import person
from tests.registry.take_overs import world

KILLED_AFTER = (0.25, 0.5, 0.75)
PROMISED_SECONDS = 1800


def main() -> int:
    call_command("migrate", verbosity=0)
    call_command("sync_roles", verbosity=0)
    rows = world.a_register(ASKED.licences, years=ASKED.years, today=timezone.localdate(), seed=ASKED.seed)
    size = f"{ASKED.licences} licences, {len(rows['standings'])} standings, {len(rows['conditions'])} conditions"
    print(f"{connection.vendor}, seed {ASKED.seed}: {size}", flush=True)
    with TemporaryDirectory() as folder:
        files = world.written(Path(folder) / "files", rows)
        # Of this run alone: the head of an earlier one would say that the database was restored.
        ENV["TRAIL_HEAD_FILE"] = str(Path(folder) / "trail-head.json")
        command = [
            sys.executable,
            "manage.py",
            "import_licences",
            str(files),
            "--by",
            person("manager").email,
            "--resume",
        ]
        seconds = _run(command)
    return _judged(seconds)


def _run(command: list[str]) -> float:
    started, used = time.monotonic(), _processor()
    kills = [_killed(command, at=int(place * ASKED.licences)) for place in KILLED_AFTER]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENV)
    seconds = time.monotonic() - started
    print(f"killed after {kills} holders; {seconds:.0f} s with all four starts", flush=True)
    print(f"processor {_processor() - used:.0f} s without the database's; load {os.getloadavg()}", flush=True)
    again = time.monotonic()
    subprocess.run(command, check=True, env=ENV)
    print(f"the same files again: {time.monotonic() - again:.0f} s", flush=True)
    return seconds


def _processor() -> float:
    """Of all commands that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _killed(command: list[str], *, at: int) -> int:
    """Run until so many holders were read, and kill: how many had been read."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENV)
    while process.poll() is None and _how_many() < at:
        time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return _how_many()


def _how_many() -> int:
    return Import.objects.values_list("read", flat=True).first() or 0


def _judged(seconds: float) -> int:
    one = TakeOver.objects.get()
    differing = [(line.what, line.given, line.held) for line in take_overs.comparisons(one) if line.difference]
    faults = [*register_queries.faults(), *chain.faults(), *agreement.faults()]
    came = f"{one.under.added} added, {one.under.refused} refused, {Entry.objects.count()} entries"
    print(f"{came}, {one.questions.count()} questions; differences {differing}; faults {faults[:5]}")
    is_good = not differing and not faults and not one.under.refused and seconds <= PROMISED_SECONDS
    print("passed" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
