"""An upgrade and the way back under load: `python -m tests.benchmarks.upgrade [--from COMMIT] [--requests 10000]`.

Two releases in folders of their own, PostgreSQL, the documented commands. The later one has a migration more, which adds a column to a
table that is read meanwhile. What clients were told is counted; one that is not answered with 200 is lost.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.serving import postgres
from tests.serving.ports import HOST, free_port
from tests.serving.started import ROOT, SETTINGS

CLIENTS = 4
PATHS = ("/", "/check/?q=Harvest+Hands", "/api/v1/register?q=Harvest", "/help/", "/do-i-need-a-licence/")
#: Adds an empty column, as a release may.
MIGRATION = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "{before}")]
    operations = [migrations.AddField("organisation", "of_the_upgrade", models.IntegerField(null=True))]
"""
SYSTEMCTL = '#!/bin/sh\ncase "$1 $2" in "reload registry") kill -HUP "$(cat {pid})" ;; esac\n'


class Installation:
    """Releases below one folder, the settings of the service, and the server that runs."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.root, self.port = folder, folder / "srv", free_port()
        self.environment = os.environ | SETTINGS
        self.environment |= {"DATABASE_URL": database, "HOST": HOST, "PORT": str(self.port), "VAR_DIR": f"{folder}/var"}
        self.environment |= {"REGISTRY_ROOT": str(self.root), "REGISTRY_ETC": f"{folder}/etc", "REGISTRY_USER": "root"}
        self.environment["PATH"] = f"{folder}/bin:{os.environ['PATH']}"
        self.environment.pop("PYTHON", None)
        for name in ("bin", "etc", "var", "srv/releases"):
            (folder / name).mkdir(parents=True)
        (folder / "etc/environment").touch()
        (folder / "bin/systemctl").write_text(SYSTEMCTL.format(pid=folder / "pid"))
        (folder / "bin/systemctl").chmod(0o755)

    def release(self, name: str, commit: str) -> Path:
        place = self.root / "releases" / name
        place.mkdir()
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "--extract", "--directory", str(place)], input=packed, check=True)
        (place / ".venv").symlink_to(sys.prefix)
        self.run(place, ".venv/bin/python", "-m", "config.compiled")
        return place

    def run(self, place: Path, *command: str) -> None:
        done = subprocess.run(command, cwd=place, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> "subprocess.Popen[bytes]":
        with (self.folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [str(self.root / "current/script/serve")], env=self.environment, stderr=log, stdout=log
            )
        (self.folder / "pid").write_text(str(server.pid))
        for _second in range(60):
            if self.ask("/health/live") == 200:
                return server
            time.sleep(1)
        raise AssertionError((self.folder / "log").read_text())

    def ask(self, path: str) -> int:
        try:
            with urlopen(f"http://{HOST}:{self.port}{path}", timeout=20) as answer:
                answer.read()
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except OSError:
            return 0


class Load:
    """Clients that ask one page after the other, each on a connection of its own, until there were so many requests."""

    def __init__(self, ask: Callable[[str], int], most: int) -> None:
        self.told: Counter[int] = Counter()
        self._ask, self._most, self._lock, self._begun = ask, most, threading.Lock(), 0
        self._threads = [threading.Thread(target=self._client) for _client in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def _client(self) -> None:
        while (number := self._next()) is not None:
            status = self._ask(PATHS[number % len(PATHS)])
            with self._lock:
                self.told[status] += 1

    def _next(self) -> int | None:
        with self._lock:
            self._begun += 1
            return self._begun if self._begun <= self._most else None

    def wait_for(self, share: float) -> None:
        while self.told.total() < share * self._most:
            time.sleep(0.2)

    def ended(self) -> "Counter[int]":
        for thread in self._threads:
            thread.join()
        return self.told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="before", default="HEAD~1", metavar="COMMIT")
    parser.add_argument("--requests", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-upgrade-") as folder, postgres.a_primary() as database:
        there = Installation(Path(folder), database.url)
        before, after = there.release("before", options.before), there.release("after", "HEAD")
        newest = max(path.stem for path in (after / "registry/migrations").glob("0*.py"))
        (after / "registry/migrations/9999_of_the_upgrade.py").write_text(MIGRATION.format(before=newest))
        there.run(before, ".venv/bin/python", "manage.py", "set_up")
        (there.root / "current").symlink_to(before)
        server = there.start()
        load = Load(there.ask, options.requests)
        _steps(there, load, after)
        told = load.ended()
        server.terminate()
        server.wait(30)
    lost = told.total() - told[200]
    print(f"{told.total()} requests, {lost} lost: {dict(told)}")
    return 1 if lost else 0


def _steps(there: Installation, load: Load, after: Path) -> None:
    load.wait_for(0.1)
    begun = time.monotonic()
    there.run(after, ".venv/bin/python", "manage.py", "set_up")
    print(f"set_up of the later release: {time.monotonic() - begun:.0f} s", flush=True)
    load.wait_for(0.4)
    begun = time.monotonic()
    there.run(after, "deploy/switch", "after")
    print(f"deploy/switch: {time.monotonic() - begun:.0f} s", flush=True)
    load.wait_for(0.7)
    there.run(after, "deploy/switch", "back")
    print("deploy/switch back", flush=True)


if __name__ == "__main__":
    sys.exit(main())
