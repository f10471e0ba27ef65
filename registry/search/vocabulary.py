"""Words, and how they may be misspelt.

Two words are tried against each other when they share what is left of either after leaving letters out: of the first
seven letters, two of a word of six and more, one of a shorter one; or one of the sound skeleton, in which English,
Polish, Romanian and other spellings of a sound meet (search.md, design 3). How alike they are is then measured.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, combinations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry import names as spelling

LONGEST = 60
_BEGINNING = 7
_LONGEST_SKELETON = 9
#: Other words than the typed one that are tried for it at most, and how alike they must be.
MOST_OTHERS = 24
_LEAST_ALIKE = 0.55
_LESS_ALIKE = 0.25
# A word that sounds the same is worth a little less than one that is written the same.
_SOUND = 0.95
_MOST_SPLIT = 16


def words_of(folded: str) -> set[str]:
    """The words of a name, and one that stands for its length, by which names are told apart that hold the same words."""
    return {word[:LONGEST] for word in folded.split()} | {length_of(folded)}


def length_of(folded: str, longer: int = 0) -> str:
    """Nobody can type it: no folded word has such a sign."""
    return f"#{len(folded.replace(' ', '')) // 2 + longer}"


@lru_cache(maxsize=16_384)
def misspellings(space: str, word: str) -> frozenset[int]:
    """The keys of a word: the same for the word of a name and for a word that is typed."""
    if word.startswith("#"):
        return frozenset()
    sound = spelling.skeleton(word)[:_LONGEST_SKELETON]
    left = chain(_without(word[:_BEGINNING], _to_leave_out(word)), ("~" + s for s in _without(sound, len(sound) > 3)))
    return frozenset(_key(f"{space} {text}") for text in left)


def _to_leave_out(word: str) -> int:
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def _without(word: str, most: int) -> Iterable[str]:
    for count in range(most + 1):
        for places in combinations(range(len(word)), len(word) - count):
            yield "".join([word[place] for place in places])


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def others(typed: str, words: Sequence[str]) -> dict[str, float]:
    """Of the words that share a key with the typed one, the most alike, with how alike they are from 0 to 1."""
    if not words:
        return {}
    written = process.cdist([typed], words, scorer=OSA.normalized_similarity)[0]
    sounds = [spelling.skeleton(word) for word in words]
    heard = process.cdist([spelling.skeleton(typed)], sounds, scorer=OSA.normalized_similarity)[0]
    alike = np.maximum(written, _SOUND * heard)
    ranked = sorted(zip((-alike).tolist(), words, strict=True))[:MOST_OTHERS]
    least = max(_LEAST_ALIKE, float(alike.max()) - _LESS_ALIKE)
    return {word: -less for less, word in ranked if -less >= least}


def splits(word: str) -> list[tuple[str, str]]:
    """A long word as two that may have been run together."""
    if not 6 <= len(word) <= _MOST_SPLIT:
        return []
    return [(word[:place], word[place:]) for place in range(3, len(word) - 2)]
