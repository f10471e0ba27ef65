"""The units of systemd and their table are made from one place, and start what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from script import units

pytestmark = pytest.mark.once

INSTALL = re.search(r"^## Installing$.*?^```\n(.*?)^```$", units.DOCUMENT.read_text(), re.DOTALL | re.MULTILINE)


def test_the_units_and_the_table_are_those_of_the_source() -> None:
    made = dict(units.files())

    assert {path: path.read_text() for path in units.UNITS.iterdir()} == made
    assert units.document() == units.DOCUMENT.read_text()


def test_systemd_understands_them(tmp_path: Path) -> None:
    if not (program := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    for path, words in units.files():
        # What the units start is not installed where the tests run.
        (tmp_path / path.name).write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", words, flags=re.MULTILINE))

    judged = subprocess.run(
        [program, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )

    assert (judged.returncode, [line for line in judged.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_each_command_that_is_run_by_a_unit_or_in_the_installation_exists() -> None:
    assert INSTALL
    named = re.findall(r"manage\.py (\w+)", " ".join(unit["command"] for unit in units.units()))
    named += re.findall(r"^deploy/manage (\w+)", INSTALL[1], re.MULTILINE)

    assert len(named) == 10
    assert {*named} <= {*get_commands()}


def test_the_installation_starts_every_unit() -> None:
    assert INSTALL
    (enabled,) = re.findall(r"^systemctl enable --now (.*)$", INSTALL[1], re.MULTILINE)

    kinds = {f"{unit['name']}.{'service' if unit['runs'] == 'always' else 'timer'}" for unit in units.units()}
    assert {*enabled.split()} == kinds
