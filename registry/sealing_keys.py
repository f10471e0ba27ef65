"""Seals of what is opened again: the first of `settings.SEALING_KEYS` seals, and each of them opens.

What is sealed begins with the mark of its key, `1a2b3c4d.`. Without a mark it was sealed by a key that is derived from another
secret of the installation, as everything is that was sealed while no key was set.
"""

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from registry import signing

#: Hexadecimal characters by which a key is named. They tell nothing about it.
MARK = 8


class NotOpened(Exception):
    """The seal is not ours, has been altered, or is too old."""


class KeyMissing(NotOpened):
    """The key that sealed it is not in `SEALING_KEYS`."""


def mark_of(key: str) -> str:
    return signing.keyed_digest(key, "mark of a sealing key")[:MARK]


def marks() -> list[str]:
    """Of the keys that are set, the one that seals first."""
    return [mark_of(key) for key in settings.SEALING_KEYS]


def mark_in(sealed: bytes | str) -> str:
    """The mark with which a sealed value begins, of which the first nine characters are enough; empty where it has none."""
    head = sealed[: MARK + 1]
    text = head if isinstance(head, str) else bytes(head).decode(errors="replace")
    return text[:MARK] if text[MARK:] == "." else ""


def digest_secrets(former: str) -> list[str]:
    """With what texts that can be opened are digested, so that they are found: the first digests, all are looked for."""
    return [*settings.SEALING_KEYS, former]


@dataclass(frozen=True, slots=True)
class KeyCount:
    """How many of a number of sealed values are sealed with the key of today, with a former one, or with one that is not set."""

    now: int
    former: int
    missing: int


def count(found: Iterable[tuple[str, int]]) -> KeyCount:
    """Of marks, with how many values have each."""
    numbers: Counter[str] = Counter()
    for mark, number in found:
        numbers[mark] += number
    first, *others = [*marks(), ""]
    former = sum(numbers[mark] for mark in others)
    return KeyCount(numbers[first], former, numbers.total() - numbers[first] - former)


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """What was done with a number of rows: the key of the last of them, none when none was left; what was sealed again, and what not."""

    last: int | None
    done: int
    not_opened: int


@dataclass(frozen=True, slots=True)
class PurposeSeal:
    """What is sealed for one purpose opens for no other. `derived` is the key from before there were any: 32 bytes."""

    purpose: str
    derived: bytes

    def close(self, content: bytes, *, at: datetime) -> bytes:
        """Encrypted and signed."""
        mark, fernet = self._keys()[0]
        return mark + fernet.encrypt_at_time(content, int(at.timestamp()))

    def open(self, sealed: bytes, *, at: datetime | None = None, within: timedelta | None = None) -> bytes:
        """What was sealed. Raises `NotOpened`.

        With a time, only what was sealed `within` it before `at`, and with a key that is set: what passes through the hands of
        strangers opens no longer by a key that others may have.
        """
        token, fernet = self._found(sealed)
        try:
            if within is None or at is None:
                return fernet.decrypt(token)
            if settings.SEALING_KEYS and token == sealed:
                raise NotOpened
            return fernet.decrypt_at_time(token, int(within.total_seconds()), int(at.timestamp()))
        except InvalidToken as altered:
            raise NotOpened from altered

    def again(self, sealed: bytes) -> bytes:
        """The same content, sealed when it was, with the first key. Raises `NotOpened`."""
        token, fernet = self._found(sealed)
        mark, first = self._keys()[0]
        try:
            return mark + MultiFernet([first, fernet]).rotate(token)
        except InvalidToken as altered:
            raise NotOpened from altered

    def _found(self, sealed: bytes) -> tuple[bytes, Fernet]:
        """The token without its mark, and what opens it."""
        named = mark_in(sealed)
        mark = f"{named}.".encode() if named else b""
        for known, fernet in self._keys():
            if known == mark:
                return sealed[len(mark) :], fernet
        raise KeyMissing(f"SEALING_KEYS does not hold the key {named}.")

    def _keys(self) -> list[tuple[bytes, Fernet]]:
        """By mark, the one that seals first."""
        made = [
            (f"{mark_of(key)}.".encode(), bytes.fromhex(signing.keyed_digest(key, f"seal: {self.purpose}")))
            for key in settings.SEALING_KEYS
        ]
        return [(mark, Fernet(urlsafe_b64encode(key))) for mark, key in [*made, (b"", self.derived)]]
