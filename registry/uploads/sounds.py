"""A recorded voice, written again: one channel of plain sound, and nothing that says when, where or with what it was made."""

import struct
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.errors import Reason, refuse_for

SOUND_BYTES = 6 * 1024 * 1024
#: Of a telephone, and of a browser, in hertz.
RATES = (8000, 16000)
LONGEST_SECONDS = 180
PLAIN, WIDTH = 1, 2
#: Parts of a file that are looked at. A telephone writes two or three.
_MOST_PARTS = 100
_HEAD = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")

NOT_A_SOUND = Reason("not_a_sound", _("The recording cannot be read. Record it again."), "recording")
TOO_LONG = Reason("sound_too_long", _("A recording may be at most 3 minutes long."), "recording")


@dataclass(frozen=True, slots=True)
class Sound:
    """A wave file of 16 bits and one channel that holds nothing else, its length in seconds, and the SHA-256 of its bytes."""

    content: bytes
    seconds: int
    digest: str


def sound(content: bytes) -> Sound:
    """The sound in these bytes, with a head of ours and without any other part. Raises `Refused` (not_a_sound, sound_too_long)."""
    if len(content) > SOUND_BYTES:
        refuse_for([TOO_LONG])
    rate, samples = _read(content)
    if len(samples) > LONGEST_SECONDS * rate * WIDTH:
        refuse_for([TOO_LONG])
    clean = _written(rate, samples)
    return Sound(clean, -(-len(samples) // (rate * WIDTH)), signing.digest_of_bytes(clean))


def _read(content: bytes) -> tuple[int, bytes]:
    parts: dict[bytes, bytes] = {}
    if len(content) >= _HEAD.size and content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        place = _HEAD.size
        for _number in range(_MOST_PARTS):
            if place + _CHUNK.size > len(content):
                break
            name, size = _CHUNK.unpack_from(content, place)
            place += _CHUNK.size
            parts.setdefault(name, content[place : place + size])
            place += size + size % 2
    rate, samples = _rate_of(parts.get(b"fmt ", b"")), parts.get(b"data", b"")
    samples = samples[: len(samples) // WIDTH * WIDTH]
    if not rate or not samples:
        refuse_for([NOT_A_SOUND])
    return rate, samples


def _rate_of(head: bytes) -> int:
    """The rate of plain sound that we take; nothing of any other."""
    if len(head) < _FORMAT.size:
        return 0
    kind, channels, rate, _bytes, _block, bits = _FORMAT.unpack_from(head)
    return rate if (kind, channels, bits) == (PLAIN, 1, 8 * WIDTH) and rate in RATES else 0


def _written(rate: int, samples: bytes) -> bytes:
    head = _FORMAT.pack(PLAIN, 1, rate, rate * WIDTH, WIDTH, 8 * WIDTH)
    body = b"".join((b"fmt ", struct.pack("<I", len(head)), head, b"data", struct.pack("<I", len(samples)), samples))
    return _HEAD.pack(b"RIFF", 4 + len(body), b"WAVE") + body
