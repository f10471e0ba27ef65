"""An archive of an older release, unpacked as that release left its folder and its database."""

import json
import sqlite3
import tarfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.upgrades.make import ARCHIVES


@dataclass(frozen=True, slots=True)
class Unpacked:
    folder: Path
    commit: str
    made_at: datetime

    @property
    def upgraded_at(self) -> datetime:
        """The clock of the upgrade: on any day on which it is tried the data is as old as when it was made."""
        return self.made_at + timedelta(hours=1)


def archives() -> list[Path]:
    """Oldest first, by when the release was made."""
    return sorted(ARCHIVES.glob("*.tar.xz"), key=lambda path: _about(path)["made_at"])


def unpack(archive: Path, folder: Path) -> Unpacked:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    database = sqlite3.connect(folder / "registry.sqlite3")
    database.executescript((folder / "dump.sql").read_text())
    database.close()
    about = json.loads((folder / "about.json").read_text())
    return Unpacked(folder, about["commit"], datetime.fromisoformat(about["made_at"]))


def _about(archive: Path) -> dict[str, str]:
    with tarfile.open(archive) as packed:
        said = packed.extractfile("about.json")  # the first file of the archive
        return dict(json.load(said)) if said else {}
