"""Names that hold most of the words of a question, by the weight of each word."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from registry.search import postings, vocabulary
from registry.search.models import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from registry.search.postings import Ids
from registry.search.reading import LAST, among, read

CLUES, NAMES, _WORDS = (model._meta.db_table for model in (IndexedClue, IndexedName, IndexedWord))
_MISSPELLINGS, _POSTINGS = (model._meta.db_table for model in (Misspelling, Posting))
_MOST_WORDS = 12
_MOST_JOINED = 6
# Names that are looked at for being in the rarest words; names of all words that these are looked up in.
_MOST_SEEDS = 40_000
_MOST_IDS = 220_000


_ID_BITS = 40


# The part of the weight of the words typed that a name must hold to be looked at.
_ENOUGH = 0.4
# Words in more names than this part are common: they are not taken for a misspelling of another.
_COMMON = 0.002
_FEW_NAMES = 5_000


# Words so nearly alike are about as likely.
_NEARLY = 0.05
# A name as long as what was typed, or a little longer or shorter, stands before others with the same words.
_WEIGHT_OF_LENGTH = 0.3
_LENGTHS = {0: 1.0, 1: 0.7, -1: 0.7}
# How alike a word is, in one byte; sums of it are off by less than this.
_ALIKE = 255
_ROUNDED = 0.99
_ROUNDED_OFF = 0.01


# By name


# Hundreds are made and compared for each search: tuples cost a quarter of what a dataclass costs.
class NameRow(NamedTuple):
    pk: int
    subject: int
    text: str
    kind: str
    folded: str
    squashed: str


def read_names(condition: str, *values: Any) -> list[NameRow]:
    sql = f"SELECT id, subject, text, kind, folded, squashed FROM {NAMES} WHERE {condition}"
    return list(map(NameRow._make, read(sql, *values)))


# By words: which names hold most of what was typed


class _Word(NamedTuple):
    pk: int
    word: str
    frequency: int


@dataclass(slots=True)
class _Group:
    """One word that was typed, in each of its readings, and the words of the register that it may be."""

    typed: tuple[str, ...]
    #: Two words run together, or one taken apart: tried beside what was typed, and no name need hold it.
    is_extra: bool = False
    is_length: bool = False
    meant: dict[_Word, float] = field(default_factory=dict)

    def add(self, word: _Word, alike: float) -> None:
        self.meant[word] = max(alike, self.meant.get(word, 0.0))

    @property
    def best_last(self) -> list[tuple[_Word, float]]:
        return sorted(self.meant.items(), key=lambda item: (item[1], item[0].word))

    def weight(self, of: int) -> float:
        """Rare words tell more: the logarithm of how few names of all hold what was most likely meant."""
        if self.is_length:
            return _WEIGHT_OF_LENGTH
        best = max(self.meant.values(), default=0.0)
        likely = sum(word.frequency for word, alike in self.meant.items() if alike > best - _NEARLY)
        return math.log(1 + of / max(1, likely))


def candidates(readings: Sequence[str], space: str, known: dict[int, NameRow]) -> Callable[[int], Sequence[NameRow]]:
    """What gives as many names as are asked for that hold most of the words by weight; some have been read already."""
    ids, totals = _weighed(readings, space)

    def first(most: int) -> Sequence[NameRow]:
        wanted = _largest(ids, totals, most).tolist()
        missing = [pk for pk in wanted if pk not in known]
        known.update((name.pk, name) for name in (read_names(among("id", int), missing) if missing else []))
        return [known[pk] for pk in wanted if pk in known]

    return first


def _weighed(readings: Sequence[str], space: str) -> tuple[Ids, NDArray[np.float32]]:
    """The ids of the names that hold enough of the words, and the weight of what each holds."""
    groups, of = _groups(readings, space)
    weighed = sorted(((group.weight(of), group) for group in groups), key=lambda one: -one[0])
    seeds = _within(_MOST_SEEDS, _likeliest_first([group for _weight, group in weighed]))
    held = _names_holding(_within(_MOST_IDS, [*seeds, *_likeliest_first([group for _weight, group in weighed])]))
    places = [held[word.pk] for word in seeds if word.pk in held]
    if not places:
        return np.array([], dtype=np.intp), np.array([], dtype=np.float32)
    enough = _ENOUGH * sum(weight for weight, group in weighed if not group.is_extra)
    return _heaviest(_together(places), weighed, held, enough)


def _together(parts: Sequence[Ids]) -> Ids:
    """Each id once, in no order: an id stays where it was noted last, so that nothing is sorted or looked through."""
    ids = np.concatenate(parts)
    places = np.arange(len(ids), dtype=np.int32)
    # Only what is written is read, so that what was there before does not matter.
    noted = np.empty(max(int(part[-1]) for part in parts) + 1, dtype=np.int32)
    noted[ids] = places
    once: Ids = ids[noted[ids] == places]
    return once


def _likeliest_first(rarest_first: Sequence[_Group]) -> list[_Word]:
    """What each word typed most likely is, then what else it may be; rare ones first."""
    ordered = [
        (alike < max(group.meant.values()) - _NEARLY, place, -alike, word)
        for place, group in enumerate(rarest_first)
        for word, alike in group.meant.items()
    ]
    return [word for *_order, word in sorted(ordered)]


def _within(budget: int, words: Iterable[_Word]) -> list[_Word]:
    """The words, each once, that together are in no more names than the budget allows; the first in any case."""
    chosen: dict[_Word, None] = {}
    for word in words:
        if word not in chosen and (word.frequency <= budget or not chosen):
            chosen[word] = None
            budget -= word.frequency
    return list(chosen)


def _groups(readings: Sequence[str], space: str) -> tuple[list[_Group], int]:
    typed = _typed(readings)
    words, of = _vocabulary(typed, readings[0], space)
    known = {word.word: word for word in words}
    for group in typed:
        for token in group.typed:
            _mean(group, token, words)
    _misspelt([group for group in typed if not _is_common(group, known, of)], space)
    return [*typed, *_taken_apart(typed, known), _length(readings[0], known)], of


def _typed(readings: Sequence[str]) -> list[_Group]:
    tokens = [[token[: vocabulary.LONGEST] for token in reading.split()] for reading in readings]
    positions = zip(*(one for one in tokens if len(one) == len(tokens[0])), strict=True)
    single = list(dict.fromkeys(tuple(dict.fromkeys(position)) for position in positions))[:_MOST_WORDS]
    joined = [(one[0] + two[0],) for one, two in pairwise(single[: _MOST_JOINED + 1])]
    return [_Group(one) for one in single] + [_Group(one, is_extra=True) for one in joined]


def _vocabulary(groups: Sequence[_Group], folded: str, space: str) -> tuple[list[_Word], int]:
    """The words of the register that the typed ones are or begin, or are made of; and how many names there are, about."""
    tokens = [token for group in groups for token in group.typed]
    parts = [part for token in tokens for halves in vocabulary.splits(token) for part in halves]
    lengths = [vocabulary.length_of(folded, longer) for longer in _LENGTHS]
    begun = [token for group in groups if not group.is_extra for token in group.typed if len(token) > 2]
    some = f"SELECT id, word, frequency FROM {_WORDS} WHERE space = %s AND"
    # Names are numbered from one, so the last number is about how many there are, and costs nothing to know.
    sql = [
        f"SELECT MAX(id), '', 0 FROM {NAMES}",
        f"{some} {among('word')}",
        *[f"{some} word >= %s AND word < %s"] * len(begun),
    ]
    ranges = [value for token in begun for value in (space, token, token + LAST)]
    (newest, *_nothing), *rows = read(" UNION ALL ".join(sql), space, sorted({*tokens, *parts, *lengths}), *ranges)
    return list(map(_Word._make, sorted(set(rows)))), newest or 1


def _mean(group: _Group, token: str, words: Iterable[_Word]) -> None:
    """The word itself, and words that it begins: the more of them it is, the likelier."""
    longer = [word for word in words if word.word.startswith(token)]
    for word in sorted(longer, key=lambda word: (len(word.word), word.word))[: vocabulary.MOST_OTHERS]:
        group.add(word, 1.0 if word.word == token else 0.7 + 0.25 * len(token) / len(word.word))


def _is_common(group: _Group, known: Mapping[str, _Word], of: int) -> bool:
    word = known.get(group.typed[0])
    return word is not None and word.frequency > max(_FEW_NAMES, of) * _COMMON


def _misspelt(groups: Sequence[_Group], space: str) -> None:
    keys = {token: vocabulary.misspellings(space, token) for group in groups for token in group.typed}
    if not keys:
        return
    sql = (
        f"SELECT key, {_WORDS}.id, word, frequency FROM {_MISSPELLINGS} JOIN {_WORDS} ON {_WORDS}.id = word_id "
        f"WHERE {among('key', int)}"
    )
    sharing: dict[int, set[_Word]] = defaultdict(set)
    for key, *word in read(sql, sorted(set().union(*keys.values()))):
        sharing[key].add(_Word._make(word))
    for group in groups:
        for token in group.typed:
            words = {word.word: word for key in keys[token] for word in sharing.get(key, ())}
            for other, alike in vocabulary.others(token, sorted(words)).items():
                group.add(words[other], alike)


def _taken_apart(groups: Iterable[_Group], known: Mapping[str, _Word]) -> Iterator[_Group]:
    """Of a long word that no name holds, the two words that it most likely is."""
    for group in groups:
        if group.typed[0] not in known and not group.is_extra:
            halves = [pair for pair in vocabulary.splits(group.typed[0]) if known.keys() >= set(pair)]
            for half in max(halves, key=lambda pair: min(known[part].frequency for part in pair), default=()):
                yield _Group((half,), is_extra=True, meant={known[half]: 1.0})


def _length(folded: str, known: Mapping[str, _Word]) -> _Group:
    """Names about as long as what was typed."""
    lengths = {vocabulary.length_of(folded, longer): alike for longer, alike in _LENGTHS.items()}
    return _Group(
        (),
        is_extra=True,
        is_length=True,
        meant={known[word]: alike for word, alike in lengths.items() if word in known},
    )


def _names_holding(words: Iterable[_Word]) -> dict[int, Ids]:
    sql = f"SELECT word_id, chunk, names FROM {_POSTINGS} WHERE {among('word_id', int)} ORDER BY word_id, chunk"
    return postings.unpacked(read(sql, sorted({word.pk for word in words})))


def _heaviest(
    ids: Ids, groups: Sequence[tuple[float, _Group]], held: Mapping[int, Ids], enough: float
) -> tuple[Ids, NDArray[np.float32]]:
    """Of some names, those that hold most by weight; of several words meant by one typed, the likeliest counts."""
    totals = np.zeros(len(ids), dtype=np.float32)
    # One byte for each name, so that the whole row stays close to the processor.
    alikes = np.zeros(max(int(holding[-1]) for holding in held.values()) + 1, dtype=np.uint8)
    counting = [
        (weight, meant)
        for weight, group in groups
        if (meant := [(held[word.pk], alike) for word, alike in group.best_last if word.pk in held])
    ]
    left = sum(weight for weight, _meant in counting)
    for weight, meant in counting:
        for holding, alike in meant:
            alikes[holding] = round(alike * _ALIKE)
        totals += np.float32(weight / _ALIKE) * alikes[ids]
        alikes.fill(0)
        left -= weight
        ids, totals = _still_possible(ids, totals, left, enough)
    are_enough = totals >= _least(totals, enough)
    return ids[are_enough], totals[are_enough]


def _still_possible(
    ids: Ids, totals: NDArray[np.float32], left: float, enough: float
) -> tuple[Ids, NDArray[np.float32]]:
    """Without the names that cannot come to enough even with all weight that is left, where that spares most of the work."""
    may = totals >= np.float32(_least(totals, enough) - left - _ROUNDED_OFF)
    return (ids[may], totals[may]) if 2 * np.count_nonzero(may) < len(ids) else (ids, totals)


def _least(totals: NDArray[np.float32], enough: float) -> float:
    return max(enough * _ROUNDED, float(totals.max(initial=0)) / 2)


def _largest(ids: Ids, totals: NDArray[np.float32], most: int) -> Ids:
    """As many with most, the older first where they are alike: rank and id in one number, so that no two are the same,
    for picking the least from many that are equal takes very long."""
    if not len(ids):
        return ids
    ranks = 65_535 - (totals / totals.max() * 65_535).astype(np.int64)
    keys = (ranks << _ID_BITS) | ids
    if len(keys) > most:
        keys = np.partition(keys, most)[:most]
    return np.sort(keys) & ((1 << _ID_BITS) - 1)
