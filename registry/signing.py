"""Canonical JSON and its digest, chained hashes, Ed25519 signatures, keyed digests, and codes that are shown live.

Everything here can be done again by a stranger with a standard library: the exact bytes are in the docstrings.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: What the first link of a chain names as the hash before it.
GENESIS = "0" * 64

# Beyond this a browser reads a whole number as another one (RFC 7493, section 2.2).
_LARGEST_WHOLE_NUMBER = 2**53 - 1


class NotCanonical(ValueError):
    """The value has no one way of being written, so it cannot be hashed or signed."""


def _plain_number(value: int) -> int:
    if abs(value) > _LARGEST_WHOLE_NUMBER:
        raise NotCanonical(f"{value} is too large: write it as text")
    return value


def _plain_time(value: datetime) -> str:
    if value.tzinfo is None:
        raise NotCanonical("a time without a zone means different instants to different readers")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise NotCanonical(f"{value} is not a number")
    return format(value, "f")


def _plain_mapping(value: Mapping[object, object]) -> dict[str, object]:
    found = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{key!r} is not text: every key must be")
        found[str(key)] = item if type(item) in _AS_THEY_ARE else _plain(item)
    return found


def _plain_list(value: Iterable[object]) -> list[object]:
    return [_plain(item) for item in value]


def _plain_scalar(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        # Also turns the members of text choices into bare text.
        return str(value)
    if isinstance(value, int):
        return _plain_number(value)
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    raise NotCanonical(f"{type(value).__name__} has no canonical form: use text, or whole numbers of the smallest unit")


#: By the type itself, as a verification asks for hundreds of millions of values; what is derived from one is asked for after that.
_AS_THEY_ARE = frozenset({str, bool, type(None)})
_BY_TYPE: dict[type, Callable[[Any], object]] = {
    int: _plain_number,
    dict: _plain_mapping,
    list: _plain_list,
    tuple: _plain_list,
    datetime: _plain_time,
    date: date.isoformat,
}


def _plain(value: object) -> object:
    if type(value) in _AS_THEY_ARE:
        return value
    if plainly := _BY_TYPE.get(type(value)):
        return plainly(value)
    return _plain_derived(value)


def _plain_derived(value: object) -> object:
    if isinstance(value, datetime):
        return _plain_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return _plain_list(value)
    return _plain_scalar(value)


def canonical(value: object) -> bytes:
    """The one way of writing a value: JSON in UTF-8, keys sorted by code point, no spaces.

    Days are written YYYY-MM-DD, instants in UTC with six decimals and Z, decimals as text. Floats, naive times and anything else that
    two programs might write differently are refused. Reading the bytes back and writing them again gives the same.
    """
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half of a character cannot be written in UTF-8") from error


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def chain_hash(previous_hash: str, content: object) -> str:
    """The hash of a link: SHA-256 over the 64 characters of the hash before it and the 64 of the content's digest."""
    if len(previous_hash) != len(GENESIS):
        raise ValueError("the hash before is 64 hexadecimal characters, or GENESIS for the first link")
    return hashlib.sha256(f"{previous_hash}{digest(content)}".encode()).hexdigest()


def keyed_digest(secret: str, text: str) -> str:
    """HMAC-SHA256 in hexadecimal: a text that can be confirmed by who types it, and listed by nobody.

    For a person's name, give `names.person_key(name)`. Without the secret the digests cannot be guessed from a list.
    """
    if not secret:
        raise ValueError("a keyed digest without a secret hides nothing")
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def keyed_number(secret: str, text: str) -> int:
    """The first 63 bits of the keyed digest, as a number: to look a text up in a column of numbers."""
    if not secret:
        raise ValueError("a keyed number without a secret hides nothing")
    return int.from_bytes(hmac.digest(secret.encode(), text.encode(), "sha256")[:8]) >> 1


