"""What somebody uploads or pastes to have it confirmed: the signed record in it, found without trusting any of its bytes."""

import zlib
from collections.abc import Iterator
from typing import Any

from registry.json_reader import parts_of, read_object

#: Our own papers are a tenth of this.
MOST_BYTES = 2 * 1024 * 1024
_MOST_OF_A_RECORD = 256 * 1024
_MOST_STREAMS = 500
#: Of all that looks like a record, so much is read: bytes, and as many more for each value. A paper of ours holds one record.
#: Reading this takes 10 ms, a sixth of what a program of its own costs to start (docs/decisions/0197).
_MOST_READ, _OF_A_VALUE = 2 * _MOST_OF_A_RECORD, 20


def sealed_in(content: bytes) -> dict[str, Any] | None:
    """The signed record that these bytes are, or that is attached to the PDF that they are; None where there is none.

    Nothing is believed of it: see `receipts.judge`. The time taken grows with the bytes, and no faster (docs/rules.md T21).
    """
    if is_pdf(content):
        return next((found for stream in _streams(content) if (found := _sealed(stream))), None)
    return _sealed(content) if len(content) <= _MOST_OF_A_RECORD else None


def is_pdf(content: bytes) -> bool:
    return content.lstrip()[:5] == b"%PDF-"


def _sealed(content: bytes) -> dict[str, Any] | None:
    found = read_object(content)
    return found if found and _looks_sealed(found) else None


def _looks_sealed(found: dict[str, Any]) -> bool:
    """Exactly the three parts: what stands beside them would pass for signed."""
    if found.keys() != {"record", "key", "signature"}:
        return False
    return all(isinstance(found[name], kind) for name, kind in (("record", dict), ("key", str), ("signature", str)))


def _streams(content: bytes) -> Iterator[bytes]:
    """The streams of a PDF that may hold JSON, packed or not; a regular expression would take its square in time."""
    after, left = 0, _MOST_READ
    for _number in range(_MOST_STREAMS):
        start = content.find(b"stream", after)
        end = content.find(b"endstream", start + 6)
        if start < 0 or end < 0:
            return
        after = end + len(b"endstream")
        stream = content[start + 6 : end].strip(b"\r\n")
        for found in (stream[: _MOST_OF_A_RECORD + 1], _unpacked(stream)):
            if found.startswith(b"{"):
                left -= len(found) + _OF_A_VALUE * parts_of(found)
                if left < 0:
                    return
                yield found


def _unpacked(stream: bytes) -> bytes:
    """As much of a packed stream as a record may have; a file that unpacks to gigabytes is not unpacked further."""
    reader = zlib.decompressobj()
    try:
        begins = reader.decompress(stream, 1)
        return begins + reader.decompress(reader.unconsumed_tail, _MOST_OF_A_RECORD) if begins == b"{" else b""
    except zlib.error:
        return b""
