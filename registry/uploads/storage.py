"""Where the bytes of documents lie: under random names, in the storage `documents` of `STORAGES` (docs/decisions/0095).

A disk and an object store serve alike: nothing here knows of folders on a machine, links or free space.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

from registry import signing

_NAME = re.compile(r"[0-9A-Za-z_-]+")
MARK = b"The documents of this installation lie here. Do not remove this file: docs/operations.md."


class StorageAway(OSError):
    """The storage does not answer, or can take nothing more. Nothing was written; a name that is not there is another fault."""


class StorageArea(StrEnum):
    KEPT = "kept"  # what is served, made anew
    HELD = "held"  # as it was uploaded, until the scanner has seen it
    MADE = "made"  # printed by the background worker, until it is taken
    CHECKED = "checked"  # what was made of a file, sealed, until the page that sent it comes back for it
    MARK = "mark"  # one file, which says whose storage it is


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as fault:
        raise StorageAway(*fault.args) from fault


def keep(shelf: StorageArea, name: str, content: bytes) -> None:
    """Write the bytes under this name, in the place of what lies there. Raises `StorageAway` when the storage cannot."""
    with _answering():
        _keep(in_use(), _place(shelf, name), content)


def _keep(storage: Storage, place: str, content: bytes) -> None:
    saved = storage.save(place, ContentFile(content))
    if saved != place:
        # This storage replaces nothing: what was there goes first.
        storage.delete(saved)
        storage.delete(place)
        saved = storage.save(place, ContentFile(content))
    if saved != place:
        raise OSError(f"The storage keeps {place} under another name.")


def keep_alike(shelf: StorageArea, name: str, other: str) -> None:
    """The bytes of another document under this name too, in whatever way the storage does that best."""
    storage = in_use()
    if copy := getattr(storage, "copy", None):
        copy(_place(shelf, name), _place(shelf, other))
    else:
        keep(shelf, name, read(shelf, other))


def read(shelf: StorageArea, name: str) -> bytes:
    """Raises `FileNotFoundError`, or `StorageAway`."""
    with _answering(), opened(shelf, name) as file:
        content: bytes = file.read()
    return content


def opened(shelf: StorageArea, name: str) -> File[Any]:
    """To be sent on; the caller closes it. Raises `FileNotFoundError`, or `StorageAway`."""
    with _answering():
        return in_use().open(_place(shelf, name), "rb")


def digest_of(shelf: StorageArea, name: str) -> str:
    """The SHA-256 of what lies there now; empty when nothing does."""
    digest = hashlib.sha256()
    try:
        with opened(shelf, name) as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def discard(shelf: StorageArea, name: str) -> None:
    in_use().delete(_place(shelf, name))


def strays(shelf: StorageArea, known: Iterable[str], *, before: datetime) -> Iterator[str]:
    """Names that no document knows, written before an instant: what a transaction left behind that came to nothing."""
    names, storage = set(known), in_use()
    for folder in sorted(_listed(storage, shelf)[0]):
        for name in sorted(_listed(storage, f"{shelf}/{folder}")[1]):
            if name not in names and storage.get_modified_time(f"{shelf}/{folder}/{name}") < before:
                yield name


def copy_all(source: Storage, target: Storage) -> Iterator[tuple[str, bool]]:
    """Every file of one storage, and whether it was copied to the other now; one that is there in the same size was before.

    Files are never changed in place and come to a storage whole, so what was begun goes on where it was stopped.
    """
    for shelf in StorageArea:
        for folder in sorted(_listed(source, shelf)[0]):
            for name in sorted(_listed(source, f"{shelf}/{folder}")[1]):
                if _NAME.fullmatch(name):
                    place = f"{shelf}/{folder}/{name}"
                    yield place, _copied(source, target, place)


def _copied(source: Storage, target: Storage, place: str) -> bool:
    if target.exists(place) and target.size(place) == source.size(place):
        return False
    with source.open(place, "rb") as file:
        saved = target.save(place, file)
    if saved != place or target.size(place) != source.size(place):
        raise OSError(f"{place} did not arrive whole.")
    return True


def mark() -> None:
    """Leave a mark by which every process knows that its storage is the one of this installation."""
    if not is_marked():
        keep(StorageArea.MARK, _name_of_mark(), MARK)


def is_marked() -> bool:
    return in_use().exists(_place(StorageArea.MARK, _name_of_mark()))


def _name_of_mark() -> str:
    """The same on every machine that shares the key."""
    return signing.keyed_digest(settings.SECRET_KEY, "mark of the storage of documents")


def is_nearly_full() -> bool:
    """Whether the storage says that nothing more should be taken; one that does not say is never full."""
    asked = getattr(in_use(), "is_nearly_full", None)
    return bool(asked and asked())


def in_use() -> Storage:
    """The storage that is set."""
    return storages["documents"]


def _listed(storage: Storage, place: str) -> tuple[list[str], list[str]]:
    """Folders and files below a place that may not be there yet."""
    try:
        return storage.listdir(place)
    except FileNotFoundError:
        return [], []


def _place(shelf: StorageArea, name: str) -> str:
    """Raises `ValueError` for a name that is none of ours: nothing is looked for elsewhere."""
    if _NAME.fullmatch(name) is None:
        raise ValueError("This is no name of a document.")
    return f"{shelf}/{name[:2]}/{name}"
