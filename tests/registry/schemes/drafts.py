"""A small scheme of a made-up sector in two versions, and a way to spoil a copy of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry import schemes

PACKS = Path(__file__).parent / "packs"
FIRST, SECOND = "2030-01-01", "2031-01-01"
BASE = "car-wash/base"
LATER = f"car-wash/{SECOND}.toml"


@dataclass(frozen=True, slots=True)
class Draft:
    """A copy of the car wash packs that a test may edit."""

    root: Path

    def file(self, name: str) -> Path:
        """A file of the first version."""
        return self.root / BASE / name

    @property
    def later(self) -> Path:
        """The difference that makes the second version."""
        return self.root / LATER

    def spoil(self, name: str, before: str, after: str) -> None:
        """Type something else in one place of one file."""
        text = self.file(name).read_text(encoding="utf-8")
        assert text.count(before) >= 1, f"{before!r} is not in {name}"
        self.file(name).write_text(text.replace(before, after, 1), encoding="utf-8")

    def change(self, text: str) -> None:
        """Say this in the difference, and nothing else."""
        self.later.write_text(text, encoding="utf-8")

    def faults(self) -> list[str]:
        with pytest.raises(schemes.BrokenPack) as broken:
            schemes.load(self.root)
        return [str(fault) for fault in broken.value.faults]


def a_draft(folder: Path, *, later: bool = False) -> Draft:
    """A copy of the first version, and of the second if it is asked for."""
    shutil.copytree(PACKS / BASE, folder / BASE)
    draft = Draft(folder)
    if later:
        shutil.copy(PACKS / LATER, draft.later)
    return draft


@contextmanager
def a_later_version(
    folder: Path, text: str, *, scheme: str = "gla-food", day: str = "2026-11-30"
) -> Iterator[schemes.Scheme]:
    """For as long as the block lasts, a scheme of the product has one more version, whose difference says this."""
    root = folder / "packs"
    shutil.copytree(schemes.PACKS[0], root)
    (root / scheme / f"{day}.toml").write_text(text, encoding="utf-8")
    with schemes.use([root]):
        yield schemes.get(scheme, day)


@contextmanager
def car_washes() -> Iterator[None]:
    """For as long as the block lasts, car washes are the only thing licensed."""
    with schemes.use([PACKS]):
        yield
