"""Who has exactly what was typed: the answers of `find` without what is only near, for many texts at once."""

from collections.abc import Collection

from registry import names as spelling
from registry.index import clues
from registry.index.finding import Found, How
from registry.models import IndexedClue, IndexedName


def equal_to(texts: Collection[str], space: str) -> dict[str, list[Found]]:
    """By each text that is the number or the name of somebody, all who have it; in two statements however many there are.

    The same subjects that `find` says it has found by a number or exactly.
    """
    wanted = {text: clues.typed(text) for text in texts}
    squashed = {text: spelling.squash(text) for text in texts}
    by_clue = _by_clue({key for found in wanted.values() for _kind, key in found}, space)
    by_name = _by_name({name for name in squashed.values() if name}, space)
    found = {
        text: [*(one for clue in wanted[text] for one in by_clue.get(clue, ())), *by_name.get(squashed[text], ())]
        for text in texts
    }
    return {text: some for text, some in found.items() if some}


def _by_clue(keys: Collection[str], space: str) -> dict[clues.Clue, list[Found]]:
    rows = IndexedClue.objects.filter(space=space, key__in=keys).exclude(kind__in=clues.PLACES)
    found: dict[clues.Clue, list[Found]] = {}
    for subject, key, kind in rows.values_list("subject", "key", "kind"):
        found.setdefault((kind, key), []).append(Found(subject, key, kind, How.NUMBER))
    return found


def _by_name(names: Collection[str], space: str) -> dict[str, list[Found]]:
    rows = IndexedName.objects.filter(space=space, squashed__in=names)
    found: dict[str, list[Found]] = {}
    for subject, text, kind, squashed in rows.values_list("subject", "text", "kind", "squashed"):
        found.setdefault(squashed, []).append(Found(subject, text, kind, How.EXACT))
    return found
