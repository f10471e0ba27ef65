"""What only the reporter may open, how to reach them, who a source is and who a victim: passphrases that cannot be read back, and seals.

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

from compliance.models.safeguarding import PersonLook, Referral, SealedPerson
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
    if connection.vendor == "postgresql":
        sealed = _sealed_by_function("compliance_open_identity", source.pk, reader, because, at)
    else:
        IdentityLook.objects.create(source=source, by=reader, because=because, at=at)
        sealed = SealedIdentity.objects.get(source=source).sealed
    return unseal(_IDENTITY, sealed, at=at)


_IDENTITY = "identity of a source"


def _sealed_by_function(door: str, key: int, reader: str, because: str, at: datetime) -> str:
    """The one door: a function that belongs to the owner of the tables, judges reader and reason, and writes the look down."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {door}(%s, %s, %s, %s)", [key, reader, because, at])
        return str(cursor.fetchone()[0])


# --- who may be a victim ---


def keep_person(referral: Referral, identity: Mapping[str, str], *, at: datetime) -> None:
    """Seal who a person is, in place of what was sealed before; the database takes nobody who may not be named."""
    sealed = seal(_PERSON, identity, at=at)
    if not SealedPerson.objects.filter(referral=referral).update(sealed=sealed):
        SealedPerson.objects.create(referral=referral, sealed=sealed)


def has_person(referral: Referral) -> bool:
    return SealedPerson.objects.filter(referral=referral).exists()


def erase_person(referral: Referral) -> int:
    """Take the sealed identity away; the trace that there was one is written first. Says how many there were."""
    return SealedPerson.objects.filter(referral=referral).delete()[0]


def open_person(referral: Referral, *, because: str, reader: str, at: datetime) -> dict[str, str]:
    """Who a person is, after it was written down that `reader` (a reference) looked, and why. Raises `NotOpened`."""
    if connection.vendor == "postgresql":
        sealed = _sealed_by_function("compliance_open_person", referral.pk, reader, because, at)
    else:
        PersonLook.objects.create(referral=referral, by=reader, because=because, at=at)
        sealed = SealedPerson.objects.get(referral=referral).sealed
    return unseal(_PERSON, sealed, at=at)


_PERSON = "identity of somebody who may be a victim"


def _fernet(purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_key(purpose)))


def _key(purpose: str) -> bytes:
    return bytes.fromhex(signing.keyed_digest(settings.NAMES_KEY, f"vault: {purpose}"))
