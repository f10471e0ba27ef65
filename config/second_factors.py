"""Secrets from which codes are made: with which key they were sealed, and sealing them again with the first one."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from config.ciphers import second_factors
from registry import sealing_keys
from registry.sealing_keys import KeyCount, NotOpened, SealedBatch

#: What allauth seals in the data of a second factor: texts, and lists of them.
SEALED = ("secret", "seed", "migrated_codes")
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class SecondFactors:
    """As a table of the vault is sealed again."""

    title = "second factors"

    def count(self) -> KeyCount:
        found = Authenticator.objects.filter(type__in=KINDS).values_list("data", flat=True)
        return sealing_keys.count(
            Counter(sealing_keys.mark_in(text) for data in found.iterator() for text in _sealed_in(data)).items()
        )

    @transaction.atomic
    def seal_again(self, after: int, size: int) -> SealedBatch:
        found = Authenticator.objects.select_for_update().filter(type__in=KINDS, pk__gt=after).order_by("pk")[:size]
        rows = list(found)
        others = [
            row
            for row in rows
            if any(sealing_keys.mark_in(text) != sealing_keys.marks()[0] for text in _sealed_in(row.data))
        ]
        done = sum(map(_seal_again, others))
        return SealedBatch(rows[-1].pk if rows else None, done, len(others) - done)


def _sealed_in(data: dict[str, Any]) -> Iterator[str]:
    for name in SEALED:
        said = data.get(name, [])
        yield from [said] if isinstance(said, str) else said


def _seal_again(row: Authenticator) -> bool:
    """Whether it could be opened."""
    try:
        again = {name: _each(row.data[name], _again) for name in SEALED if name in row.data}
    except NotOpened:
        return False
    row.data |= again
    row.save(update_fields=["data"])
    return True


def _each(said: Any, change: Callable[[str], str]) -> Any:
    return change(said) if isinstance(said, str) else [change(text) for text in said]


def _again(text: str) -> str:
    return second_factors().again(text.encode()).decode()
