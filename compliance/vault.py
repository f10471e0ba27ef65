"""Seals of how to reach reporters, who a source is and who may be a victim.

The keys are in the settings (`registry.sealing_keys`), and neither in the database nor in its copies.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from compliance import passphrases
from compliance.intelligence.models.sources import IdentityLook, SealedIdentity, Source
from compliance.releases import rules
from compliance.releases.models import MarkKind, SourceMark
from compliance.reports.models.contacts import ReportContact, ReporterMark
from compliance.reports.models.reports import Report
from compliance.safeguarding.models.people import PersonLook, SealedPerson
from compliance.safeguarding.models.referrals import Referral
from registry import sealing_keys, signing
from registry.sealing_keys import NotOpened as NotOpened
from registry.sealing_keys import PurposeSeal

CONTACT, VOICE = "contact", "voice"
IDENTITY = "identity of a source"
PERSON = "identity of somebody who may be a victim"


def seal(purpose: str, content: Mapping[str, str], *, at: datetime) -> str:
    """Encrypted and signed: opened again only for the same purpose."""
    return seal_bytes(purpose, json.dumps(dict(content)).encode(), at=at).decode()


def unseal(purpose: str, sealed: str, *, at: datetime | None = None, within: timedelta | None = None) -> dict[str, str]:
    """What was sealed, unless it is older than `within`. Raises `NotOpened`."""
    content: dict[str, str] = json.loads(seal_of(purpose).open(sealed.encode(), at=at, within=within))
    return content


def seal_bytes(purpose: str, content: bytes, *, at: datetime) -> bytes:
    """The same for what is no text, such as a voice."""
    return seal_of(purpose).close(content, at=at)


def unseal_bytes(purpose: str, sealed: bytes) -> bytes:
    """What was sealed, however long ago. Raises `NotOpened`."""
    return seal_of(purpose).open(sealed)


def seal_of(purpose: str) -> PurposeSeal:
    return PurposeSeal(
        f"vault: {purpose}", bytes.fromhex(signing.keyed_digest(settings.NAMES_KEY, f"vault: {purpose}"))
    )


@dataclass(frozen=True, slots=True)
class Ticket:
    """What travels, sealed, in the form of one report: a mark that it is one report, and what its words are drawn from."""

    once: str
    seed: str

    def passphrase(self, language: str = passphrases.ENGLISH) -> str:
        """The words of its mailbox in a language that has a list: the same whenever they are asked for."""
        return passphrases.drawn_from(self.seed.encode(), language)

    def group_words(self, language: str = passphrases.ENGLISH) -> str:
        """The words by which others who report the same are known to belong together. They open nothing."""
        return passphrases.drawn_from(b"group:" + self.seed.encode(), language)


def new_ticket(*, at: datetime) -> str:
    return seal(_TICKET, {"once": secrets.token_urlsafe(16), "seed": secrets.token_urlsafe(32)}, at=at)


def open_ticket(ticket: str, *, at: datetime) -> Ticket:
    """What was sealed; a new one for a ticket that is not ours, or older than a day."""
    try:
        return Ticket(**unseal(_TICKET, ticket, at=at, within=timedelta(days=1)))
    except NotOpened:
        return Ticket(**unseal(_TICKET, new_ticket(at=at), at=at))


_TICKET = "ticket of a report"


# --- who a source is ---


def keep_identity(source: Source, identity: Mapping[str, str], *, at: datetime) -> None:
    """Seal who a source is; nobody who reads the database learns it, and on PostgreSQL the role of the web cannot even read the seal."""
    SealedIdentity.objects.create(source=source, sealed=seal(IDENTITY, identity, at=at))
    mark(source, identity)


def open_identity(source: Source, *, because: str, reader: str, at: datetime) -> dict[str, str]:
    """Who a source is, after it was written down that `reader` (a reference) looked, and why. Raises `NotOpened`."""
    if connection.vendor == "postgresql":
        sealed = _sealed_by_function("compliance_open_identity", source.pk, reader, because, at)
    else:
        IdentityLook.objects.create(source=source, by=reader, because=because, at=at)
        sealed = SealedIdentity.objects.get(source=source).sealed
    identity = unseal(IDENTITY, sealed)
    # Of sources that were kept before there were marks.
    mark(source, identity)
    return identity


def erase_identity(source: Source) -> int:
    """Take the sealed identity away; the trace that there was one is written first. Says how many there were."""
    return SealedIdentity.objects.filter(source=source).delete()[0]


def mark(source: Source, identity: Mapping[str, str]) -> None:
    """Keep digests by which the name, the number and the address of a source are found in a text, in place of those before."""
    marks = [SourceMark(source=source, kind=kind, digest=digest) for kind, digest in _marks_of(identity)]
    SourceMark.objects.filter(source=source).exclude(digest__in=[one.digest for one in marks]).delete()
    SourceMark.objects.bulk_create(marks, ignore_conflicts=True)


def mark_reporter(contact: ReportContact, details: Mapping[str, str]) -> None:
    """The same of a reporter who gave a name, a number or an address."""
    identity = {**details, "name": details.get("called", "")}
    marks = [ReporterMark(contact=contact, kind=kind, digest=digest) for kind, digest in _marks_of(identity)]
    ReporterMark.objects.filter(contact=contact).exclude(digest__in=[one.digest for one in marks]).delete()
    ReporterMark.objects.bulk_create(marks, ignore_conflicts=True)


def has_reporter(text: str, *, own: Collection[Report]) -> bool:
    """Whether the number or address of any reporter is in a text, or any part of the name of those of these `own` reports."""
    reached = marks_in(rules.ends_of_numbers(text)) | marks_in(rules.addresses_in(text))
    if _is_marked(reached, ~Q(kind=MarkKind.NAME)):
        return True
    named = Q(kind=MarkKind.NAME, contact__report__in=list(own))
    return bool(own) and _is_marked(marks_in(rules.words_in(text)), named)


def _is_marked(digests: set[str], among: Q) -> bool:
    listed = sorted(digests)
    return any(
        ReporterMark.objects.filter(among, digest__in=listed[start : start + TOGETHER]).exists()
        for start in range(0, len(listed), TOGETHER)
    )


#: SQLite takes no more in one question.
TOGETHER = 500


def _marks_of(identity: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    marked = {
        MarkKind.NAME: rules.name_parts(identity.get("name", "")),
        MarkKind.NUMBER: {"".join(rules.figures(identity.get("telephone", "")).split())[-rules.END :]},
        MarkKind.EMAIL: rules.addresses_in(identity.get("email", "")),
    }
    secret = sealing_keys.digest_secrets(settings.NAMES_KEY)[0]
    return ((kind, _mark_of(said, secret)) for kind, every in marked.items() for said in sorted(every) if said)


def marks_in(said: Iterable[str]) -> set[str]:
    """The digests of these words and numbers, as marks of sources have them: by each key, as some may not be sealed again yet."""
    secrets_now = sealing_keys.digest_secrets(settings.NAMES_KEY)
    return {_mark_of(one, secret) for one in said for secret in secrets_now}


def _mark_of(said: str, secret: str) -> str:
    return signing.keyed_digest(secret, f"mark of a source: {said}")


def _sealed_by_function(door: str, key: int, reader: str, because: str, at: datetime) -> str:
    """The one door: a function that belongs to the owner of the tables, judges reader and reason, and writes the look down."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {door}(%s, %s, %s, %s)", [key, reader, because, at])
        return str(cursor.fetchone()[0])


# --- who may be a victim ---


def keep_person(referral: Referral, identity: Mapping[str, str], *, at: datetime) -> None:
    """Seal who a person is, in place of what was sealed before; the database takes nobody who may not be named."""
    sealed = seal(PERSON, identity, at=at)
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
    return unseal(PERSON, sealed)
