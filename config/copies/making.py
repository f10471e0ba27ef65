"""A copy of the database and of the documents, in a folder of its own that is there whole or not at all."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection

from config.copies.age import encrypt, needs_age
from config.environment import secret
from config.version import version_in
from registry.background_work.queries import COPY_NAMED
from registry.trail.queries import chain
from registry.uploads.disk import DocumentDisk

MANIFEST = "copy.json"
DOCUMENTS, DATABASE = "documents", "database"
KEYS = ("SECRET_KEY", "NAMES_KEY", "SIGNING_KEY")


class CopyFailed(Exception):
    """In words for who runs the service. Nothing unfinished is left."""


def make(folder: Path, *, at: datetime, to_recipients: Path | None = None) -> Path:
    """Make one copy below `folder`, which documents that have not changed share with the copy before. Raises `CopyFailed`.

    `to_recipients` is a file of public keys of age: then the copy is one encrypted file, for a place that others can read.
    """
    if to_recipients:
        needs_age()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f".unfinished-{os.getpid()}"
    name = f"{at:{COPY_NAMED}}"
    if (folder / name).exists() or (folder / f"{name}.tar.age").exists():
        raise CopyFailed(f"There is a copy of this second already: {folder / name}")
    try:
        unfinished.mkdir(mode=0o700)
        head = chain.head()
        _copy_database(unfinished / DATABASE)
        documents = _copy_documents(unfinished / DOCUMENTS, before=newest(folder))
        said: dict[str, Any] = {
            "made_at": at.isoformat(),
            "version": version_in(settings.BASE_DIR),
            "head": head,
            "documents": documents,
        }
        said["files"] = {str(path.relative_to(unfinished)): _digest(path) for path in _files(unfinished / DATABASE)}
        (unfinished / MANIFEST).write_text(json.dumps(said, indent=1))
        if to_recipients:
            return encrypt(unfinished, folder / f"{name}.tar.age", name=name, recipients=to_recipients)
        return unfinished.rename(folder / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_keys(folder: Path, *, apart_from: Path, at: datetime, to_recipients: Path | None = None) -> Path:
    """The keys, in a folder that is not where the copies are. Raises `CopyFailed`."""
    if folder.resolve().is_relative_to(apart_from.resolve()) or apart_from.resolve().is_relative_to(folder.resolve()):
        raise CopyFailed("The keys must lie apart from the copies: a person with both could read everything.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"keys-{at:{COPY_NAMED}}"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as words:
        words.writelines(f"{name}={getattr(settings, name)}\n" for name in KEYS)
        words.write(f"SEALING_KEYS={','.join(settings.SEALING_KEYS)}\n")
    if to_recipients is None:
        return file
    try:
        return encrypt(file, file.with_suffix(".age"), name=file.name, recipients=to_recipients)
    finally:
        file.unlink()


def newest(folder: Path) -> Path | None:
    """The last copy that is not encrypted."""
    return max((one.parent for one in folder.glob(f"[0-9]*/{MANIFEST}")), default=None)


def manifest(copy: Path) -> dict[str, Any]:
    """What the copy says of itself. Raises `CopyFailed` where it is none, and where a file of the database is not what it was."""
    try:
        said: dict[str, Any] = json.loads((copy / MANIFEST).read_text())
        changed = [name for name, digest in said["files"].items() if _digest(copy / name) != digest]
    except (OSError, ValueError, KeyError) as fault:
        raise CopyFailed(f"{copy} is no whole copy: {fault}") from None
    if changed:
        raise CopyFailed(f"{copy} is not as it was made: {', '.join(changed)}")
    return said


def _copy_database(into: Path) -> None:
    into.mkdir()
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(into / "registry.sqlite3")) as copy,
        ):
            source.backup(copy)
        return
    address = secret("BACKUP_DATABASE_URL", "") or secret("DATABASE_URL")
    command = [
        "pg_basebackup",
        "--dbname",
        address,
        "--pgdata",
        str(into),
        "--format=tar",
        "--gzip",
        "--wal-method=stream",
    ]
    done = subprocess.run([*command, "--checkpoint=fast", "--no-password"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CopyFailed(f"pg_basebackup: {done.stderr.strip()}")


def _copy_documents(into: Path, *, before: Path | None) -> int | None:
    """How many there are; None where they lie in a storage of their own, which keeps copies itself."""
    if not isinstance(storages["documents"], DocumentDisk):
        return None
    into.mkdir()
    number = 0
    for path in _files(Path(settings.DOCUMENTS_DIR)):
        name = path.relative_to(settings.DOCUMENTS_DIR)
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        former = before / DOCUMENTS / name if before else None
        if former and former.exists() and _is_same(former, path):
            os.link(former, into / name)
        else:
            shutil.copy2(path, into / name)
        number += 1
    return number


def _is_same(former: Path, path: Path) -> bool:
    """A document is never changed under its name; its size and day say that this is so."""
    one, other = former.stat(), path.stat()
    return (one.st_size, int(one.st_mtime)) == (other.st_size, int(other.st_mtime))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
