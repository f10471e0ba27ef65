"""Going to another release and back by one command: what is asked first, what is done, and what is left as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.way_back import BEFORE_THE_RULE
from tests import templates

pytestmark = pytest.mark.once

SETTINGS = """\
DATABASE_URL=sqlite:///{database}
VAR_DIR={folder}/var
SECRET_KEY={key}
NAMES_KEY={key}
SIGNING_KEY=c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M
SITE_ADDRESS=https://licensing.authority.test
ALLOWED_HOSTS=licensing.authority.test
CLAMD_ADDRESS=none
"""


class Machine:
    """Two releases of the same code, the first of which runs; and a systemctl that writes down what it is told."""

    def __init__(self, folder: Path) -> None:
        self.root, self.told = folder / "srv", folder / "told"
        self.database = folder / "registry.sqlite3"
        shutil.copyfile(templates.sqlite(), self.database)
        for name in ("bin", "etc", "var", "srv/releases"):
            (folder / name).mkdir(parents=True)
        systemctl = folder / "bin/systemctl"
        systemctl.write_text(f'#!/bin/sh\necho "$@" >>{self.told}\n')
        systemctl.chmod(0o755)
        words = SETTINGS.format(database=self.database, folder=folder, key="k" * 60)
        (folder / "etc/environment").write_text(words)
        for version in ("0.2.0", "0.3.0"):
            self.release(version)
        (self.root / "current").symlink_to(self.root / "releases/0.2.0")
        self.environment = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "REGISTRY_ROOT": str(self.root),
            "REGISTRY_ETC": f"{folder}/etc",
            "REGISTRY_USER": "root",
        }

    def release(self, version: str, *, without: str = "") -> Path:
        """Every file is that of this checkout; `without` one migration of the first app."""
        release = self.root / "releases" / version
        release.mkdir()
        for entry in templates.ROOT.iterdir():
            if entry.name not in {".venv", "var", "registry", ".git"}:
                (release / entry.name).symlink_to(entry)
        (release / ".venv").symlink_to(sys.prefix)
        (release / "registry/migrations").mkdir(parents=True)
        for entry in (templates.ROOT / "registry/migrations").glob("*.py"):
            if entry.stem != without:
                (release / "registry/migrations" / entry.name).symlink_to(entry)
        return release

    def switch(self, to: str) -> "subprocess.CompletedProcess[str]":
        command = [str(self.root / "current/deploy/switch"), to]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    @property
    def runs(self) -> str:
        return (self.root / "current").readlink().name

    @property
    def was_told(self) -> list[str]:
        return self.told.read_text().splitlines() if self.told.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_one_command_goes_to_a_release_and_one_goes_back(machine: Machine) -> None:
    done = machine.switch("0.3.0")

    assert (done.returncode, machine.runs) == (0, "0.3.0"), done.stderr
    assert machine.was_told == ["reload registry", "restart registry-worker"]
    assert "Back with: deploy/switch back" in done.stdout

    assert machine.switch("back").returncode == 0
    assert machine.runs == "0.2.0" and len(machine.was_told) == 4
    assert (machine.root / "previous").readlink().name == "0.3.0", "and back from back"
    assert sorted(one.name for one in machine.root.iterdir()) == ["current", "previous", "releases"]


def test_a_release_that_cannot_serve_this_database_is_not_gone_back_to(machine: Machine) -> None:
    machine.release("0.1.0", without=BEFORE_THE_RULE["registry"])

    done = machine.switch("0.1.0")

    assert (done.returncode, machine.runs, machine.was_told) == (1, "0.2.0", [])
    assert "go back by a copy of the database" in done.stderr and "nothing was changed" in done.stderr


def test_a_release_that_has_not_set_the_database_up_does_not_run(machine: Machine) -> None:
    machine.database.unlink()

    done = machine.switch("0.3.0")

    assert (done.returncode, machine.runs, machine.was_told) == (1, "0.2.0", [])
    assert "deploy/manage set_up first" in done.stderr


@pytest.mark.parametrize(
    ("to", "words"),
    [("", "say which"), ("9.9.9", "is no release"), ("back", "no release of before"), ("0.2.0", "running already")],
)
def test_what_is_no_other_release_is_refused_in_words(machine: Machine, to: str, words: str) -> None:
    done = machine.switch(to)

    assert (done.returncode, machine.runs, machine.was_told) == (1, "0.2.0", [])
    assert done.stderr.startswith("deploy/switch: ") and words in done.stderr
