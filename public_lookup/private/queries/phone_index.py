"""The index of the copy that people carry with them: made once with the copy, so that no phone has to make it again.

One line of rules, then one line for each name, each number or place, and each word, in this order. Each line stands for
itself, so that the file can be cut into shards by word and by key.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from public_lookup.lookup.queries.pasted import words_of_schemes
from public_lookup.lookup.rules.pasted import known_words
from registry import identifiers, names, signing
from registry import search as index
from registry.register.models import Entry
from registry.search import exporting, vocabulary
from registry.search import identifiers as clues

NAME = "index.ndjson"
_BATCH = 500
_KINDS = ("legal", "trading", "former")


def lines(copied: Sequence[tuple[int, int]], on: date) -> Iterator[bytes]:
    """The index of the entries of a copy, in the order of its lines: the listing and the number of each entry.

    With the words that people write beside numbers by the schemes of that day.
    """
    place = {listing: nth for nth, (listing, _entry) in enumerate(copied)}
    shown = _shown([entry for _listing, entry in copied])
    yield _line({"rules": _rules(on), "order": _ranks(list(place)), "of": exporting.newest_name()})
    holding: dict[str, list[int]] = defaultdict(list)
    for nth, (subject, kind, text, folded) in enumerate(exporting.indexed_names(place)):
        for word in vocabulary.words_of(folded):
            holding[word].append(nth)
        form = names.taken_apart(text).form
        yield _line(["name", place[subject], _KINDS.index(kind), _shown_as(text, shown[subject]), text, folded, form])
    for subject, kind, key in exporting.indexed_clues(place):
        is_shown = any((kind, key) in clues.kept(*one) for one in shown[subject] if clues.is_clue(one[0]))
        yield _line(["clue", kind, key, place[subject], int(is_shown)])
    # How many names hold a word, of those too that are not shown any more: what weighs here weighs the same there.
    for word, frequency in exporting.indexed_words():
        if word in holding:
            sound = "" if word.startswith("#") else names.skeleton(word)
            yield _line(["word", word, sound, frequency, _gaps(holding[word])])


def _line(value: Any) -> bytes:
    return signing.canonical(value) + b"\n"


def _rules(on: date) -> dict[str, Any]:
    of_numbers, known = known_words(words_of_schemes(on))
    return {
        **names.rules(),
        "company": identifiers.COMPANY_PATTERNS,
        "mailboxes": sorted(clues.MAILBOXES_OF_ALL),
        "words_beside": {"number": sorted(of_numbers), "all": sorted(known)},
    }


def _ranks(listings: Sequence[int]) -> list[int]:
    """In which order listings were made: who comes first where names are alike in all else."""
    ranks = {listing: rank for rank, listing in enumerate(sorted(listings))}
    return [ranks[listing] for listing in listings]


def _shown(entries: Sequence[int]) -> dict[int, list[index.Name]]:
    """By listing, the names and numbers that its entry shows."""
    found: dict[int, list[index.Name]] = {}
    for start in range(0, len(entries), _BATCH):
        for entry in Entry.objects.filter(entry_number__in=entries[start : start + _BATCH]):
            found[entry.listing_id] = index.of_entry(entry)
    return found


def _shown_as(text: str, shown: Sequence[index.Name]) -> int:
    """As which kind of name the entry shows it now; -1 for a name that it showed once."""
    kinds = (kind for kind, name in shown if kind in _KINDS and name.strip()[: clues.LONGEST_TEXT] == text)
    return next(map(_KINDS.index, kinds), -1)


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Rising numbers as the steps between them: they are shorter."""
    return [number - before for before, number in pairwise([0, *numbers])]
