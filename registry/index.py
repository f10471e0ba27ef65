"""The search index: names found by equality, by their beginning, and by their words, on plain tables of both engines.

Two spaces, one code: what the public may find, and what staff may. A name found is a hint of where to look. Only
equality after folding says that it is the name that was typed (search.md, "Never say licensed on a near match").
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from registry import names as spelling
from registry.errors import Reason, refuse_for
from registry.models import Counter, Entry, IndexedName, IndexedWord, Posting

PUBLIC = "public"
STAFF = "staff"

#: More is refused: the cost of comparing grows with the length (trust.md T29).
LONGEST = 100

Name = tuple[str, str]
Ids = NDArray[np.uint32]
SetChange = Callable[[Ids, Ids], Ids]

_LAST = "\U0010ffff"
_CHUNK_BITS = 16
_LONGEST_WORD = 60
_MOST_WORDS = 12
_MOST_IDS = 60_000
_MOST_CANDIDATES = 200
_BATCH = 5_000
# The part of the weight of the words typed that a name must hold to be offered as similar.
_ENOUGH = 0.4


class How(StrEnum):
    """How a name was found."""

    EXACT = "exact"
    BEGINNING = "beginning"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Found:
    """A name that answers a search: whose it is, as it is written, which kind of name, and how it was found."""

    subject: int
    text: str
    kind: str
    how: How


def labelled(legal: str, trading: Iterable[str] = (), former: Iterable[str] = ()) -> list[Name]:
    """The names of one subject with their kinds, as the index takes them."""
    return [("legal", legal), *(("trading", name) for name in trading), *(("former", name) for name in former)]


def add(space: str, subject: int, names: Iterable[Name]) -> None:
    """Make these names findable beside those that already are: the public index forgets nothing, as past days are asked too."""
    _insert(space, subject, set(_clean(names)) - set(_known(space, subject)))


def replace(space: str, subject: int, names: Iterable[Name]) -> None:
    """Make exactly these names find the subject."""
    known, wanted = _known(space, subject), set(_clean(names))
    _remove(space, [row for name, row in known.items() if name not in wanted])
    _insert(space, subject, wanted - set(known))


def find(text: str, space: str, limit: int = 100) -> list[Found]:
    """The names most like the text, best first: the same name, then names that begin so, then names with its words."""
    refuse_for(_too_long(text))
    folded = spelling.fold(text)
    if not folded:
        return []
    found = _beginning(folded, space, limit)
    for row, how in _holding(folded, space):
        found.setdefault(row.pk, (row, how))
    return [Found(row.subject, row.text, row.kind, how) for row, how in islice(found.values(), limit)]


def is_at_last_entry() -> bool:
    """Whether the newest entry of the register can be found by its name."""
    newest = Entry.objects.order_by("-entry_number").first()
    if newest is None:
        return True
    return IndexedName.objects.filter(
        space=PUBLIC, subject=newest.listing_id, kind="legal", text=newest.name.strip()
    ).exists()


@transaction.atomic
def add_many(space: str, subjects: Iterable[tuple[int, Iterable[Name]]]) -> int:
    """Make the names of many subjects findable that the space does not know yet; how many names there were.

    They are written chunk by chunk of ids, so that memory does not grow with the register.
    """
    Counter.objects.held(Counter.EVENTS)
    rows = (row for subject, names in subjects for row in _rows(space, subject, sorted(set(_clean(names)))))
    count = 0
    for _chunk, written in groupby(_numbered(rows), key=lambda row: row.pk >> _CHUNK_BITS):
        count += _insert_chunk(space, written)
    return count


@transaction.atomic
def rebuild(space: str, subjects: Iterable[tuple[int, Iterable[Name]]]) -> int:
    """Write one space anew from what it is made of; readers see the old one until the new one is complete."""
    Counter.objects.held(Counter.EVENTS)
    IndexedWord.objects.filter(space=space).delete()
    IndexedName.objects.filter(space=space).delete()
    return add_many(space, subjects)


def _too_long(text: str) -> Iterable[Reason]:
    if len(text) > LONGEST:
        yield Reason("too_long", _("Enter at most 100 characters."), "q")


# Writing


def _clean(names: Iterable[Name]) -> Iterable[Name]:
    for kind, text in names:
        if spelling.fold(text):
            yield kind, text.strip()[:200]


def _known(space: str, subject: int) -> dict[Name, IndexedName]:
    return {(row.kind, row.text): row for row in IndexedName.objects.filter(space=space, subject=subject)}


def _rows(space: str, subject: int, names: Iterable[Name]) -> Iterable[IndexedName]:
    for kind, text in names:
        folded = spelling.fold(text)[:400]
        yield IndexedName(
            space=space, subject=subject, kind=kind, text=text, folded=folded, squashed=folded.replace(" ", "")
        )


def _words(folded: str) -> set[str]:
    return {word[:_LONGEST_WORD] for word in folded.split()}


def _collect(posted: dict[str, list[int]], rows: Iterable[IndexedName]) -> None:
    for row in rows:
        for word in _words(row.folded):
            posted[word].append(row.pk)


def _insert(space: str, subject: int, names: Iterable[Name]) -> None:
    rows = list(_rows(space, subject, sorted(names)))
    if rows:
        # Locked first here as everywhere, so that no two transactions wait for each other.
        Counter.objects.held(Counter.EVENTS)
        _insert_chunk(space, _numbered(rows))


def _numbered(rows: Iterable[IndexedName]) -> Iterable[IndexedName]:
    """Names are numbered here and not by the database, so that postings can be written chunk by chunk."""
    last = IndexedName.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for number, row in enumerate(rows, last + 1):
        row.pk = number
        yield row


def _insert_chunk(space: str, rows: Iterable[IndexedName]) -> int:
    count, posted = 0, defaultdict[str, list[int]](list)
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        count += len(batch)
        _collect(posted, IndexedName.objects.bulk_create(batch))
    words = iter(sorted(posted))
    while some := list(islice(words, _BATCH)):
        IndexedWord.objects.bulk_create([IndexedWord(space=space, word=word) for word in some], ignore_conflicts=True)
        _repost(space, {word: posted[word] for word in some}, np.union1d, +1)
    return count


def _remove(space: str, rows: Sequence[IndexedName]) -> None:
    if not rows:
        return
    Counter.objects.held(Counter.EVENTS)
    posted: dict[str, list[int]] = defaultdict(list)
    _collect(posted, rows)
    IndexedName.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _repost(space, posted, np.setdiff1d, -1)
    IndexedWord.objects.filter(space=space, word__in=posted, frequency=0).delete()


def _repost(space: str, posted: dict[str, list[int]], change: SetChange, sign: int) -> None:
    """Change the postings of some words: one read and one write for all of them, however common the words are."""
    words = list(IndexedWord.objects.select_for_update().filter(space=space, word__in=posted).order_by("word"))
    for word in words:
        word.frequency += sign * len(posted[word.word])
    IndexedWord.objects.bulk_update(words, ["frequency"])
    changes = {(word.pk, chunk): ids for word in words for chunk, ids in _chunked(posted[word.word])}
    there = _postings(changes)
    for key, ids in changes.items():
        row = there.setdefault(key, Posting(word_id=key[0], chunk=key[1], names=b""))
        row.names = change(_unpacked(row.names), ids).astype("<u4").tobytes()
    Posting.objects.bulk_update([row for row in there.values() if row.pk], ["names"])
    Posting.objects.bulk_create([row for row in there.values() if not row.pk])


def _postings(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Posting]:
    words, chunks = {word for word, _chunk in keys}, {chunk for _word, chunk in keys}
    rows = Posting.objects.filter(word__in=words, chunk__in=chunks)
    return {(row.word_id, row.chunk): row for row in rows if (row.word_id, row.chunk) in set(keys)}


def _chunked(ids: Iterable[int]) -> Iterable[tuple[int, Ids]]:
    """Sorted ids by chunk, so that one more name of a common word rewrites one chunk of it only."""
    ordered = np.array(sorted(ids), dtype=np.uint32)
    for chunk in np.unique(ordered >> _CHUNK_BITS):
        yield int(chunk), ordered[ordered >> _CHUNK_BITS == chunk]


def _unpacked(blob: bytes | memoryview) -> Ids:
    return np.frombuffer(blob, dtype="<u4").astype(np.uint32)


# Finding


def _range(field: str, beginning: str) -> Q:
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + _LAST})


def _beginning(folded: str, space: str, limit: int) -> dict[int, tuple[IndexedName, How]]:
    """Names that are the text or begin with it, wherever the spaces are: equal ones sort first."""
    squashed = folded.replace(" ", "")
    rows = IndexedName.objects.filter(_range("squashed", squashed), space=space).order_by("squashed", "text", "pk")
    return {row.pk: (row, How.EXACT if row.squashed == squashed else How.BEGINNING) for row in rows[:limit]}


def _holding(folded: str, space: str) -> list[tuple[IndexedName, How]]:
    """Names with the words of the text, whole or by their beginnings, most alike first.

    Where no name has them all, those that share enough, a rare word counting for more than a common one.
    """
    tokens = list(dict.fromkeys(folded.split()))[:_MOST_WORDS]
    ids = _candidates(_vocabulary(tokens, space))
    rows = list(IndexedName.objects.filter(pk__in=ids.tolist()))
    complete = [row for row in rows if _has_all(tokens, row.folded)]
    ordered = sorted(complete or rows, key=lambda row: (-spelling.score(folded, row.folded), row.text, row.pk))
    return [(row, How.WORDS) for row in ordered]


def _has_all(tokens: Iterable[str], folded: str) -> bool:
    words = folded.split()
    return all(any(word.startswith(token) for word in words) for token in tokens)


def _vocabulary(tokens: Sequence[str], space: str) -> dict[str, list[IndexedWord]]:
    """For each word typed, the words of the register that it is or begins. One letter alone begins too many."""
    # Each part names the space: SQLite then looks each up in the index, where it would read the whole vocabulary.
    wanted = Q(space=space, word__in=[token[:_LONGEST_WORD] for token in tokens])
    for token in tokens:
        if len(token) > 2 or (len(token) == 2 and token == tokens[-1]):
            wanted |= Q(space=space) & _range("word", token)
    words = list(IndexedWord.objects.filter(wanted))
    return {token: [word for word in words if word.word.startswith(token[:_LONGEST_WORD])] for token in tokens}


def _weight(words: Iterable[IndexedWord], of: int) -> float:
    """Rare words tell more: the logarithm of how few names of all hold them."""
    return math.log(1 + of / max(1, sum(word.frequency for word in words)))


def _candidates(vocabulary: dict[str, list[IndexedWord]]) -> Ids:
    """The ids of the names that hold most of the words by weight; rarest words first, within a budget."""
    # Names are numbered from one, so the last number is about how many there are, and costs nothing to know.
    newest = IndexedName.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    known = sorted((words for words in vocabulary.values() if words), key=lambda words: -_weight(words, newest))
    chosen = _within_budget(known)
    held = _names_holding([word for words in chosen for word in words])
    if not held:
        return np.array([], dtype=np.uint32)
    first = min(int(ids[0]) for ids in held.values())
    totals = np.zeros(max(int(ids[-1]) for ids in held.values()) - first + 1, dtype=np.float32)
    for words in chosen:
        ids = np.unique(np.concatenate([held[word.pk] for word in words if word.pk in held]))
        totals[ids - first] += _weight(words, newest)
    # A word that no name holds weighs most of all, so that common words alone are never enough.
    unknown = sum(_weight((), newest) for words in vocabulary.values() if not words)
    enough = _ENOUGH * (unknown + sum(_weight(words, newest) for words in chosen))
    best = np.flatnonzero(totals >= max(enough, float(totals.max()) / 2))
    best = best[np.argsort(-totals[best], kind="stable")][:_MOST_CANDIDATES]
    return (best + first).astype(np.uint32)


def _within_budget(rarest_first: Sequence[list[IndexedWord]]) -> list[list[IndexedWord]]:
    chosen: list[list[IndexedWord]] = []
    spent = 0
    for words in rarest_first:
        spent += sum(word.frequency for word in words)
        if chosen and spent > _MOST_IDS:
            break
        chosen.append(words)
    return chosen


def _names_holding(words: Iterable[IndexedWord]) -> dict[int, Ids]:
    blobs: dict[int, list[Ids]] = defaultdict(list)
    for word, blob in (
        Posting.objects.filter(word__in=[word.pk for word in words])
        .order_by("word", "chunk")
        .values_list("word_id", "names")
    ):
        blobs[word].append(_unpacked(blob))
    return {word: np.concatenate(parts) for word, parts in blobs.items() if any(map(len, parts))}
