"""What an email says: who wrote it, to which file, in which words, with which attachments."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from django.utils import timezone

#: Characters of an email that are kept; a longer one ends with a note.
LONGEST = 50_000
#: Where the reference of a file is looked for, the surest first: the address that it was sent to, then its subject.
HEADERS = ("Delivered-To", "X-Original-To", "To", "Cc", "Subject")
_REFERENCE = re.compile(r"[A-Z]{1,4}-?[0-9A-Z]{4}-?[0-9A-Z]{2,5}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an email, under the name that the email gives it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """`references` are what could name a file, the surest first; `mail_id` is the SHA-256 by which it is known again."""

    mail_id: str
    address: str
    name: str
    title: str
    text: str
    sent_on: date
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def read(raw: bytes, *, at: datetime) -> ReceivedMail:
    """An email as it arrived. What is broken in it is left out: an email is never refused.

    A date that is missing, in the future or over a year ago is the day on which it was read.
    """
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    name, address = parseaddr(_header(mail, "From"))
    text, attachments = _text(mail).strip(), tuple(_attachments(mail))
    return ReceivedMail(
        mail_id=_digest(mail, text, attachments) if _header(mail, "Message-ID") else hashlib.sha256(raw).hexdigest(),
        address=address[:254],
        name=(name or address)[:200],
        title=(" ".join(_header(mail, "Subject").split()) or "–")[:200],
        text=text if len(text) <= LONGEST else f"{text[:LONGEST]}…",
        sent_on=_day(mail, at),
        references=tuple(dict.fromkeys(_references(mail))),
        attachments=attachments,
    )


def _digest(mail: Message, text: str, attachments: Iterable[Attachment]) -> str:
    """Of all that it says, not of its number alone: who sends another email under a number that is known hides none by it."""
    said = hashlib.sha256()
    for part in (*(_header(mail, name) for name in ("Message-ID", "From", "Subject")), text):
        said.update(hashlib.sha256(part.encode("utf-8", "replace")).digest())
    for one in attachments:
        said.update(hashlib.sha256(one.content).digest())
    return said.hexdigest()


def _header(mail: Message, name: str) -> str:
    try:
        return str(mail.get(name, "")).replace("\x00", "")
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):  # a header that no parser can read
        return ""


def _day(mail: Message, at: datetime) -> date:
    today = timezone.localdate(at)
    try:
        day = parsedate_to_datetime(_header(mail, "Date")).date()
    except (ValueError, TypeError, OverflowError):
        return today
    return day if 0 <= (today - day).days <= 366 else today


def _references(mail: Message) -> Iterator[str]:
    for name in HEADERS:
        said = _header(mail, name)
        words = [local for _name, address in getaddresses([said]) for local in [address.split("@")[0]]]
        for text in words if name not in ("Subject",) else [said]:
            yield from (found.upper() for found in _REFERENCE.findall(text))


def _text(mail: EmailMessage) -> str:
    """The plain words; where there are only formatted ones, those without their formatting."""
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
        said = str(body.get_content()) if body else ""
    except (LookupError, ValueError, AttributeError, KeyError):
        return ""
    said = said.replace("\x00", "")
    return _plain(said) if body and body.get_content_subtype() == "html" else said


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style", "head")
        if tag in ("p", "br", "div", "tr", "li"):
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "head") and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def _plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.said)


def _attachments(mail: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(mail.iter_attachments(), start=1):
        try:
            content = part.get_payload(decode=True)
        except (LookupError, ValueError):
            continue
        if isinstance(content, bytes) and content:
            yield Attachment((part.get_filename() or f"attachment-{number}")[:120], content)
