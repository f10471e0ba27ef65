"""Finding by the keys of a telephone, each of which is a figure and three or four letters: all that can be meant."""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from registry.filtersets import beginning
from registry.search.finding import IndexBehind, holds_last_entry
from registry.search.identifiers import PUBLIC
from registry.search.models import IndexedClue, IndexedName

LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
#: By so many keys an index is asked for ranges: the rest is compared row by row.
IN_RANGES = 3


def spelled(keys: str) -> Iterator[str]:
    """Every word of capital letters and no figures that these keys can mean; none where a key has no letters."""
    letters = [LETTERS.get(key, "").upper() for key in keys]
    return ("".join(word) for word in product(*letters))


def keys_of(text: str) -> str:
    """The keys that spell a text of letters and figures without accents."""
    by_letter = {letter: key for key, letters in LETTERS.items() for letter in letters}
    return "".join(by_letter.get(letter, letter) for letter in text.lower() if letter.isalnum())


def names_by_keys(keys: str, limit: int) -> list[int]:
    """Listings with a name that begins as these keys spell it, the shortest name first. Raises `IndexBehind`."""
    names = IndexedName.objects.filter(space=PUBLIC).exclude(kind="former")
    return _subjects(names, "squashed", keys, limit)


def vehicles_by_keys(keys: str, limit: int) -> list[int]:
    """Listings with a vehicle whose registration these keys spell. Raises `IndexBehind`."""
    vehicles = IndexedClue.objects.filter(space=PUBLIC, kind="vehicle")
    return _subjects(vehicles, "key", keys, limit, is_whole=True)


def _subjects(
    rows: "QuerySet[IndexedName] | QuerySet[IndexedClue]", column: str, keys: str, limit: int, *, is_whole: bool = False
) -> list[int]:
    capital = column == "key"
    choices = [f"{key}{LETTERS.get(key, '').upper() if capital else LETTERS.get(key, '')}" for key in keys]
    ranges = (beginning(column, "".join(start)) for start in product(*choices[:IN_RANGES]))
    pattern = "".join(f"[{letters}]" for letters in choices)
    found = rows.filter(reduce(or_, ranges, Q())).filter(**{f"{column}__regex": f"^{pattern}{'$' if is_whole else ''}"})
    ordered = found.order_by(Length(column), column, "pk").values_list("subject", flat=True)[: 4 * limit]
    subjects = list(dict.fromkeys(ordered))[:limit]
    if not subjects and not holds_last_entry():
        raise IndexBehind
    return subjects
