"""Names that are nearly like a name: so that a page about one can tell it from the others. Never an answer.

Looked up by equality in ordinary indexes, so that it costs the same however large the register is: those that sound the
same but for one letter, those that the name begins, and those that it begins with.
"""

from collections.abc import Iterator, Sequence

from registry import names as spelling
from registry.search.identifiers import Clue
from registry.search.models import IndexedClue, IndexedName
from registry.search.reading import LAST, among, read

_CLUES, _NAMES = (model._meta.db_table for model in (IndexedClue, IndexedName))
_SOUND = "sound"
_LONGEST_KEY = 100
# What a skeleton is written with: other letters are only left out.
_LETTERS = "abdfghklmnprstv"
_FIGURES = "0123456789"
# Of shorter sounds every letter tells, and shorter names begin too many others.
_SHORTEST_SOUND = 6
_LONGEST_SOUND = 40
_SHORTEST_BEGINNING = 8
_MOST = 40


def sound_of(name: str) -> Clue:
    """The clue by which names of the same sound are found. Nobody types one: no text that is typed begins like it."""
    return _SOUND, _key(sound(spelling.fold(name)))


def alike(names: Sequence[str], space: str, *, but: int | None = None) -> list[int]:
    """The subjects of a space whose names may be taken for one of these; never `but`. No more than 120, in a fixed order."""
    sql, values = alike_sql([folded for name in names if (folded := spelling.fold(name))], space)
    return list(dict.fromkeys(subject for (subject,) in read(sql, *values) if subject != but))


def alike_sql(folded: Sequence[str], space: str) -> tuple[str, list[object]]:
    """The statement that finds those subjects for some folded names, and its values."""
    sounds = sorted({_key(near) for text in folded for near in _within_one(sound(text))})
    heads = sorted({head for text in folded for head in _beginnings(text)})
    # No order that an index has: PostgreSQL would read through all sounds in that order rather than look these few up.
    parts = [
        f"SELECT subject FROM {_CLUES} WHERE space = %s AND {among('key')} AND kind = %s ORDER BY key || '', subject",
        f"SELECT subject FROM {_NAMES} WHERE space = %s AND {among('squashed')} ORDER BY squashed, id",
    ]
    values: list[object] = [space, sounds, _SOUND, space, heads]
    squashed = [text.replace(" ", "") for text in folded]
    for beginning in (text for text in squashed if len(text) >= _SHORTEST_BEGINNING):
        parts.append(
            f"SELECT subject FROM {_NAMES} WHERE space = %s AND squashed > %s AND squashed < %s ORDER BY squashed, id"
        )
        values += [space, beginning, beginning + LAST]
    limited = (f"SELECT subject FROM ({part} LIMIT {_MOST}) AS part_{nth}" for nth, part in enumerate(parts))
    return " UNION ALL ".join(limited), values


def _key(sound: str) -> str:
    return f"~{sound}"[:_LONGEST_KEY]


def sound(folded: str) -> str:
    return spelling.skeleton(folded).replace(" ", "")


def _beginnings(folded: str) -> Iterator[str]:
    """What the name begins with, word by word."""
    words = folded.split()
    for end in range(1, len(words)):
        beginning = "".join(words[:end])
        if len(beginning) >= _SHORTEST_BEGINNING:
            yield beginning


def _within_one(sound: str) -> set[str]:
    """The sound itself, and with one letter left out, put in, or another in its place."""
    near = {sound}
    if _SHORTEST_SOUND <= len(sound) <= _LONGEST_SOUND:
        # A figure is written for another figure; one more at the end is found as what the name begins.
        letters = _LETTERS + _FIGURES if set(sound) & set(_FIGURES) else _LETTERS
        for nth in range(len(sound) + 1):
            before, after, rest = sound[:nth], sound[nth:], sound[nth + 1 :]
            near.add(before + rest)
            near.update([before + letter + after for letter in letters])
            near.update([before + letter + rest for letter in letters])
    return near
