"""What only the reporter may open, how to reach them, and who a source is: passphrases that cannot be read back, and seals.

The keys come from `settings.NAMES_KEY`, which stands neither in the database nor in its copies.
"""

import hashlib
import json
import re
import secrets
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection

from compliance.models.sources import IdentityLook, SealedIdentity, Source
from registry import signing

WORDS_IN_A_PASSPHRASE = 6  # 62 bits with this list: beyond guessing, with the limit on tries and the slow digest
WORK = 2**14  # of scrypt: 16 MB and some 50 ms for each guess


class NotOpened(Exception):
    """The seal is not ours, has been altered, or is too old."""


@cache
def words() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "passphrase_words.txt").read_text(encoding="ascii").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def new_passphrase() -> str:
    """Six words drawn at random, with spaces between."""
    return " ".join(secrets.choice(words()) for _word in range(WORDS_IN_A_PASSPHRASE))


def mailbox_key(typed: str) -> str:
    """The slow keyed digest by which a mailbox is found; capitals, hyphens, commas and further spaces do not count.

    A wrong passphrase costs as much time as a right one.
    """
    plain = " ".join(re.findall(r"[a-z]+", unicodedata.normalize("NFKC", typed).casefold()))
    return hashlib.scrypt(plain.encode(), salt=_key("mailbox"), n=WORK, r=8, p=1, dklen=32).hex()


def seal(purpose: str, content: Mapping[str, str], *, at: datetime) -> str:
    """Encrypted and signed: opened again only for the same purpose."""
    sealed = _fernet(purpose).encrypt_at_time(json.dumps(dict(content)).encode(), int(at.timestamp()))
    return sealed.decode()


def unseal(purpose: str, sealed: str, *, at: datetime, within: timedelta | None = None) -> dict[str, str]:
    """What was sealed, unless it is older than `within`. Raises `NotOpened`."""
    ages = int(within.total_seconds()) if within else 10**10
    try:
        content: dict[str, str] = json.loads(
            _fernet(purpose).decrypt_at_time(sealed.encode(), ages, int(at.timestamp()))
        )
    except InvalidToken as altered:
        raise NotOpened from altered
    return content


def new_ticket(*, at: datetime) -> str:
    """What travels, sealed, in the form of one report: the passphrase of its mailbox, and a mark that it is one report."""
    return seal("ticket", {"passphrase": new_passphrase(), "once": secrets.token_urlsafe(16)}, at=at)


def open_ticket(ticket: str, *, at: datetime) -> dict[str, str]:
    """The passphrase and the mark; new ones for a ticket that is not ours, or older than a day."""
    try:
        return unseal("ticket", ticket, at=at, within=timedelta(days=1))
    except NotOpened:
        return unseal("ticket", new_ticket(at=at), at=at)


# --- who a source is ---


def keep_identity(source: Source, identity: Mapping[str, str], *, at: datetime) -> None:
    """Seal who a source is; nobody who reads the database learns it, and on PostgreSQL the role of the web cannot even read the seal."""
    SealedIdentity.objects.create(source=source, sealed=seal(_IDENTITY, identity, at=at))


def open_identity(source: Source, *, because: str, reader: str, at: datetime) -> dict[str, str]:
    """Who a source is, after it was written down that `reader` (a reference) looked, and why. Raises `NotOpened`."""
    sealed = _sealed_by_function if connection.vendor == "postgresql" else _sealed_by_row
    return unseal(_IDENTITY, sealed(source, because, reader, at), at=at)


_IDENTITY = "identity of a source"


def _sealed_by_function(source: Source, because: str, reader: str, at: datetime) -> str:
    """The one door: a function that belongs to the owner of the tables, judges handler and reason, and writes the look down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT compliance_open_identity(%s, %s, %s, %s)", [source.pk, reader, because, at])
        return str(cursor.fetchone()[0])


def _sealed_by_row(source: Source, because: str, reader: str, at: datetime) -> str:
    IdentityLook.objects.create(source=source, by=reader, because=because, at=at)
    return SealedIdentity.objects.get(source=source).sealed


def _fernet(purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_key(purpose)))


def _key(purpose: str) -> bytes:
    return bytes.fromhex(signing.keyed_digest(settings.NAMES_KEY, f"vault: {purpose}"))
