"""Judging bytes: what a file is by its content, never by its name; what is served is made anew. Import from here."""

from registry.uploads.documents import (
    INFECTED,
    MOST_AT_ONCE,
    NOTHING_CHOSEN,
    WRONG,
    Upload,
    UploadCheck,
    UploadKind,
    document,
    judged,
    received,
    shown_name,
    titled,
)
from registry.uploads.handlers import InMemory
from registry.uploads.photos import PHOTO_BYTES, TOO_BIG, Photo, photo
from registry.uploads.photos import WRONG as WRONG_PHOTO
from registry.uploads.scanner import ScanVerdict
from registry.uploads.sounds import LONGEST_SECONDS, SOUND_BYTES, Sound, sound
from registry.uploads.storage import (
    StorageArea,
    StorageAway,
    digest_of,
    discard,
    is_marked,
    is_nearly_full,
    keep,
    keep_alike,
    mark,
    opened,
    read,
    strays,
)

__all__ = [
    "INFECTED",
    "LONGEST_SECONDS",
    "MOST_AT_ONCE",
    "NOTHING_CHOSEN",
    "PHOTO_BYTES",
    "SOUND_BYTES",
    "TOO_BIG",
    "WRONG",
    "WRONG_PHOTO",
    "InMemory",
    "Photo",
    "ScanVerdict",
    "Sound",
    "StorageArea",
    "StorageAway",
    "Upload",
    "UploadCheck",
    "UploadKind",
    "digest_of",
    "discard",
    "document",
    "is_marked",
    "is_nearly_full",
    "judged",
    "keep",
    "keep_alike",
    "mark",
    "opened",
    "photo",
    "read",
    "received",
    "shown_name",
    "sound",
    "strays",
    "titled",
]
