"""The register as people carry it with them: one signed line that says what it is, then one line for each entry.

Whoever has the public key can open it without us: the first line is a signed record (registry/live_codes.py) that names the
SHA-256 of all bytes below it. It is asked for 24 hours; an older copy answers nothing (docs/rules.md G2).
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import values_on
from public_lookup.open_data.queries.changes import Position, open_at
from registry import signing
from registry.register.models import Entry

VALID_FOR = timedelta(hours=24)
NAME = "register.ndjson"

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class SnapshotCopy:
    """The copy that is ready to be given out."""

    path: Path
    made_at: datetime
    position: str
    digest: str


def lines(position: Position, copied: list[tuple[int, int]] | None = None) -> Iterator[bytes]:
    """Each entry that stood at a position, in the order of their numbers; what is empty is left out. Memory stays flat.

    `copied` takes down the listing and the number of each, for the index of the copy.
    """
    stood = open_at(position).select_related("listing").order_by("entry_number")
    last = 0
    while batch := list(stood.filter(entry_number__gt=last)[:_BATCH]):
        last = batch[-1].entry_number
        former = _former_numbers(batch)
        for entry in batch:
            if copied is not None:
                copied.append((entry.listing_id, entry.entry_number))
            yield signing.canonical(_said(entry, former.get(entry.listing_id, set()))) + b"\n"


def header(position: Position, *, sha256: str, index: str, count: int, at: datetime) -> bytes:
    """The first line, signed."""
    record = {
        "kind": "snapshot",
        "of": settings.SITE_ADDRESS,
        "made_at": at,
        "valid_until": at + VALID_FOR,
        "position": str(position),
        "count": count,
        "sha256": sha256,
        "index": index,
    }
    return signing.canonical(signing.seal(settings.SIGNING_KEY, record)) + b"\n"


def folder() -> Path:
    """Where the copy that the service gives out is kept."""
    path: Path = settings.VAR_DIR / "snapshot"
    return path


def kept() -> SnapshotCopy | None:
    """The copy that is ready to be given out, if one was made; one that cannot be read is none, so that it is made anew."""
    path = folder() / f"{NAME}.gz"
    try:
        with gzip.open(path) as file:
            record = json.loads(file.readline())["record"]
        if "index" not in record:
            return None
        made_at = datetime.fromisoformat(record["made_at"])
        return SnapshotCopy(path, made_at, record["position"], record["sha256"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError):
        return None


def parts(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a little at a time."""
    with path.open("rb") as file:
        yield from iter(partial(file.read, 64 * 1024), b"")


def _former_numbers(batch: list[Entry]) -> dict[int, set[str]]:
    """Numbers that lead here from before."""
    found: dict[int, set[str]] = {}
    given = Entry.objects.filter(listing__in=[entry.listing_id for entry in batch]).values_list("listing_id", "number")
    for listing, number in given.distinct():
        found.setdefault(listing, set()).add(number)
    return found


def _said(entry: Entry, numbers: set[str]) -> dict[str, Any]:
    told = {
        **values_on(Surface.PHONE, entry),
        "code": entry.listing.code,
        "former_numbers": sorted(numbers - {entry.number}),
    }
    return {name: value for name, value in told.items() if value}
