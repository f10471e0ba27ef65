"""Going back to a copy, on a server of its own that nobody else reaches, to prove that it can be done and how long it takes."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from config.copies.log import missing_from
from config.copies.making import DATABASE, DOCUMENTS, CopyFailed, manifest
from registry.integrity.head_file import KeptHead

Say = Callable[[str], None]
ROOT = Path(settings.BASE_DIR)
#: Where Debian has the programs of the server.
PROGRAMS = "/usr/lib/postgresql"


@dataclass
class DrillResult:
    """What was found, and the seconds that each step took."""

    seconds: dict[str, float] = field(default_factory=dict)
    head: tuple[int, str] = (0, "")
    last_event_at: datetime | None = None
    faults: list[str] = field(default_factory=list)

    def lost(self, kept: KeptHead) -> tuple[int, float | None]:
        """How many events the service wrote later than all that is here, and how many seconds lie between; None where nothing is here."""
        number = max(kept.number - self.head[0], 0)
        if number == 0:
            return 0, 0.0
        return number, (kept.at - self.last_event_at).total_seconds() if self.last_event_at else None


def drill(copy: Path, *, log: Path | None = None, until: datetime | None = None, say: Say = print) -> DrillResult:
    """Restore the copy, replay the log until then, and verify all of it; then it is gone again. Raises `CopyFailed`."""
    result = DrillResult()
    with _timed(result, "copy compared with its digests"):
        said = manifest(copy)
    with tempfile.TemporaryDirectory(prefix="registry-drill-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        begin = _sqlite if (copy / DATABASE / "registry.sqlite3").exists() else _postgresql
        with begin(copy, folder, log, until, result) as address:
            say(f"Restored. Verifying with the documents of {said['made_at']}")
            with _timed(result, "trail, register and documents verified"):
                _verify(address, copy, folder, result)
    return result


def _verify(address: str, copy: Path, folder: Path, result: DrillResult) -> None:
    """By the commands of the service, on the restored database: nothing here can write to the one in use."""
    var = folder / "var"
    var.mkdir()
    own = {
        "DATABASE_URL": address,
        "VAR_DIR": str(var),
        "TRAIL_HEAD_FILE": "",
        "OWNER_DATABASE_URL": "",
        "REGISTER_DATABASE_URL": "",
    }
    commands = [["verify_trail"]]
    if (copy / DOCUMENTS).is_dir():
        (var / "documents").symlink_to((copy / DOCUMENTS).resolve())
        commands.append(["verify_documents", "--only-compare"])
    for command in commands:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=_without_files(own),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            result.faults.append(f"{command[0]}: {(done.stderr or done.stdout).strip()}")


def _without_files(own: dict[str, str]) -> dict[str, str]:
    """The settings of the service, with these instead; a setting that is read from a file would be said twice."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in own}
    return kept | own


def _look(result: DrillResult, rows: Callable[[str], tuple[Any, ...] | None]) -> None:
    found = rows("SELECT number, hash, at FROM registry_event ORDER BY number DESC LIMIT 1")
    if found:
        number, digest, at = found
        result.head = (number, digest)
        result.last_event_at = at if isinstance(at, datetime) else datetime.fromisoformat(f"{at}+00:00")


# --- SQLite ---


@contextmanager
def _sqlite(copy: Path, folder: Path, log: Path | None, until: datetime | None, result: DrillResult) -> Iterator[str]:
    if log or until:
        raise CopyFailed("SQLite has no log to replay: a copy of it ends when it was made.")
    with _timed(result, "database restored"):
        file = Path(shutil.copy2(copy / DATABASE / "registry.sqlite3", folder))
    restored = sqlite3.connect(file)
    try:
        _look(result, lambda sql: restored.execute(sql).fetchone())
    finally:
        restored.close()
    yield f"sqlite:///{file}"


# --- PostgreSQL ---


@contextmanager
def _postgresql(
    copy: Path, folder: Path, log: Path | None, until: datetime | None, result: DrillResult
) -> Iterator[str]:
    server = _Restored(folder, user=connection.settings_dict["USER"], name=connection.settings_dict["NAME"])
    missing = missing_from(log, copy / DATABASE / "pg_wal.tar.gz") if log else []
    result.faults += [f"The log has a gap. It is replayed only until {name}, which is missing." for name in missing[:1]]
    with _timed(result, "database restored"):
        server.unpack(copy / DATABASE)
    with _timed(result, "log replayed, and the server started"):
        server.start(log, until)
    try:
        with psycopg.connect(server.address, autocommit=True) as restored:
            _look(result, lambda sql: restored.execute(sql.encode()).fetchone())
        yield server.address
    finally:
        server.stop()


