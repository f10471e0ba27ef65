"""A reload takes the code to which `current` leads now, and not that of the folder in which the server was started."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.processes import hear_hang_up
from tests.templates import ROOT

pytestmark = pytest.mark.once

#: In the place of Python: says in which folder it is, is ready at once where it is asked to say so, and serves.
SERVER = """\
#!/bin/sh
pwd -P >>"$TOLD"
[ -z "${3:-}" ] || echo ready >"$3"
exec sleep 60
"""


@pytest.fixture
def current(tmp_path: Path) -> Path:
    for release in ("before", "after"):
        (tmp_path / release / "script").mkdir(parents=True)
        shutil.copy(ROOT / "script/serve", tmp_path / release / "script")
    (tmp_path / "python").write_text(SERVER)
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "current").symlink_to("before")
    return tmp_path / "current"


@pytest.fixture
def served(current: Path) -> Iterator["subprocess.Popen[bytes]"]:
    own = {"PYTHON": str(current.parent / "python"), "TOLD": str(current.parent / "told"), "PATH": os.environ["PATH"]}
    server = subprocess.Popen([str(current / "script/serve")], env=own, cwd=current, preexec_fn=hear_hang_up)
    yield server
    server.send_signal(signal.SIGTERM)
    server.wait(20)


def folders(told: Path, number: int) -> list[str]:
    """In which the servers were started, once there are so many."""
    for _tenth in range(150):
        found = [Path(line).name for line in told.read_text().splitlines()] if told.exists() else []
        if len(found) >= number:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_a_reload_serves_the_release_to_which_the_link_leads_now(
    current: Path, served: "subprocess.Popen[bytes]"
) -> None:
    told = current.parent / "told"
    assert folders(told, 1) == ["before"]

    (current.parent / "new").symlink_to("after")
    (current.parent / "new").rename(current)
    served.send_signal(signal.SIGHUP)

    assert folders(told, 2) == ["before", "after"]


def test_one_that_is_told_to_end_during_a_reload_ends(current: Path, served: "subprocess.Popen[bytes]") -> None:
    folders(current.parent / "told", 1)
    served.send_signal(signal.SIGHUP)
    folders(current.parent / "told", 2)

    served.send_signal(signal.SIGTERM)

    served.wait(10)
