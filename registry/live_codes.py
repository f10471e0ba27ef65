"""Codes that are good for a minute or two: made for the screen of a licence holder, and read."""

import re
from datetime import UTC, datetime, timedelta

from registry.signing import keyed_digest, same_digest

#: A code that is shown live is made anew each minute, and is taken for live until the end of the minute after.
LIVE_FOR = timedelta(minutes=2)
_FIRST_MINUTE = datetime(2020, 1, 1, tzinfo=UTC)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LIVE = re.compile(f"[{_ALPHABET}]{{20}}")


def live_code(secret: str, code: str, *, at: datetime) -> str:
    """The short code of a certificate as its holder shows it during one minute: 20 characters.

    The code, five characters for the minute (since 2020, in base 32) and seven, 35 bits, that only who has the secret can make.
    """
    minute = (at - _FIRST_MINUTE) // timedelta(minutes=1)
    shown = code + _in_base_32(minute, length=5)
    proof = int(keyed_digest(secret, f"live {shown}"), 16)
    return shown + _in_base_32(proof, length=7)


def read_live_code(secret: str, text: str) -> tuple[str, datetime] | None:
    """The short code, and the minute in which its holder showed it; None for what was never shown."""
    if not _LIVE.fullmatch(text):
        return None
    minute = sum(_ALPHABET.index(character) << 5 * place for place, character in enumerate(reversed(text[8:13])))
    shown_at = _FIRST_MINUTE + timedelta(minutes=minute)
    made = live_code(secret, text[:8], at=shown_at)
    return (text[:8], shown_at) if same_digest(made, text) else None


def _in_base_32(value: int, *, length: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))