def same_digest(a: str, b: str) -> bool:
    """Compare in a time that does not tell where the two differ."""
    return hmac.compare_digest(a.encode(), b.encode())


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link of a chain: its number, the hash of the link before it (GENESIS for the first), its content and its hash."""

    number: int
    previous: str
    content: Mapping[str, object]
    hash: str


def plain(value: object) -> Any:
    """The value as it reads back from its canonical bytes: what can be kept in JSON without changing its digest."""
    return json.loads(canonical(value))


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _from_text(text: str, *, length: int) -> bytes:
    """Bytes from base64url without padding; one text only for each value, so that no altered text still passes."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64url") from error
    if len(raw) != length or _to_text(raw) != text:
        raise ValueError(f"not {length} bytes in base64url without padding")
    return raw


def new_private_key() -> str:
    """A new Ed25519 private key: its 32 bytes (RFC 8032) in base64url, 43 characters. Keep it secret."""
    return _to_text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key(private_key: str) -> str:
    """The public half: 32 bytes in base64url, to be given to everyone."""
    private = Ed25519PrivateKey.from_private_bytes(_from_text(private_key, length=32))
    return _to_text(private.public_key().public_bytes_raw())


def key_id(public: str) -> str:
    """A short name for a public key: the first 16 hexadecimal characters of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(_from_text(public, length=32)).hexdigest()[:16]


def sign(private_key: str, content: bytes) -> str:
    """A detached Ed25519 signature over the bytes, 86 characters of base64url. Sign `canonical(value)`."""
    private = Ed25519PrivateKey.from_private_bytes(_from_text(private_key, length=32))
    return _to_text(private.sign(content))


def verify(public: str, content: bytes, signature: str) -> bool:
    """Whether this key signed exactly these bytes. Anything malformed is simply not a signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_from_text(public, length=32))
        key.verify(_from_text(signature, length=64), content)
    except (ValueError, InvalidSignature):
        return False
    return True


def private_key_from(secret: str) -> str:
    """The private key that belongs to another secret: HMAC-SHA256 of "signing key" under it, for who was given no key of its own."""
    return _to_text(hmac.digest(secret.encode(), b"signing key", hashlib.sha256))


def seal(private_key: str, record: Mapping[str, object]) -> dict[str, Any]:
    """A signed record: the record, the id of the key, and the signature over `canonical(record)`.

    The record says by its `kind` what it is, so that no signature can be carried from one kind of thing to another.
    """
    return {
        "record": plain(record),
        "key": key_id(public_key(private_key)),
        "signature": sign(private_key, canonical(record)),
    }


def key_set(private_key: str, former: Iterable[str] = ()) -> dict[str, Any]:
    """The public keys as a JSON Web Key Set (RFC 7517, 8037): the one that signs first, then those that signed before it."""
    keys = dict.fromkeys([public_key(private_key), *former])
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key_id(public), "x": public}
            for public in keys
        ]
    }


#: Of a name in a mark at most so many bytes of UTF-8: a square code with more of them is hard to read.
_LONGEST_NAME = 48


@dataclass(frozen=True, slots=True)
class CertificateMark:
    """What the square code of a certificate says in itself: whose licence, from when until when, by which entry of the register."""

    number: str
    valid_from: date
    valid_until: date
    entry: int
    name: str


def mark(private_key: str, licence: CertificateMark) -> str:
    """The signed mark: `L1.number.from.until.entry.name.key.signature`.

    Days as YYYYMMDD; the name in UTF-8, cut after 48 bytes, in base64url; the id of the key; and the Ed25519 signature, in
    base64url, over all that stands before its point.
    """
    name = licence.name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    days = f"{licence.valid_from:%Y%m%d}.{licence.valid_until:%Y%m%d}"
    key = key_id(public_key(private_key))
    said = f"L1.{licence.number}.{days}.{licence.entry}.{_to_text(name.encode())}.{key}"
    return f"{said}.{sign(private_key, said.encode())}"
