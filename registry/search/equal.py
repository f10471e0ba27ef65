"""Who has exactly what was typed: the answers of `find` without what is only near, for many texts at once."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from registry import names as spelling
from registry.search import identifiers as clues
from registry.search.finding import SearchHit, SearchMatch, same_name
from registry.search.models import IndexedClue, IndexedName


def equal_to(texts: Collection[str], space: str) -> dict[str, list[SearchHit]]:
    """By each text that is the number or the name of a business, all who have it; in two statements however many there are.

    The same subjects that `find` says it has found by a number, exactly, or by the name with a legal form more or another.
    """
    wanted = {text: clues.typed(text) for text in texts}
    squashed = {text: spelling.squash(text) for text in texts}
    by_clue = hits_by_clue({key for found in wanted.values() for _kind, key in found}, space)
    with_forms = {text: spelling.keys_with_forms(text) for text in texts}
    by_name = _by_name({name for name in squashed.values() if name} | set(chain(*with_forms.values())), space)
    found = {
        text: [
            *(one for clue in wanted[text] for one in by_clue.get(clue, ())),
            *(replace(one, how=same_name(text, one.text)) for one in by_name.get(squashed[text], ())),
            *(replace(one, how=SearchMatch.WITH_FORM) for key in with_forms[text] for one in by_name.get(key, ())),
        ]
        for text in texts
    }
    return {text: some for text, some in found.items() if some}


def hits_by_clue(keys: Collection[str], space: str) -> dict[clues.Clue, list[SearchHit]]:
    rows = IndexedClue.objects.filter(space=space, key__in=keys).exclude(kind__in=clues.PLACES)
    found: dict[clues.Clue, list[SearchHit]] = {}
    for subject, key, kind in rows.values_list("subject", "key", "kind"):
        found.setdefault((kind, key), []).append(SearchHit(subject, key, kind, SearchMatch.NUMBER))
    return found


def _by_name(names: Collection[str], space: str) -> dict[str, list[SearchHit]]:
    rows = IndexedName.objects.filter(space=space, squashed__in=names)
    found: dict[str, list[SearchHit]] = {}
    for subject, text, kind, squashed in rows.values_list("subject", "text", "kind", "squashed"):
        found.setdefault(squashed, []).append(SearchHit(subject, text, kind, SearchMatch.EXACT))
    return found
