"""A released pack is never edited: cases are pinned to it, and what it said then is evidence.

To correct a pack, add a folder with a later date in force; keep what does not change with `[keep]`. Then add its files
and their SHA-256 to released.json (the failing test prints the lines). A new kind of file may be added to a released
version, when the product learns a new kind of rule; a file that is there may not be changed.
"""

import hashlib
import json
from pathlib import Path

import pytest

from registry import schemes

ROOT = Path(schemes.__file__).parent / "packs"
RELEASED: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("released.json").read_text())


def digests(version: str) -> dict[str, str]:
    files = sorted((ROOT / version).glob("*.toml"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_pack_is_never_edited(version: str) -> None:
    assert digests(version) == RELEASED[version], (
        f"{version} was released and cases are pinned to it. Undo the change and make a new version instead."
    )


def test_every_pack_is_released_by_name() -> None:
    versions = [f"{name}/{version}" for name in schemes.names() for version in schemes.versions(name)]
    unknown = {version: digests(version) for version in versions if version not in RELEASED}

    assert not unknown, f"Add to released.json: {json.dumps(unknown, indent=4)}"
