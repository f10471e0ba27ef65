"""The demo's mail and text messages go to files; this reads them back, so that codes and invitations can be seen."""

import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

# What Django's file backend writes after each message.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
MOST = 50


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    subject: str
    date: str
    text: str


def newest(folder: Path) -> list[Mail]:
    """The last messages, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:MOST]
    raw = [part for file in files for part in reversed(file.read_bytes().split(BETWEEN)) if part.strip()]
    return [_read(part) for part in raw[:MOST]]


@dataclass(frozen=True, slots=True)
class Text:
    number: str
    words: str


def newest_texts(folder: Path) -> list[Text]:
    """The last text messages, as the stand-in of the sender recorded them, newest first."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[:MOST]
    return [Text(**json.loads(file.read_text())) for file in files]


def _read(raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return Mail(
        message["To"] or "", message["Subject"] or "", message["Date"] or "", body.get_content() if body else ""
    )
