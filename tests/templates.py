"""Databases that tests begin with, migrated once: each worker takes a copy instead of running every migration itself.

A template is known by the digest of all migrations, so one that no longer fits is never taken. It stays for later runs: on
SQLite as a file among the temporary ones, on PostgreSQL as a database beside those of the tests. `pytest --create-db`
migrates anew; `python -m tests.templates` makes the template, if need be, and does nothing else.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[1]
OURS = Path(tempfile.gettempdir()) / f"registry-tests-{os.getuid()}"


def take(*, to: str | Path) -> None:
    """Begin with a copy: on SQLite the file is there when the tests open it, PostgreSQL is told what to copy."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgresql()
    else:
        shutil.copyfile(sqlite(), to)


def sqlite() -> Path:
    """The file of the template, to be copied and never opened."""
    assert connection.vendor == "sqlite"
    file = OURS.with_name(f"{OURS.name}-{_digest()}.sqlite3")
    with _alone(_digest()):
        if not file.exists():
            unfinished = file.with_suffix(f".{os.getpid()}")
            _make(str(unfinished))
            unfinished.rename(file)
    return file


def postgresql() -> str:
    """The name of the template, whose comment says of which migrations it was made."""
    name = f"test_{connection.settings_dict['NAME']}_template"
    with _alone(name):
        if _comment_on(name) != _digest():
            _make(name)
    return name


def address() -> str:
    """Of the template on PostgreSQL, for a program that copies it to another server. Asked where no test holds a database."""
    command = [sys.executable, "-m", "tests.templates"]
    name = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _digest() -> str:
    found = MigrationLoader(None).disk_migrations.values()
    digest = hashlib.sha256(f"{django.VERSION}".encode())
    for module in sorted(migration.__module__ for migration in found):  # by name: the same wherever they are installed
        digest.update(module.encode() + Path(str(sys.modules[module].__file__)).read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Whoever needs the same template meanwhile waits until it is made."""
    with OURS.with_name(f"{OURS.name}-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(name: str) -> None:
    """In a process of its own: the tests' own connection is to have been nowhere else."""
    command = [sys.executable, "-m", "tests.templates", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _migrate(name: str) -> None:
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS '{_digest()}'")
    connection.close()


def _comment_on(name: str) -> str | None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
    return found[0] if found else None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if len(sys.argv) > 1:
        _migrate(sys.argv[1])
    else:
        print(postgresql() if connection.vendor == "postgresql" else sqlite())
