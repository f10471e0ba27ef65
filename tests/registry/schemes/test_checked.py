"""A folder of packs that has passed every check is not checked again when a process starts; one that has changed is."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.schemes import checked, faults, loading
from registry.schemes.loading import BrokenPack
from tests.registry.schemes.drafts import PACKS

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def kept(tmp_path: Path) -> Iterator[Path]:
    before = checked._places[:]
    checked.keep_in(tmp_path / "passed")
    yield tmp_path / "passed"
    checked._places[:] = before


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    of = faults.of

    def noted(scheme: Any, files: Any) -> Any:
        seen.append(scheme.name)
        return of(scheme, files)

    monkeypatch.setattr(faults, "of", noted)
    return seen


def test_a_folder_that_has_passed_is_not_checked_again(root: Path, looked: list[str]) -> None:
    first = loading.load(root)
    assert looked
    looked.clear()

    assert loading.load(root) == first
    assert looked == []


def test_a_folder_that_has_changed_is_checked_again(root: Path, looked: list[str]) -> None:
    loading.load(root)
    looked.clear()
    file = next(root.rglob("fees.toml"))
    file.write_text(file.read_text() + "\n# Another word.\n")

    loading.load(root)
    assert looked


def test_a_broken_folder_never_passes(root: Path, kept: Path) -> None:
    file = next(root.rglob("checks.toml"))
    file.write_text(file.read_text().replace("code =", "cod =", 1))

    for _nth in range(2):
        with pytest.raises(BrokenPack):
            loading.load(root)
    assert not kept.exists()


def test_where_nothing_can_be_written_every_process_checks(root: Path, tmp_path: Path, looked: list[str]) -> None:
    (tmp_path / "a file").write_text("")
    checked.keep_in(tmp_path / "a file" / "passed")

    loading.load(root)
    looked.clear()
    loading.load(root)
    assert looked
