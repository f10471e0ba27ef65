"""Which names hold a word: sorted ids in chunks of 65,536, so that one more name of a common word rewrites one chunk only."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

#: Numbers of names, as arrays are indexed by.
Ids = NDArray[np.intp]

CHUNK_BITS = 16


def chunk_of(number: int) -> int:
    return number >> CHUNK_BITS


def packed(ids: Iterable[int]) -> bytes:
    """The places of ids within their one chunk."""
    places = np.array(sorted(ids), dtype=np.int64) & ((1 << CHUNK_BITS) - 1)
    return places.astype("<u2").tobytes()


def unpacked(rows: Sequence[tuple[int, int, bytes | memoryview]]) -> dict[int, Ids]:
    """The ids by word, of rows of word, chunk and packed places, in this order: all at once, as each step costs."""
    lengths = [len(blob) // 2 for _word, _chunk, blob in rows]
    starts = np.repeat(np.array([chunk << CHUNK_BITS for _word, chunk, _blob in rows], dtype=np.intp), lengths)
    ids = starts + np.frombuffer(b"".join(blob for *_key, blob in rows), dtype="<u2")
    ends = np.cumsum(lengths)
    found, start = {}, 0
    for word, of_word in groupby(range(len(rows)), key=lambda place: rows[place][0]):
        end = int(ends[list(of_word)[-1]])
        found[word] = ids[start:end]
        start = end
    return {word: ids for word, ids in found.items() if len(ids)}
