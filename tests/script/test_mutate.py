"""The defects that `script/mutate` plants, its list, and a sample of the guards with defects in them."""

import subprocess
import sys
import tomllib
import zlib
from pathlib import Path
from typing import Any

import pytest

from script.mutants import mutants_of
from tests import planting

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((ROOT / "script/mutants.toml").read_text())
SUBJECTS = (
    *("permissions", "visibility", "conflict", "as-at", "escaping", "exports"),
    *("held", "limits", "scrubbing", "keys", "rules"),
)


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("a = b < c", "(b <= c)"),
        ("a = b in c", "(b not in c)"),
        ("a = b and c", "((b) or (c))"),
        ("a = not b", "(b)"),
        ("a = True", "False"),
        ("a = 'é', 7", "8"),
        ("a = min(b)", "max"),
        ("require(a)", "pass"),
        ("if a:\n    b", "not (a)"),
        ("def f():\n    raise A", "pass"),
    ],
)
def test_each_kind_of_defect_is_planted(source: str, after: str) -> None:
    assert after in [one.after for one in mutants_of(source)]


def test_a_defect_changes_one_place_and_nothing_else() -> None:
    (one,) = mutants_of("first = 'ü'; second = third < fourth\n")

    assert one.source == "first = 'ü'; second = (third <= fourth)\n"


def test_two_defects_of_one_line_have_names_of_their_own() -> None:
    names = [one.name for one in mutants_of("first = 0, 0\nfirst = 0, 0\n")]

    line = "first = 0, 0 | 0 -> 1"
    assert names == [line, f"{line} (2)", f"{line} (3)", f"{line} (4)"]


def test_columns_are_left_to_the_migrations() -> None:
    assert list(mutants_of("name = models.CharField(max_length=20, unique=True)\n")) == []


def test_every_guard_of_the_list_is_there_with_its_tests() -> None:
    for guard in LISTED["guard"]:
        for path in (guard["module"], *guard["tests"]):
            assert (ROOT / path).exists(), path
    said = " ".join(guard["subject"] for guard in LISTED["guard"])
    assert [one for one in SUBJECTS if one not in said] == []


def test_every_explanation_is_of_a_defect_that_can_be_planted() -> None:
    names = {
        f"{guard['module']} | {one.name}"
        for guard in LISTED["guard"]
        for one in mutants_of((ROOT / guard["module"]).read_text())
    }

    assert [one["mutant"] for one in LISTED.get("explained", []) if one["mutant"] not in names] == []
    assert all(len(one["because"]) > 20 for one in LISTED.get("explained", []))


def test_a_function_is_changed_in_place_wherever_it_was_imported(tmp_path: Path) -> None:
    file = tmp_path / "guard.py"
    file.write_text(
        "def is_open(hour):\n    return hour > 8\n\n\nclass Door:\n    def may(self):\n        return True\n"
    )
    guard: dict[str, Any] = {}
    exec(compile(file.read_text(), file, "exec"), guard)
    is_open, door = guard["is_open"], guard["Door"]()
    changed = file.read_text().replace("hour > 8", "hour >= 8").replace("True", "False")

    there = planting.functions_in(str(file))
    assert planting.plant(str(file), changed, 2, there)
    assert is_open(8)
    assert door.may()  # only the function at the line
    assert planting.plant(str(file), changed, 7, there)
    assert not door.may()
    assert not planting.plant(str(file), changed, 1, there)


def test_a_sample_of_the_guards_holds() -> None:
    """A small one, of the guards that were run whole, and another one whenever one of them changes.

    All of them take an hour and are run by hand (docs/measured.md).
    """
    modules = [guard["module"] for guard in LISTED["guard"] if guard.get("whole")]
    seed = zlib.crc32(b"".join((ROOT / module).read_bytes() for module in modules))
    command = [sys.executable, "script/mutate", *modules, "--sample", "2", "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
