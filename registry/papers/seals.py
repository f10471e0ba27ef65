"""The seal of a PDF: one comment line with our signature over all the other bytes of the file.

The line is placed before the last `startxref` of the file as we print it, so that every reader of PDFs ignores it and PDF/A
stays valid (no bytes after `%%EOF`):

    %Seal-1 KEY START END SIGNATURE

KEY is the id of the key. START and END, ten digits each, are the bounds of the hexadecimal digits of a PAdES signature, which
is made after the seal and is left out of it; both are zero where there is none. SIGNATURE is Ed25519, 86 characters of
base64url, over: the text "Seal-1 POSITION START END" and a line end, where POSITION is the place of the line in the file; then
all bytes of the file but the 86 characters and what stands from START to END. `docs/verify.py` does the same without us.
"""

import re
from collections import deque
from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings

from registry import signing

_SIGNATURE = 86
_LINE = re.compile(rb"(?m)^%Seal-1 ([0-9a-f]{16}) ([0-9]{10}) ([0-9]{10}) ([A-Za-z0-9_-]{86})$")
_DIGITS = re.compile(rb"[0-9A-Fa-f]*")


class Seal(StrEnum):
    """What the seal says of a PDF that somebody gives us."""

    WHOLE = "whole"
    BROKEN = "broken"
    MISSING = "missing"


def add_blank(made: bytes) -> bytes:
    """The PDF with a line for the seal, still without a signature."""
    key = signing.key_id(signing.public_key(settings.SIGNING_KEY))
    line = f"%Seal-1 {key} {0:010d} {0:010d} {'0' * _SIGNATURE}\n".encode()
    before, last, after = made.rpartition(b"startxref")
    return before + line + last + after


def fill(made: bytes, *, gap: tuple[int, int] = (0, 0)) -> bytes:
    """The PDF with our signature in the line that `add_blank` has left for it. The bytes of the gap may change later."""
    blank = _last_line(made)
    assert blank
    start, end = gap
    numbers = f"{start:010d} {end:010d}".encode()
    made = made[: blank.start(2)] + numbers + made[blank.end(3) :]
    signature = signing.sign(settings.SIGNING_KEY, _sealed_bytes(made, blank.start(), blank.span(4), gap))
    return made[: blank.start(4)] + signature.encode() + made[blank.end(4) :]


def check(content: bytes, public_keys: Mapping[str, str]) -> Seal:
    """Whether the PDF is byte for byte as one of these keys sealed it."""
    line = _last_line(content)
    if line is None:
        return Seal.MISSING
    key, start, end, signature = (part.decode("ascii") for part in line.groups())
    gap = int(start), int(end)
    if key not in public_keys or not _is_gap(content, line.end(), gap):
        return Seal.BROKEN
    said = _sealed_bytes(content, line.start(), line.span(4), gap)
    return Seal.WHOLE if signing.verify(public_keys[key], said, signature) else Seal.BROKEN


def _last_line(content: bytes) -> "re.Match[bytes] | None":
    """The last line of this form: what documents of others hold, in a bundle of ours, comes before it."""
    found = deque(_LINE.finditer(content), maxlen=1)
    return found[0] if found else None


def _is_gap(content: bytes, after: int, gap: tuple[int, int]) -> bool:
    """A gap lies behind the line and holds nothing but hexadecimal digits: nothing that people could see."""
    start, end = gap
    if gap == (0, 0):
        return True
    return after < start < end <= len(content) and _DIGITS.fullmatch(content, start, end) is not None


def _sealed_bytes(content: bytes, position: int, signature: tuple[int, int], gap: tuple[int, int]) -> bytes:
    start, end = gap if any(gap) else (len(content), len(content))
    head = f"Seal-1 {position} {gap[0]} {gap[1]}\n".encode()
    return head + content[: signature[0]] + content[signature[1] : start] + content[end:]
