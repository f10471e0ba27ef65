"""Finding: what was typed may be a number, a name, a place, or any of these misspelt.

A number, or the same name after folding, is an answer. All else is a hint of where to look (search.md, "Never say licensed
on a near match"). What a search costs grows with the vocabulary and not with the register, and has an upper bound: of
words, of ids, of candidates (docs/rules.md T29).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from registry import names as spelling
from registry.errors import Reason, refuse_for
from registry.register.models import Entry
from registry.search import identifiers as clues
from registry.search import likeness, postings, vocabulary
from registry.search.models import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from registry.search.postings import Ids
from registry.search.reading import LAST, among, read

#: More is refused: the cost of comparing grows with the length (docs/rules.md T29).
LONGEST = 100

_CLUES, _NAMES, _WORDS = (model._meta.db_table for model in (IndexedClue, IndexedName, IndexedWord))
_MISSPELLINGS, _POSTINGS = (model._meta.db_table for model in (Misspelling, Posting))
_MOST_WORDS = 12
_MOST_JOINED = 6
# Names that are looked at for being in the rarest words; names of all words that these are looked up in.
_MOST_SEEDS = 40_000
_MOST_IDS = 220_000
_MOST_CANDIDATES = 100
_ID_BITS = 40
_MOST_IN_A_PLACE = 50
# A name of so many letters that somebody has is what was meant: what else is shown is only not to be confused with it.
_TELLING = 16
# The part of the weight of the words typed that a name must hold to be looked at.
_ENOUGH = 0.4
# Words in more names than this part are common: they are not taken for a misspelling of another.
_COMMON = 0.002
_FEW_NAMES = 5_000
# How alike a name must be to be offered, and where some name has all that was typed.
_LEAST_SCORE = 55.0
_LEAST_BESIDE = 80.0
# Names that sound the same are at least so much alike: others need not be heard.
_LEAST_SOUND = 60.0
# Words so nearly alike are about as likely.
_NEARLY = 0.05
# A name as long as what was typed, or a little longer or shorter, stands before others with the same words.
_WEIGHT_OF_LENGTH = 0.3
_LENGTHS = {0: 1.0, 1: 0.7, -1: 0.7}
# How alike a word is, in one byte; sums of it are off by less than this.
_ALIKE = 255
_ROUNDED = 0.99
_ROUNDED_OFF = 0.01
# Where those stand who were found by a place, between names that are nearly the same and others.
_SCORE_OF_A_PLACE = 80.0


class How(StrEnum):
    """How something was found. By a number or exactly, it is what was typed; otherwise it only may be."""

    NUMBER = "number"
    EXACT = "exact"
    #: The same name, but another legal form was typed: so another business.
    OTHER_FORM = "other_form"
    #: The same name and a legal form that keys hold, where none was typed.
    WITH_FORM = "with_form"
    BEGINNING = "beginning"
    WORDS = "words"
    PLACE = "place"
    SOUNDS = "sounds"
    SIMILAR = "similar"


ANSWERS = (How.NUMBER, How.EXACT)
#: The same name but for a legal form: whether one of them is meant is seen when all of them are.
SAME_BUT_FOR_FORM = (*ANSWERS, How.OTHER_FORM, How.WITH_FORM)
_HOLDS_ALL = (*SAME_BUT_FOR_FORM, How.BEGINNING, How.WORDS)


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a search: whose it is, as it is written (a clue as it is compared), which kind, and how it was found."""

    subject: int
    text: str
    kind: str
    how: How
    score: float = field(default=100.0, compare=False)


#: Of some subjects, those that may be answered with now. Asked only where more are found than are compared.
Shown = Callable[[Collection[int]], Collection[int]]


class Behind(Exception):
    """Nobody was found in an index that does not hold the newest entry: so nobody can be said not to be on the register."""


def find(text: str, space: str, limit: int = 100, *, shown: Shown = list) -> list[Found]:
    """What is most like the text, best first: its number or the same name, then names and places that may be meant.

    `shown` keeps names of those who are not shown any more from taking the places of others, where only so many are compared.
    Raises `Behind` where nothing was found for the public because the index has still to be written.
    """
    refuse_for(_too_long(text))
    by_clue = _by_clue(text, space, limit)
    is_told = any(one.how in _HOLDS_ALL for one in by_clue)
    found = [*by_clue, *_by_name(text, space, limit, shown, is_told=is_told)]
    if not found and space == clues.PUBLIC and not holds_last_entry():
        raise Behind
    return sorted(found, key=_order)[:limit]


