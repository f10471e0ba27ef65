"""An archive of an older release, unpacked as that release left its folder and its database."""

import json
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from tests.upgrades.make import ARCHIVES, POSTGRESQL

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Unpacked:
    folder: Path
    commit: str
    made_at: datetime

    @property
    def upgraded_at(self) -> datetime:
        """Ten o'clock of the next working day: on any day on which it is tried the data is as old, and what is written by day is written."""
        day = self.made_at + timedelta(days=1)
        while day.weekday() > FRIDAY:
            day += timedelta(days=1)
        return day.replace(hour=10, minute=0)


def archives(*, on_postgresql: bool = False) -> list[Path]:
    """Of one engine, oldest first, by when the release was made."""
    of_engine = [path for path in ARCHIVES.glob("*.tar.xz") if (POSTGRESQL in path.name) is on_postgresql]
    return sorted(of_engine, key=lambda path: _about(path)["made_at"])


def unpack(archive: Path, folder: Path, database: str = "") -> Unpacked:
    """Its files in the folder, and its rows in a file there or in an empty database of PostgreSQL."""
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    load_rows(folder, database)
    about = json.loads((folder / "about.json").read_text())
    return Unpacked(folder, about["commit"], datetime.fromisoformat(about["made_at"]))


def load_rows(folder: Path, database: str) -> None:
    statements = (folder / "dump.sql").read_text()
    if database:
        with psycopg.connect(database, autocommit=True) as server:
            server.execute(statements.encode())
    else:
        with closing(sqlite3.connect(folder / "registry.sqlite3")) as file:
            file.executescript(statements)


def _about(archive: Path) -> dict[str, str]:
    with tarfile.open(archive) as packed:
        said = packed.extractfile("about.json")  # the first file of the archive
        return dict(json.load(said)) if said else {}
