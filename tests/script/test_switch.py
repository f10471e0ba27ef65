"""Going to another release and back by one command: what is asked first, what is done, and what is left as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
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
#: Writes down what it is told, and knows whether the service was stopped.
SYSTEMCTL = """#!/bin/sh
case $1 in
is-active) [ ! -e {stopped} ]; exit ;;
stop) touch {stopped} ;;
*) rm -f {stopped} ;;
esac
echo "$@" >>{told}
"""


class Machine:
    """Two releases of the same code, the first of which runs; and a systemctl that writes down what it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.told = folder, folder / "srv", folder / "told"
        self.database = folder / "registry.sqlite3"
        shutil.copyfile(templates.sqlite(), self.database)
        for name in ("bin", "etc", "var", "srv/releases", "copies"):
            (folder / name).mkdir(parents=True)
        (folder / "var/static").mkdir()
        (folder / "var/static/.collected").write_text("by set_up")
        systemctl = folder / "bin/systemctl"
        systemctl.write_text(SYSTEMCTL.format(told=self.told, stopped=folder / "stopped"))
        systemctl.chmod(0o755)
        self.settings = SETTINGS.format(database=self.database, folder=folder, key="k" * 60)
        (folder / "etc/environment").write_text(self.settings)
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
        return self.run("current/deploy/switch", *to.split())

    def run(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [str(self.root / name), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def keep(self) -> Path:
        done = self.run("releases/0.3.0/deploy/keep", str(self.folder / "copies"))
        assert done.returncode == 0, done.stderr
        (copy,) = (self.folder / "copies").iterdir()
        assert f"releases/0.3.0/deploy/switch back {copy}" in done.stdout
        return copy

    def write(self, number: int) -> None:
        """What the upgrade does, or people: rows, settings and the head of the trail are others."""
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS of_later (number integer)")
            database.execute("INSERT INTO of_later VALUES (?)", [number])
        (self.folder / "var/trail-head.json").write_text(f'{{"number": {number}}}')
        (self.folder / "etc/environment").write_text(f"{self.settings}OF_LATER={number}\n")

    @property
    def written(self) -> list[int]:
        with closing(sqlite3.connect(self.database)) as database:
            if not database.execute("SELECT name FROM sqlite_master WHERE name = 'of_later'").fetchall():
                return []
            return [number for (number,) in database.execute("SELECT number FROM of_later")]

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
    assert machine.was_told == ["reload-or-restart registry", "restart registry-worker"]
    assert "Back with: deploy/switch back" in done.stdout
    static = machine.folder / "var/static"
    assert [one.name for one in static.iterdir()] == [".collected"], "set_up has collected them"

    assert machine.switch("back").returncode == 0
    assert machine.runs == "0.2.0" and len(machine.was_told) == 4
    assert (static / "staticfiles.json").exists(), "the list of its own static files"
    assert (machine.root / "previous").readlink().name == "0.3.0", "and back from back"
    assert not (static / ".collected").exists(), "so that set_up collects those of the later release again"

    (static / "staticfiles.json").unlink()
    assert machine.switch("0.3.0").returncode == 0
    assert (static / "staticfiles.json").exists(), "or the switch, if set_up has nothing to do"
    assert sorted(one.name for one in machine.root.iterdir()) == ["current", "previous", "releases"]


def test_a_release_that_cannot_serve_this_database_is_not_gone_back_to(machine: Machine) -> None:
    machine.release("0.1.0", without=BEFORE_THE_RULE["registry"])

    done = machine.switch("0.1.0")

    assert (done.returncode, machine.runs, machine.was_told) == (1, "0.2.0", [])
    assert "go back by the copy of before" in done.stderr and "nothing was changed" in done.stderr


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


def test_one_command_goes_back_to_what_was_before_an_upgrade_that_failed(machine: Machine) -> None:
    (machine.folder / "var/trail-head.json").write_text('{"number": 1}')
    (machine.folder / "stopped").touch()
    copy = machine.keep()
    machine.write(2)

    done = machine.run("releases/0.3.0/deploy/switch", "back", str(copy))

    assert (done.returncode, machine.runs) == (0, "0.2.0"), done.stderr
    assert machine.written == []
    assert (machine.folder / "etc/environment").read_text() == machine.settings
    assert (machine.folder / "var/trail-head.json").read_text() == '{"number": 1}', "only the upgrade wrote since"
    assert machine.was_told == [
        "stop registry registry-worker",
        "reload-or-restart registry",
        "restart registry-worker",
    ]


@pytest.mark.parametrize("did", ["the server went on", "the new release has run"])
def test_what_people_did_since_the_copy_is_not_lost_in_silence(machine: Machine, did: str) -> None:
    """The head of the trail stays, so that the service is read-only until a person accepts that events are gone."""
    (machine.folder / "var/trail-head.json").write_text('{"number": 1}')
    if did == "the new release has run":
        (machine.folder / "stopped").touch()
    copy = machine.keep()
    if did == "the new release has run":
        assert machine.switch("0.3.0").returncode == 0
    machine.write(2)

    assert machine.switch(f"back {copy}").returncode == 0
    assert (machine.runs, machine.written) == ("0.2.0", [])
    assert (machine.folder / "var/trail-head.json").read_text() == '{"number": 2}'


@pytest.mark.parametrize("lacking", ["database", "release", "settings", "VAR_DIR", "the release itself"])
def test_a_copy_that_is_not_whole_is_refused_before_anything_is_stopped(machine: Machine, lacking: str) -> None:
    copy = machine.keep()
    machine.write(2)
    if lacking == "settings":
        (machine.folder / "etc" / f"environment-{copy.name}").unlink()
    elif lacking == "VAR_DIR":
        kept = machine.folder / "etc" / f"environment-{copy.name}"
        kept.write_text(kept.read_text().replace("VAR_DIR=", "NO_DIR="))
    elif lacking == "the release itself":
        (machine.root / "releases/0.2.0/.venv").unlink()
    else:
        (copy / lacking).write_bytes((copy / lacking).read_bytes()[:-8])

    done = machine.run("releases/0.3.0/deploy/switch", "back", str(copy))

    assert (done.returncode, machine.written, machine.was_told) == (1, [2], [])
    assert done.stderr.splitlines()[-1].startswith("deploy/switch: ")


def test_a_release_from_before_this_command_may_be_left(machine: Machine) -> None:
    """It cannot be asked for a way back, and has added nothing that the later one lacks."""
    (machine.root / "releases/0.2.0/config").unlink()
    (machine.root / "releases/0.2.0/config").mkdir()

    assert machine.run("releases/0.3.0/deploy/switch", "0.3.0").returncode == 0
    assert machine.runs == "0.3.0"


@pytest.mark.parametrize(("folder", "words"), [("", "say in which folder"), ("copies", "say in which folder")])
def test_where_to_keep_it_must_be_said(machine: Machine, folder: str, words: str) -> None:
    done = machine.run("releases/0.3.0/deploy/keep", folder)

    assert done.returncode == 1 and done.stderr.startswith(f"deploy/keep: {words}")
