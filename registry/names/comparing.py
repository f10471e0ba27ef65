"""Comparing names: one fold, one score, used by search, look-alikes and matching.

Two names are equal when `squash` gives the same text and they say no two legal forms (`is_same`); everything else is
only similar, and similarity never answers "licensed". Callers refuse more than 100 characters before they come here:
the cost grows with length.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from registry.names import letters
from registry.names.forms import taken_apart


def fold(name: str) -> str:
    """A name as it is compared: small letters a to z and figures where the script can be written so, legal form off.

    Scripts that we cannot transliterate keep their letters. Folding twice changes nothing.
    """
    return " ".join(taken_apart(name).key)


def squash(name: str) -> str:
    """The folded name without spaces. Names whose squashed names differ are different names."""
    return fold(name).replace(" ", "")


def is_same(typed: str, name: str) -> bool:
    """Whether what was typed is this name. A legal form that was typed must be the form of the name.

    Where both are written in the same other script, the letters there count: two of them may be one in Latin.
    """
    asked, held = taken_apart(typed), taken_apart(name)
    if "".join(asked.key) != "".join(held.key) or (asked.form and asked.form != held.form):
        return False
    return _own_letters_agree(typed, name)


def _own_letters_agree(typed: str, name: str) -> bool:
    own, other = letters.own_words(typed), letters.own_words(name)
    if not (own and other):
        return True
    return _without_form(own, typed) == _without_form(other, name)


def _without_form(own: list[str], name: str) -> str:
    place = taken_apart(name).place if len(own) == len(letters.words(name)) else slice(None)
    return "".join(own[place])


def spellings(name: str) -> list[str]:
    """The name, then what else it may have been in Latin letters, when languages read its script differently."""
    return [name, *letters.other_readings(name)]


def readings(name: str) -> list[str]:
    """The folded spellings of a name, each once."""
    return list(dict.fromkeys(map(fold, spellings(name))))


def tokens(name: str) -> tuple[str, ...]:
    """The words of the folded name, in order, repeats kept."""
    return tuple(fold(name).split())


# In order: longer spellings before the shorter ones they contain.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"szcz|shch|sch|sz|sh|rz|zh", "s"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"qu", "kv"),
        (r"ck|cz|ch|q|c", "k"),
        (r"z", "s"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"[aeiouyj]+", "a"),
        (r"(?<=[^a\d])h", ""),
        (r"(\D)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def word_skeleton(word: str) -> str:
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def skeleton(name: str) -> str:
    """How a folded name or word sounds, roughly: where English, Polish and Romanian spelling meet.

    Give it folded text. Figures stay as they are; vowels become one letter.
    """
    return " ".join(map(word_skeleton, name.split()))


def scores(readings: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """How alike each folded name is to what was typed, 0 to 100; 100 only for the same words or the same letters.

    Of each folded reading of what was typed the best of five comparisons plus a tenth of the sound of it (search.md,
    design 5); the best reading counts. A score orders candidates for a person to choose from. It is never an answer.
    """
    typed = [reading for reading in readings if reading]
    if not typed or not names:
        return np.zeros(len(names))

    def ratios(of: Sequence[str], to: Sequence[str], scorer: Any = fuzz.ratio) -> NDArray[np.float64]:
        return np.asarray(process.cdist(of, to, scorer=scorer, dtype=np.float64))

    words = [set(reading.split()) for reading in typed]
    held = [name.split() for name in names]
    best = np.max(
        [
            ratios(typed, names),
            ratios([reading.replace(" ", "") for reading in typed], [name.replace(" ", "") for name in names]),
            # Below the plain comparison, so that the words in the order typed come first.
            0.98 * ratios(typed, names, fuzz.token_sort_ratio),
            0.95 * np.vstack([ratios([one], [name[: len(one)] for name in names]) for one in typed]),
            np.array([[93.0 if one.issubset(of_name) else 0.0 for of_name in held] for one in words]),
        ],
        axis=0,
    )
    sounds = ratios([skeleton(reading) for reading in typed], [skeleton(name) for name in names])
    whole = np.max((10 * best + sounds) / 11, axis=0)
    return np.where(np.array([not name for name in names]), 0.0, whole)


def score(query: str, name: str) -> float:
    """How alike two folded names are: `scores` for one."""
    return float(scores([query], [name])[0])
