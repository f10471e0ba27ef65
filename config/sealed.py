"""All that is sealed and kept: with which keys, and sealing it again with the first one, part by part."""

from collections.abc import Iterator
from typing import Protocol

from django.conf import settings
from django.db import connection

from compliance import sealed
from config.second_factors import SecondFactors
from registry.sealing_keys import KeyCount, SealedBatch

#: Rows of one transaction: a voice has up to some megabytes.
TOGETHER = 50


class SealedPart(Protocol):
    """What is sealed in one place."""

    @property
    def title(self) -> str: ...

    def count(self) -> KeyCount: ...

    def seal_again(self, after: int, size: int) -> SealedBatch: ...


PARTS: tuple[SealedPart, ...] = (*sealed.TABLES, SecondFactors())


def counts() -> dict[str, KeyCount]:
    return {part.title: part.count() for part in PARTS}


def in_all(found: dict[str, KeyCount]) -> KeyCount:
    numbers = [(one.now, one.former, one.missing) for one in found.values()]
    return KeyCount(*map(sum, zip(*numbers, strict=True)))


def verdict(found: KeyCount) -> str:
    """What an operator does next."""
    if found.missing:
        return f"{found.missing} sealed with a key that SEALING_KEYS does not hold: put it back"
    if not settings.SEALING_KEYS:
        return "SEALING_KEYS is not set: keys derived from NAMES_KEY and SECRET_KEY seal"
    if found.former:
        return f"{found.former} sealed with a former key: run seal_again"
    if len(settings.SEALING_KEYS) > 1:
        return "all sealed with the first key: take the others out of SEALING_KEYS"
    return "all sealed with the key of SEALING_KEYS"


def seal_again(part: SealedPart) -> Iterator[SealedBatch]:
    """Each batch is one transaction: it can be stopped after any of them, and begun again."""
    batch = part.seal_again(0, TOGETHER)
    while batch.last is not None:
        yield batch
        batch = part.seal_again(batch.last, TOGETHER)


def may_read() -> bool:
    """Whether this role may read what is sealed: on PostgreSQL the owner of the tables alone."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('compliance_sealedidentity', 'sealed', 'SELECT')")
        return bool(cursor.fetchone()[0])
