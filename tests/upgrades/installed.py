"""An installation that is upgraded as docs/upgrading.md says: a release of before with its database, and this one beside it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.architecture.source import ROOT
from tests.serving import postgres
from tests.serving.ports import HOST, free_port
from tests.upgrades.make import environment

#: Knows only whether the service was stopped.
SYSTEMCTL = """#!/bin/sh
case $1 in
is-active) [ ! -e {stopped} ] ;;
stop) touch {stopped} ;;
*) rm -f {stopped} ;;
esac
"""

#: Seconds: deploy/systemd/registry.service.
STOPS_WITHIN = 20


class Installation:
    def __init__(self, folder: Path, *, commit: str, var: Path, database: str = "") -> None:
        self.folder, self.root, self.copies = folder, folder / "srv", folder / "copies"
        for name in ("bin", "etc", "copies", "srv/releases"):
            (folder / name).mkdir(parents=True)
        (folder / "bin/systemctl").write_text(SYSTEMCTL.format(stopped=folder / "stopped"))
        (folder / "bin/systemctl").chmod(0o755)
        own = {key: value for key, value in environment(var, database).items() if key not in {"PATH", "HOME"}}
        (folder / "etc/environment").write_text("".join(f"{name}={value}\n" for name, value in own.items()))
        self.environment = {
            "PATH": f"{folder / 'bin'}:{_programs()}{os.environ['PATH']}",
            "REGISTRY_ROOT": str(self.root),
            "REGISTRY_ETC": str(folder / "etc"),
            "REGISTRY_USER": "root",
        }
        self.before, self.after = self._release_of(commit), self._this_release()
        (self.root / "current").symlink_to(self.before)

    def _release_of(self, commit: str) -> Path:
        """With what 0.1.0 is given before it is upgraded."""
        place = self.root / "releases/before"
        place.mkdir()
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "--extract", "--directory", str(place)], input=packed, check=True)
        (place / ".venv").symlink_to(sys.prefix)
        if not (place / "script/serve").exists():
            shutil.copytree(ROOT / "deploy", place / "deploy")
            shutil.copy(ROOT / "deploy/former/serve", place / "script/serve")
        return place

    def _this_release(self) -> Path:
        place = self.root / "releases/after"
        place.mkdir()
        for entry in ROOT.iterdir():
            if entry.name not in {".venv", "var", ".git", "deploy"}:
                (place / entry.name).symlink_to(entry)
        shutil.copytree(ROOT / "deploy", place / "deploy")
        (place / ".venv").symlink_to(sys.prefix)
        return place

    def run(self, *command: str, place: Path | None = None) -> str:
        done = subprocess.run(
            command, cwd=place or self.after, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def keep(self) -> Path:
        self.run("deploy/keep", str(self.copies))
        (copy,) = self.copies.iterdir()
        return copy

    def killed_at(self, words: str, *, seconds: float = 0) -> None:
        """`set_up` of this release, and so long after it says this, a machine that loses its power."""
        process = subprocess.Popen(
            ["deploy/manage", "set_up"],
            cwd=self.after,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stdout
        assert any(words in line for line in process.stdout), f"it never said {words}"
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The release that `current` leads to, started by its own script; the address that answers."""
        port = free_port()
        own = dict(line.split("=", 1) for line in (self.folder / "etc/environment").read_text().splitlines())
        server = subprocess.Popen(
            ["script/serve"],
            cwd=(self.root / "current").resolve(),
            env=self.environment | own | {"HOST": HOST, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield _answering(f"http://{HOST}:{port}")
        finally:
            _stop(server)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """As systemd does: older releases have a server that may never end (`config.stopping.Stopping`)."""
    with suppress(subprocess.TimeoutExpired):
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(STOPS_WITHIN)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _answering(address: str) -> str:
    for _second in range(60):
        try:
            urlopen(f"{address}/health/live", timeout=10).close()
        except URLError:
            time.sleep(1)
        else:
            return address
    raise AssertionError("the server did not start")


def _programs() -> str:
    found = postgres.programs()
    return f"{found}:" if found else ""
