"""Which letters of a name differ from what was typed, so that a reader sees at once that it is another name."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

#: Pieces of a name, each with whether it differs.
Pieces = tuple[tuple[str, bool], ...]


def compared(typed: str, name: str) -> Pieces:
    """The name in pieces, each with whether it differs from what was typed; none where hardly anything is alike, or all is.

    Capitals and accents are no difference. Where letters were left out of the name, the letters beside the gap are marked; a
    word of which most differs is marked whole.
    """
    differs = _whole_words(name, _letters(_plain(typed), _plain(name)))
    letters = [is_other for letter, is_other in zip(name, differs, strict=True) if not letter.isspace()]
    if not any(letters) or sum(letters) * 2 > len(letters):
        return ()
    pieces = groupby(zip(name, differs, strict=True), key=lambda one: one[1])
    return tuple(("".join(letter for letter, _differs in piece), is_other) for is_other, piece in pieces)


def _plain(text: str) -> str:
    """As many letters as there were, each small and without its accent."""
    return "".join(unicodedata.normalize("NFD", letter)[0].casefold()[0] for letter in text)


def _letters(typed: str, name: str) -> list[bool]:
    differs = [False] * len(name)
    for change in Levenshtein.opcodes(typed, name):
        first, end = change.dest_start, change.dest_end
        places = range(max(first - 1, 0), first + 1) if change.tag == "delete" else range(first, end)
        for place in places if change.tag != "equal" else ():
            if place < len(name):
                differs[place] = not name[place].isspace()
    return differs


def _whole_words(name: str, differs: Sequence[bool]) -> list[bool]:
    return [is_other for word in _words(name, differs) for is_other in word]


def _words(name: str, differs: Sequence[bool]) -> Iterator[list[bool]]:
    for is_space, group in groupby(zip(name, differs, strict=True), key=lambda one: one[0].isspace()):
        word = [is_other for _letter, is_other in group]
        yield [True] * len(word) if not is_space and sum(word) * 2 > len(word) else word
