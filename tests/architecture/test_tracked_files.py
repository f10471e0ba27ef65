"""What is committed stands on its own: no path of one machine, no address of a package registry."""

import re
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT

# Written in pieces, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    rb"/(?:root|home/\w+|work)"
    + rb"/[\w.]|"
    + rb"https?://(?:registry\.npm"
    + rb"js\.org|(?:files\.)?py"
    + rb"pi\w*\.org)"
)
BINARY = {".woff2", ".png", ".jpg", ".ico", ".icc", ".pdf", ".ttf"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def traces(content: bytes) -> list[bytes]:
    return OF_ONE_MACHINE.findall(content)


def test_no_tracked_file_names_this_machine_or_a_package_registry() -> None:
    found = {str(path): traces(path.read_bytes()) for path in tracked() if path.suffix not in BINARY}

    assert {path: what for path, what in found.items() if what} == {}


def test_a_planted_trace_is_found() -> None:
    assert traces(b"see /ro" + b"ot/project and https://registry.npm" + b"js.org/sass")
