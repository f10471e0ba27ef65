"""The linter is set up as the house wants it: each habit that it shall refuse is planted and must be found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Source, names_of_plants, planted

RUFF = Path(sys.executable).parent / "ruff"


@pytest.mark.parametrize(("source", "code"), planted("lint"), ids=names_of_plants("lint"))
def test_a_habit_of_the_past_is_found(source: Source, code: str) -> None:
    done = subprocess.run(
        [RUFF, "check", "--no-cache", "--output-format=json", "--stdin-filename", source.path, "-"],
        cwd=ROOT,
        input=source.text,
        capture_output=True,
        text=True,
        check=False,
    )

    assert any(fault["code"].startswith(code) for fault in json.loads(done.stdout)), done.stdout