def holds_last_entry() -> bool:
    """Whether the newest entry of the register can be found by name."""
    entry = Entry.objects.order_by("-entry_number").only("listing", "name").first()
    return entry is None or holds(clues.PUBLIC, entry.listing_id, entry.name)


def holds(space: str, subject: int, name: str) -> bool:
    kept = name.strip()[: clues.LONGEST_TEXT]
    if not spelling.fold(kept):  # nobody can type what has no letter
        return True
    return IndexedName.objects.filter(space=space, subject=subject, kind="legal", text=kept).exists()


def same_name(typed: str, name: str) -> How:
    """Of two names that are equal but for their legal forms: whether the form that was typed is that of the name."""
    return How.EXACT if spelling.is_same(typed, name) else How.OTHER_FORM


def is_of(name: clues.Name, found: Found) -> bool:
    """Whether this is the name, or was kept as the clue, that was found."""
    kind, text = name
    if not clues.is_clue(kind):
        return not clues.is_clue(found.kind) and text.strip()[: clues.LONGEST_TEXT] == found.text
    return clues.is_clue(found.kind) and (found.kind, found.text) in clues.kept(kind, text)


def _too_long(text: str) -> Iterable[Reason]:
    if len(text) > LONGEST:
        yield Reason("too_long", _("Enter at most 100 characters."), "q")


def _order(found: Found) -> tuple[object, ...]:
    place = SAME_BUT_FOR_FORM.index(found.how) if found.how in SAME_BUT_FOR_FORM else len(SAME_BUT_FOR_FORM)
    return place, -round(found.score, 6), found.text, found.kind == "former", found.kind, found.subject


# By a number, an address or a place


def _by_clue(text: str, space: str, limit: int) -> list[Found]:
    wanted = clues.typed(text)
    sql = f"SELECT subject, key, kind FROM {_CLUES} WHERE space = %s AND {among('key')} ORDER BY key, kind, subject LIMIT %s"
    rows = read(sql, space, sorted({key for _kind, key in wanted}), 4 * limit)
    found = [row for row in rows if (row[2], row[1]) in wanted]
    numbers = [Found(subject, key, kind, How.NUMBER) for subject, key, kind in found if kind not in clues.PLACES]
    places = [
        Found(subject, key, kind, How.PLACE, _SCORE_OF_A_PLACE) for subject, key, kind in found if kind in clues.PLACES
    ]
    return numbers + places[:_MOST_IN_A_PLACE]


# By name


# Hundreds are made and compared for each search: tuples cost a quarter of what a dataclass costs.
class _Name(NamedTuple):
    pk: int
    subject: int
    text: str
    kind: str
    folded: str
    squashed: str


def _by_name(text: str, space: str, limit: int, shown: Shown, *, is_told: bool) -> list[Found]:
    readings = [reading for reading in spelling.readings(text) if reading]
    if not readings:
        return []
    names = {name.pk: name for name in _for_those_shown(limit, shown, partial(_beginning, text, readings[0], space))}
    if space == clues.PUBLIC and _is_told(readings[0], names.values()):
        names |= {name.pk: name for name in _mistakable(readings[0], space)}
    else:
        likely = _for_those_shown(_MOST_CANDIDATES, shown, _candidates(readings, space, dict(names)))
        names |= {name.pk: name for name in likely}
    return _judged(text, readings, list(names.values()), limit, is_told=is_told)


def _for_those_shown(wanted: int, shown: Shown, first: Callable[[int], Sequence[_Name]]) -> Sequence[_Name]:
    """The first names that are wanted. Where there are more, those of subjects that are not shown give their places to others."""
    most = wanted
    while True:
        names = first(most)
        if len(names) < most:
            return names
        may_be = set(shown({name.subject for name in names}))
        there = [name for name in names if name.subject in may_be]
        if len(there) >= wanted:
            return there
        most += wanted - len(there)


def _is_told(folded: str, names: Iterable[_Name]) -> bool:
    """Whether somebody has this very name, and it says so much that nobody else can be meant who only shares some of it."""
    squashed = folded.replace(" ", "")
    return len(squashed) >= _TELLING and any(name.squashed == squashed for name in names)


def _mistakable(folded: str, space: str) -> list[_Name]:
    """The names of those who may be taken for somebody of this name."""
    subjects = likeness.alike([folded], space)
    return _named(f"space = %s AND {among('subject')} ORDER BY id", space, subjects) if subjects else []


