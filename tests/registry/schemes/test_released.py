"""A released pack is never edited: cases are pinned to it, and what it said then is evidence.

To correct a pack, add a folder with a later date in force; keep what does not change with `[keep]`. Then add its files
and their SHA-256 to released.json (the failing test prints the lines). A new kind of file may be added to a released
version, when the product learns a new kind of rule; a file that is there may not be changed.
"""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from registry import schemes
from registry.schemes.loading import PARTS

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


@pytest.mark.parametrize("name", schemes.names())
def test_a_new_version_loses_no_kind_of_file_that_the_one_before_had(name: str) -> None:
    """What is optional is lost silently when a new version does not keep it: `[keep] part = "…"`."""
    had: set[str] = set()
    for version in schemes.versions(name):
        folder = ROOT / name / version.isoformat()
        kept = tomllib.loads((folder / "scheme.toml").read_text()).get("keep", {})
        has = {path.stem for path in folder.glob("*.toml")} | {part for part in PARTS if part in kept}
        assert had <= has, f"{name}/{version} must keep or hold {sorted(had - has)}"
        had = has
