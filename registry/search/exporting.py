"""The rows of the public index, for the copy that people carry with them. Only of the listings that the copy holds."""

from collections.abc import Collection, Iterator

from registry.search.identifiers import PUBLIC
from registry.search.models import IndexedClue, IndexedName, IndexedWord


def newest_name() -> int:
    """The number of the newest name of any space: about how many names there are, as the search has it."""
    return IndexedName.objects.order_by("-pk").values_list("pk", flat=True).first() or 1


def indexed_names(listings: Collection[int]) -> Iterator[tuple[int, str, str, str]]:
    """Listing, kind, text and folded text of each name, in the order in which they were written."""
    rows = IndexedName.objects.filter(space=PUBLIC).order_by("pk")
    for subject, kind, text, folded in rows.values_list("subject", "kind", "text", "folded").iterator():
        if subject in listings:
            yield subject, kind, text, folded


def indexed_clues(listings: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Listing, kind and key of each number, address and place; how names sound is worked out from the names."""
    rows = IndexedClue.objects.filter(space=PUBLIC).exclude(kind="sound").order_by("key", "kind", "subject")
    for subject, kind, key in rows.values_list("subject", "kind", "key").iterator():
        if subject in listings:
            yield subject, kind, key


def indexed_words() -> Iterator[tuple[str, int]]:
    """Each word, and how many names hold it: of those too that are not shown any more."""
    words = IndexedWord.objects.filter(space=PUBLIC).order_by("pk")
    yield from words.values_list("word", "frequency").iterator()
