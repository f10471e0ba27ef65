"""Which names hold a word: sorted ids in chunks of 65,536, so that one more name of a common word rewrites one chunk only."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint32]

CHUNK_BITS = 16


def chunk_of(number: int) -> int:
    return number >> CHUNK_BITS


def packed(ids: Iterable[int]) -> bytes:
    """The places of ids within their one chunk."""
    places = np.array(sorted(ids), dtype=np.uint32) & ((1 << CHUNK_BITS) - 1)
    return places.astype("<u2").tobytes()


def unpacked(chunk: int, blob: bytes | memoryview) -> Ids:
    return np.frombuffer(blob, dtype="<u2").astype(np.uint32) + np.uint32(chunk << CHUNK_BITS)
