"""The system of a labour user, as the demonstration plays it: it keeps the last posts as files, so that they can be seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from public_lookup.clients import signatures
from registry import signing

MOST = 20
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


@dataclass(frozen=True, slots=True)
class Post:
    reference: str
    body: str


def receive(folder: Path, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Keep what we have signed, and answer a challenge; what anybody else posts is neither kept nor answered."""
    reference, timestamp, signature = (headers.get(name, "") for name in HEADERS)
    key = signing.public_key(settings.SIGNING_KEY)
    if not signatures.is_signed(reference, timestamp, body, signature, public_key=key):
        return {"received": False}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{reference}.json").write_bytes(body)
    for old in _files(folder)[MOST:]:
        old.unlink(missing_ok=True)
    return {"received": True, "challenge": json.loads(body)["data"].get("challenge", "")}


def newest(folder: Path) -> list[Post]:
    """The last posts, newest first, as one reads them."""
    return [
        Post(file.stem, json.dumps(json.loads(file.read_bytes()), indent=2, ensure_ascii=False))
        for file in _files(folder)
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