def _named(condition: str, *values: Any) -> list[_Name]:
    sql = f"SELECT id, subject, text, kind, folded, squashed FROM {_NAMES} WHERE {condition}"
    return list(map(_Name._make, read(sql, *values)))


def _beginning(text: str, folded: str, space: str, limit: int) -> list[_Name]:
    """Names that are the text or begin with it, wherever the spaces are: equal ones sort first. And those that are the
    text and a legal form."""
    squashed = folded.replace(" ", "")
    columns = f"SELECT id, subject, text, kind, folded, squashed FROM {_NAMES} WHERE space = %s AND"
    sql = f"{columns} squashed >= %s AND squashed < %s ORDER BY squashed, text, id LIMIT %s"
    values: list[Any] = [space, squashed, squashed + LAST, limit]
    if with_forms := spelling.keys_with_forms(text):
        sql = f"SELECT * FROM ({sql}) AS beginning UNION {columns} {among('squashed')}"
        values += [space, with_forms]
    return list(map(_Name._make, read(sql, *values)))


def _judged(text: str, readings: Sequence[str], names: Sequence[_Name], limit: int, *, is_told: bool) -> list[Found]:
    """As many as are wanted, the same name first, then those that score most: more alike where some hold all that was typed."""
    if not names:
        return []
    scores = spelling.scores(readings, [name.folded for name in names])
    typed = _Typed.of(text, readings)
    best_first = sorted(
        zip(names, scores.tolist(), strict=True),
        key=lambda one: (typed.is_other(one[0]), -one[1], one[0].pk),
    )[:limit]
    written = [(name, score, typed.written(name)) for name, score in best_first]
    least = _LEAST_BESIDE if is_told or any(how for *_name, how in written) else _LEAST_SCORE
    return [
        Found(name.subject, name.text, name.kind, how or typed.heard(name, score), score)
        for name, score, how in written
        if how or score >= least
    ]


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, in the forms in which names are compared with it: worked out once for all of them."""

    text: str
    squashed: str
    with_forms: frozenset[str]
    tokens: tuple[str, ...]
    sounds: frozenset[str]

    @classmethod
    def of(cls, text: str, readings: Sequence[str]) -> "_Typed":
        folded = readings[0]
        with_forms = frozenset(spelling.keys_with_forms(text))
        sounds = frozenset(map(_sound, readings))
        return cls(text, folded.replace(" ", ""), with_forms, tuple(folded.split()), sounds)

    def is_other(self, name: _Name) -> bool:
        """Whether the name differs by more than a legal form."""
        return name.squashed != self.squashed and name.squashed not in self.with_forms

    def written(self, name: _Name) -> How | None:
        """How the name holds all that was typed, if it does."""
        if name.squashed == self.squashed:
            return same_name(self.text, name.text)
        if name.squashed in self.with_forms:
            return How.WITH_FORM
        if name.squashed.startswith(self.squashed):
            return How.BEGINNING
        return How.WORDS if self._are_in(name.folded) else None

    def heard(self, name: _Name, score: float) -> How:
        """How a name is like what was typed that does not hold all of it."""
        return How.SOUNDS if score > _LEAST_SOUND and _sound(name.folded) in self.sounds else How.SIMILAR

    def _are_in(self, folded: str) -> bool:
        """Whether each word begins one of the name's."""
        words = f" {folded}"
        return all(f" {token}" in words for token in self.tokens)


def _sound(folded: str) -> str:
    return spelling.skeleton(folded).replace(" ", "")


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


def _candidates(readings: Sequence[str], space: str, known: dict[int, _Name]) -> Callable[[int], Sequence[_Name]]:
    """What gives as many names as are asked for that hold most of the words by weight; some have been read already."""
    ids, totals = _weighed(readings, space)

    def first(most: int) -> Sequence[_Name]:
        wanted = _largest(ids, totals, most).tolist()
        missing = [pk for pk in wanted if pk not in known]
        known.update((name.pk, name) for name in (_named(among("id"), missing) if missing else []))
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
        f"SELECT MAX(id), '', 0 FROM {_NAMES}",
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
        f"WHERE {among('key')}"
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
    sql = f"SELECT word_id, chunk, names FROM {_POSTINGS} WHERE {among('word_id')} ORDER BY word_id, chunk"
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
