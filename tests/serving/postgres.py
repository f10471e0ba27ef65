"""PostgreSQL servers that a test may stop: a primary, and a replica that streams from it. Whoever runs the tests owns them."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.serving.ports import HOST, free_port
from tests.serving.processes import kill_tree

#: As operations.md asks for it: what was answered is on the disk.
DURABLE = ("shared_buffers=16MB", "wal_receiver_timeout=2s", "wal_retrieve_retry_interval=100", "wal_keep_size=256MB")
ONLY_PSQL = re.compile(r"\\(un)?restrict ")
#: Nothing here has to survive a power cut.
FAST = (*DURABLE, "fsync=off", "full_page_writes=off")


def programs() -> Path | None:
    """Where initdb and pg_basebackup are, of the newest version; None where the server is not installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    found = shutil.which("pg_basebackup")
    return Path(found).parent if found and (Path(found).parent / "initdb").exists() else None


@dataclass(frozen=True, slots=True)
class Server:
    data: Path
    port: int
    settings: tuple[str, ...] = FAST

    @property
    def url(self) -> str:
        return address(self.port)

    def start(self) -> None:
        options = " ".join(
            [
                f"-p {self.port} -k {self.data.parent} -c listen_addresses={HOST}",
                *(f"-c {one}" for one in self.settings),
            ]
        )
        _run("pg_ctl", "-D", str(self.data), "-l", f"{self.data}.log", "-w", "start", "-o", options)

    def stop(self) -> None:
        _run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """As a machine that loses its power: no process of it ends in order."""
        kill_tree(int((self.data / "postmaster.pid").read_text().split()[0]))

    def copy(self, url: str) -> None:
        """Begin with the tables of that database: it takes a second, and migrating a minute. Not from a newer server."""
        with tempfile.TemporaryDirectory(prefix="registry-tables-") as folder:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
            _run("pg_dump", "--no-owner", "-f", f"{folder}/tables.sql", url)
            _run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", f"{folder}/tables.sql", self.url)

    def says(self, sql: str) -> object:
        """Run as the owner, whatever the service may do; the first value of the first row, if there is one."""
        with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(sql.encode())
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


def address(port: int) -> str:
    return f"postgresql://postgres@{HOST}:{port}/postgres"


def dumped(url: str) -> str:
    """All of a database as statements that any client may send. What only psql reads is left out."""
    options = ("--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges", url)
    done = subprocess.run(_as_owner("pg_dump", *options), capture_output=True, text=True, check=True, cwd="/")
    return "\n".join(line for line in done.stdout.splitlines() if not ONLY_PSQL.match(line))


@contextmanager
def a_primary(settings: tuple[str, ...] = FAST, *, within: Path | None = None) -> Iterator[Server]:
    with _folder(within) as folder:
        server = Server(folder / "primary", free_port(), settings)
        _run(
            "initdb",
            "-D",
            str(server.data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        with _running(server):
            yield server


@contextmanager
def a_replica(primary: Server) -> Iterator[Server]:
    """A copy of all that the primary holds, which follows it; in a folder of its own, as the disk of the primary may be full."""
    with _folder(None) as folder:
        server = Server(folder / "replica", free_port(), primary.settings)
        source = ("-h", HOST, "-p", str(primary.port), "-U", "postgres")
        _run("pg_basebackup", "-D", str(server.data), *source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        with _running(server):
            yield server


@contextmanager
def _running(server: Server) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        subprocess.run(
            _as_owner("pg_ctl", "-D", str(server.data), "-m", "immediate", "stop"), capture_output=True, check=False
        )


@contextmanager
def _folder(within: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="registry-serving-", dir=within, ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            shutil.chown(name, "postgres")
        yield Path(name)


def _run(program: str, *options: str) -> None:
    # pg_ctl leaves the server with its output: a pipe would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            _as_owner(program, *options), stdout=said, stderr=said, stdin=subprocess.DEVNULL, check=False, cwd="/"
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


def _as_owner(program: str, *options: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    command = [str(programs() / program), *options]  # type: ignore[operator]
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command
