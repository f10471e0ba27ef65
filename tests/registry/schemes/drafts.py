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


@dataclass(frozen=True, slots=True)
class Draft:
    """A copy of the car wash packs that a test may edit."""

    root: Path

    def file(self, name: str, version: str = FIRST) -> Path:
        return self.root / "car-wash" / version / name

    def spoil(self, name: str, before: str, after: str, version: str = FIRST) -> None:
        """Type something else in one place of one file."""
        text = self.file(name, version).read_text(encoding="utf-8")
        assert text.count(before) >= 1, f"{before!r} is not in {name}"
        self.file(name, version).write_text(text.replace(before, after, 1), encoding="utf-8")

    def faults(self) -> list[str]:
        with pytest.raises(schemes.BrokenPack) as broken:
            schemes.load(self.root)
        return [str(fault) for fault in broken.value.faults]


def a_draft(folder: Path, *, versions: tuple[str, ...] = (FIRST,)) -> Draft:
    for version in versions:
        shutil.copytree(PACKS / "car-wash" / version, folder / "car-wash" / version)
    return Draft(folder)


@contextmanager
def car_washes() -> Iterator[None]:
    """For as long as the block lasts, car washes are the only thing licensed."""
    with schemes.use([PACKS]):
        yield
