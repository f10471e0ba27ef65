"""Finding: what was typed may be a number, a name, a place, or any of these misspelt.

A number, or the same name after folding, is an answer. All else is a hint of where to look (search.md, "Never say licensed
on a near match"). What a search costs grows with the vocabulary and not with the register, and has an upper bound: of
words, of ids, of candidates (docs/rules.md T29).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry import names as spelling
from registry.errors import Reason, refuse_for
from registry.register.models import Entry
from registry.search import identifiers as clues
from registry.search import likeness
from registry.search.candidates import CLUES, NAMES, NameRow, candidates, read_names
from registry.search.models import IndexedName
from registry.search.reading import LAST, among, read

#: More is refused: the cost of comparing grows with the length (docs/rules.md T29).
LONGEST = 100


_MOST_CANDIDATES = 100


_MOST_IN_A_PLACE = 50
# A name of so many letters that somebody has is what was meant: what else is shown is only not to be confused with it.
_TELLING = 16


# How alike a name must be to be offered, and where some name has all that was typed.
_LEAST_SCORE = 55.0
_LEAST_BESIDE = 80.0
# Names that sound the same are at least so much alike: others need not be heard.
_LEAST_SOUND = 60.0


# Where those stand who were found by a place, between names that are nearly the same and others.
_SCORE_OF_A_PLACE = 80.0


class SearchMatch(StrEnum):
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


ANSWERS = (SearchMatch.NUMBER, SearchMatch.EXACT)
#: The same name but for a legal form: whether one of them is meant is seen when all of them are.
SAME_BUT_FOR_FORM = (*ANSWERS, SearchMatch.OTHER_FORM, SearchMatch.WITH_FORM)
_HOLDS_ALL = (*SAME_BUT_FOR_FORM, SearchMatch.BEGINNING, SearchMatch.WORDS)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """What answers a search: whose it is, as it is written (a clue as it is compared), which kind, and how it was found."""

    subject: int
    text: str
    kind: str
    how: SearchMatch
    score: float = field(default=100.0, compare=False)


#: Of some subjects, those that may be answered with now. Asked only where more are found than are compared.
Shown = Callable[[Collection[int]], Collection[int]]


class IndexBehind(Exception):
    """Nobody was found in an index that does not hold the newest entry: so nobody can be said not to be on the register."""


def find(text: str, space: str, limit: int = 100, *, shown: Shown = list) -> list[SearchHit]:
    """What is most like the text, best first: its number or the same name, then names and places that may be meant.

    `shown` keeps names of those who are not shown any more from taking the places of others, where only so many are compared.
    Raises `Behind` where nothing was found for the public because the index has still to be written.
    """
    refuse_for(_too_long(text))
    by_clue = _by_clue(text, space, limit)
    is_told = any(one.how in _HOLDS_ALL for one in by_clue)
    found = [*by_clue, *_by_name(text, space, limit, shown, is_told=is_told)]
    if not found and space == clues.PUBLIC and not holds_last_entry():
        raise IndexBehind
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


def same_name(typed: str, name: str) -> SearchMatch:
    """Of two names that are equal but for their legal forms: whether the form that was typed is that of the name."""
    return SearchMatch.EXACT if spelling.is_same(typed, name) else SearchMatch.OTHER_FORM


def is_of(name: clues.Name, found: SearchHit) -> bool:
    """Whether this is the name, or was kept as the clue, that was found."""
    kind, text = name
    if not clues.is_clue(kind):
        return not clues.is_clue(found.kind) and text.strip()[: clues.LONGEST_TEXT] == found.text
    return clues.is_clue(found.kind) and (found.kind, found.text) in clues.kept(kind, text)


def _too_long(text: str) -> Iterable[Reason]:
    if len(text) > LONGEST:
        yield Reason("too_long", _("Enter at most 100 characters."), "q")


def _order(found: SearchHit) -> tuple[object, ...]:
    place = SAME_BUT_FOR_FORM.index(found.how) if found.how in SAME_BUT_FOR_FORM else len(SAME_BUT_FOR_FORM)
    is_other_name = found.kind != "legal"  # of two that are equally alike, the one that is called so itself comes first
    return place, -round(found.score, 6), is_other_name, found.text, found.kind == "former", found.kind, found.subject


# By a number, an address or a place


def _by_clue(text: str, space: str, limit: int) -> list[SearchHit]:
    wanted = clues.typed(text)
    sql = f"SELECT subject, key, kind FROM {CLUES} WHERE space = %s AND {among('key')} ORDER BY key, kind, subject LIMIT %s"
    rows = read(sql, space, sorted({key for _kind, key in wanted}), 4 * limit)
    found = [row for row in rows if (row[2], row[1]) in wanted]
    numbers = [
        SearchHit(subject, key, kind, SearchMatch.NUMBER) for subject, key, kind in found if kind not in clues.PLACES
    ]
    places = [
        SearchHit(subject, key, kind, SearchMatch.PLACE, _SCORE_OF_A_PLACE)
        for subject, key, kind in found
        if kind in clues.PLACES
    ]
    return numbers + places[:_MOST_IN_A_PLACE]


def _by_name(text: str, space: str, limit: int, shown: Shown, *, is_told: bool) -> list[SearchHit]:
    readings = [reading for reading in spelling.readings(text) if reading]
    if not readings:
        return []
    names = {name.pk: name for name in _for_those_shown(limit, shown, partial(_beginning, text, readings[0], space))}
    if space == clues.PUBLIC and _is_told(readings[0], names.values()):
        names |= {name.pk: name for name in _mistakable(readings[0], space)}
    else:
        likely = _for_those_shown(_MOST_CANDIDATES, shown, candidates(readings, space, dict(names)))
        names |= {name.pk: name for name in likely}
    return _judged(text, readings, list(names.values()), limit, is_told=is_told)


def _for_those_shown(wanted: int, shown: Shown, first: Callable[[int], Sequence[NameRow]]) -> Sequence[NameRow]:
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


def _is_told(folded: str, names: Iterable[NameRow]) -> bool:
    """Whether somebody has this very name, and it says so much that nobody else can be meant who only shares some of it."""
    squashed = folded.replace(" ", "")
    return len(squashed) >= _TELLING and any(name.squashed == squashed for name in names)


def _mistakable(folded: str, space: str) -> list[NameRow]:
    """The names of those who may be taken for somebody of this name."""
    sql, values = likeness.alike_sql([folded], space)
    return read_names(f"space = %s AND subject IN ({sql}) ORDER BY id", space, *values)


def _beginning(text: str, folded: str, space: str, limit: int) -> list[NameRow]:
    """Names that are the text or begin with it, wherever the spaces are: equal ones sort first. And those that are the
    text and a legal form."""
    squashed = folded.replace(" ", "")
    columns = f"SELECT id, subject, text, kind, folded, squashed FROM {NAMES} WHERE space = %s AND"
    sql = f"{columns} squashed >= %s AND squashed < %s ORDER BY squashed, text, id LIMIT %s"
    values: list[Any] = [space, squashed, squashed + LAST, limit]
    if with_forms := spelling.keys_with_forms(text):
        sql = f"SELECT * FROM ({sql}) AS beginning UNION {columns} {among('squashed')}"
        values += [space, with_forms]
    return list(map(NameRow._make, read(sql, *values)))


def _judged(
    text: str, readings: Sequence[str], names: Sequence[NameRow], limit: int, *, is_told: bool
) -> list[SearchHit]:
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
        SearchHit(name.subject, name.text, name.kind, how or typed.heard(name, score), score)
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
        sounds = frozenset(map(likeness.sound, readings))
        return cls(text, folded.replace(" ", ""), with_forms, tuple(folded.split()), sounds)

    def is_other(self, name: NameRow) -> bool:
        """Whether the name differs by more than a legal form."""
        return name.squashed != self.squashed and name.squashed not in self.with_forms

    def written(self, name: NameRow) -> SearchMatch | None:
        """How the name holds all that was typed, if it does."""
        if name.squashed == self.squashed:
            return same_name(self.text, name.text)
        if name.squashed in self.with_forms:
            return SearchMatch.WITH_FORM
        if name.squashed.startswith(self.squashed):
            return SearchMatch.BEGINNING
        return SearchMatch.WORDS if self._are_in(name.folded) else None

    def heard(self, name: NameRow, score: float) -> SearchMatch:
        """How a name is like what was typed that does not hold all of it."""
        return (
            SearchMatch.SOUNDS
            if score > _LEAST_SOUND and likeness.sound(name.folded) in self.sounds
            else SearchMatch.SIMILAR
        )

    def _are_in(self, folded: str) -> bool:
        """Whether each word begins one of the name's."""
        words = f" {folded}"
        return all(f" {token}" in words for token in self.tokens)
