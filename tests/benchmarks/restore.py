"""Going back to a copy at the size of an authority: `python -m tests.benchmarks.restore [--licences 10000] [--years 2]`.

A PostgreSQL of its own is filled by `tests.benchmarks.take_over`, or with `--sample 1000000` by so many sample providers (an hour). It is copied by `backup` while its log is followed, an event is written after the copy, and
the server is killed. Then `restore_drill` goes back, as the documentation says. Prints what each step took and what was lost.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks import data
from tests.serving import postgres
from tests.serving.ports import HOST
from tests.serving.started import ROOT, SETTINGS

#: As a server of an authority has it: with 16 MB the indexes of a million are read from the disk for each row.
ROOM = ("shared_buffers=512MB", "max_wal_size=4GB")

#: Someone who may accept a database: both fillings have a manager.
SOMEONE = """SELECT email FROM registry_user JOIN registry_user_groups ON user_id = registry_user.id
JOIN auth_group ON auth_group.id = group_id WHERE auth_group.name = 'manager' AND is_active ORDER BY email LIMIT 1"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in {"licences": 10_000, "years": 2, "sample": 0}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="registry-restore-") as name,
        postgres.a_primary((*postgres.DURABLE, *ROOM)) as server,
    ):
        folder = Path(name)
        folder.chmod(0o755)  # the databases have a user of their own
        _timed("filled", partial(_filled, server, asked))
        # The documents of the sample are where it was loaded from.
        place = data.FOLDER / "restore" if asked.sample else folder / "var"
        return 0 if _gone_back(server, folder, place) else 1


def _filled(server: postgres.Server, asked: argparse.Namespace) -> str:
    if not asked.sample:
        fill = ["-m", "tests.benchmarks.take_over", server.url]
        return _run([*fill, "--licences", str(asked.licences), "--years", str(asked.years)], {**os.environ})
    environment = data.environment(data.FOLDER / "restore", server.url)
    data.set_up(environment)
    # What was loaded is in the database alone: the head outside is of the copy that is gone back to.
    Path(environment["VAR_DIR"], "trail-head.json").unlink(missing_ok=True)
    sizes = {"providers": asked.sample, "applications": 0, "inspections": 0, "reports": 0}
    return _manage(environment, "load_demo", *(f"--{name}={size}" for name, size in sizes.items()))


def _gone_back(server: postgres.Server, folder: Path, place: Path) -> bool:
    environment = os.environ | SETTINGS
    environment |= {
        "DATABASE_URL": server.url,
        "VAR_DIR": str(place),
        "TRAIL_HEAD_FILE": f"{folder}/outside/trail-head.json",
        "CLAMD_ADDRESS": "none",
    }
    print(f"database: {server.says('SELECT pg_size_pretty(pg_database_size(current_database()))')}", flush=True)
    log = folder / "log"
    log.mkdir()
    source = ["--host", HOST, "--port", str(server.port), "--username", "postgres", "--directory", str(log)]
    subprocess.run(["pg_receivewal", "--create-slot", "--slot", "registry", *source], check=True)
    following = subprocess.Popen(["pg_receivewal", "--synchronous", "--no-loop", "--slot", "registry", *source])
    copy = _timed("copied", lambda: _manage(environment, "backup", str(folder / "copies"))).strip()
    someone = str(server.says(SOMEONE))
    _timed(
        "an event after it",
        lambda: _manage(environment, "accept_database", "--by", someone, "--because", "After the copy."),
    )
    time.sleep(1)  # the log is followed within a second
    server.stop()
    following.wait(20)
    told = _timed("gone back", lambda: _manage(environment, "restore_drill", copy, "--log", str(log)))
    print(told, flush=True)
    is_good = "Lost against the head that is kept outside: 0 events" in told
    print("passed" if is_good else "FAILED")
    return is_good


def _timed(what: str, do: Callable[[], str]) -> str:
    begun = time.monotonic()
    said = do()
    print(f"{what}: {time.monotonic() - begun:.0f} s", flush=True)
    return said


def _manage(environment: dict[str, str], *command: str) -> str:
    return _run(["manage.py", *command], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