class _Restored:
    """A server that answers only on a socket in a folder that no one else may enter."""

    def __init__(self, folder: Path, *, user: str, name: str) -> None:
        self.data, self.socket = folder / "data", folder / "socket"
        self.user, self.name = user, name
        for one in (self.data, self.socket):
            one.mkdir(mode=0o700)

    @property
    def address(self) -> str:
        return f"postgresql://{self.user}@{str(self.socket).replace('/', '%2F')}:5432/{self.name}"

    @property
    def _version(self) -> str:
        return (self.data / "PG_VERSION").read_text().strip()

    def unpack(self, base: Path) -> None:
        for file, into in (("base.tar.gz", self.data), ("pg_wal.tar.gz", self.data / "pg_wal")):
            subprocess.run(
                ["tar", "--extract", "--gzip", "--file", str(base / file), "--directory", str(into)], check=True
            )
        for table_space in base.glob("[0-9]*.tar.gz"):
            raise CopyFailed(f"A drill restores no further table space: {table_space.name}")

    def start(self, log: Path | None, until: datetime | None) -> None:
        if log and os.geteuid() == 0:  # the server runs as another user, who may not read it
            log = Path(shutil.copytree(log, self.data.parent / "log"))
            subprocess.run(["chown", "--recursive", "postgres", str(log)], check=True)
        (self.data / "postgresql.conf").write_text("\n".join(_settings(self.socket, log, until)) + "\n")
        (self.data / "pg_hba.conf").write_text("local all all trust\n")
        (self.data / "pg_ident.conf").write_text("")
        (self.data / "postgresql.auto.conf").write_text("")
        (self.data / "standby.signal").unlink(missing_ok=True)
        if log:
            (self.data / "recovery.signal").touch()
        if os.geteuid() == 0:
            subprocess.run(["chown", "--recursive", "postgres", str(self.data), str(self.socket)], check=True)
            self.data.parent.chmod(0o711)
        done = self._run("pg_ctl", "--wait", "--timeout=86400", "--log", str(self.data / "drill.log"), "start")
        if done.returncode or not self._is_replayed():
            raise CopyFailed(f"The copy does not start:\n{(self.data / 'drill.log').read_text()[-2000:]}")

    def _is_replayed(self) -> bool:
        """Whether it answers in the end: it counts as started while it still replays the log, which may take hours."""
        ready = [_program("pg_isready", self._version), "--quiet", "--host", str(self.socket), "--port", "5432"]
        while self._run("pg_ctl", "status").returncode == 0:
            if subprocess.run(ready, check=False).returncode == 0:
                return True
            time.sleep(0.2)
        return False

    def stop(self) -> None:
        self._run("pg_ctl", "--mode=immediate", "stop")

    def _run(self, program: str, *options: str) -> "subprocess.CompletedProcess[bytes]":
        """PostgreSQL refuses to run as root. The server keeps its output: a pipe would never end."""
        command = [_program(program, self._version), "--pgdata", str(self.data), *options]
        owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        return subprocess.run(
            [*owner, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", check=False
        )


def _settings(socket: Path, log: Path | None, until: datetime | None) -> Iterator[str]:
    yield from ("listen_addresses = ''", "port = 5432", f"unix_socket_directories = '{socket}'", "hot_standby = off")
    yield from ("fsync = off", "full_page_writes = off", "archive_mode = off", "max_wal_size = 4GB")
    if log is None:
        return
    # The last file of the log is still being written, and has another name until it is full.
    place = str(log.resolve())
    yield (
        f'restore_command = \'for one in "{place}/%f" "{place}/%f.partial"; do'
        ' [ -f "$one" ] && exec cp "$one" "%p"; done;'
        f' [ -f "{place}/%f.gz" ] && exec gzip -dc "{place}/%f.gz" > "%p"; exit 1\''
    )
    if until:
        yield from (f"recovery_target_time = '{until.isoformat()}'", "recovery_target_action = 'promote'")


def _program(name: str, version: str) -> str:
    found = Path(PROGRAMS) / version / "bin" / name
    if found.exists():
        return str(found)
    elsewhere = shutil.which(name)
    if not elsewhere:
        raise CopyFailed(f"The server of PostgreSQL {version} is not installed here: {name} is missing.")
    return elsewhere


@contextmanager
def _timed(result: DrillResult, step: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    result.seconds[step] = time.monotonic() - begun
