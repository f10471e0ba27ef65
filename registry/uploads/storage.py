"""Where the bytes of documents lie: under random names, in the storage `documents` of `STORAGES` (docs/decisions/0095).

A disk and an object store serve alike: nothing here knows of folders on a machine, links or free space.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

_NAME = re.compile(r"[0-9A-Za-z_-]+")


class StorageArea(StrEnum):
    KEPT = "kept"  # what is served, made anew
    HELD = "held"  # as it was uploaded, until the scanner has seen it
    MADE = "made"  # printed by the background worker, until it is taken


def keep(shelf: StorageArea, name: str, content: bytes) -> None:
    """Write the bytes under this name, in the place of what lies there. Raises `OSError` when the storage cannot."""
    storage, place = _storage(), _place(shelf, name)
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
    storage = _storage()
    if copy := getattr(storage, "copy", None):
        copy(_place(shelf, name), _place(shelf, other))
    else:
        keep(shelf, name, read(shelf, other))


def read(shelf: StorageArea, name: str) -> bytes:
    """Raises `FileNotFoundError`."""
    with opened(shelf, name) as file:
        content: bytes = file.read()
    return content


def opened(shelf: StorageArea, name: str) -> File[Any]:
    """For whoever sends it on; the caller closes it. Raises `FileNotFoundError`."""
    return _storage().open(_place(shelf, name), "rb")


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
    _storage().delete(_place(shelf, name))


def strays(shelf: StorageArea, known: Iterable[str], *, before: datetime) -> Iterator[str]:
    """Names that no document knows, written before an instant: what a transaction left behind that came to nothing."""
    names, storage = set(known), _storage()
    for folder in sorted(_listed(storage, shelf)[0]):
        for name in sorted(_listed(storage, f"{shelf}/{folder}")[1]):
            if name not in names and storage.get_modified_time(f"{shelf}/{folder}/{name}") < before:
                yield name


def is_nearly_full() -> bool:
    """Whether the storage says that nothing more should be taken; one that does not say is never full."""
    asked = getattr(_storage(), "is_nearly_full", None)
    return bool(asked and asked())


def _storage() -> Storage:
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
