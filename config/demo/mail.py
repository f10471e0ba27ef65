"""The demo's mail and text messages go to files; this reads them back, so that codes and invitations can be seen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.filebased import EmailBackend
from django.core.mail.message import EmailMessage

# What Django's file backend writes after each message.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
MOST = 50


# Mailboxes here do not exist: what is sent to them is refused for good, as a mail server would.
GONE = "gone.example"


class Mailboxes(EmailBackend):
    """The demo's mail server: a file for each letter, but for those to a mailbox that is gone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if gone := [address for address in message.recipients() if address.endswith(f"@{GONE}")]:
                raise SMTPRecipientsRefused(dict.fromkeys(gone, (550, b"5.1.1 There is no such mailbox")))
        return super().send_messages(email_messages)


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
class DemoText:
    number: str
    words: str


def newest_texts(folder: Path) -> list[DemoText]:
    """The last text messages, as the stand-in of the sender recorded them, newest first."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[:MOST]
    return [DemoText(**json.loads(file.read_text())) for file in files]


def _read(raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return Mail(
        message["To"] or "", message["Subject"] or "", message["Date"] or "", body.get_content() if body else ""
    )
