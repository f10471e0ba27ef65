"""Licence numbers: four letters drawn from a name, and four figures."""

import re
import string
import unicodedata

from registry.identifiers import without_separators

# -- our own numbers --------------------------------------------------------------------------------------------------

#: The last number of a prefix; after it the prefix varies.
LAST_NUMBER = 9999
#: How many prefixes share their first two letters.
VARIATIONS = 26 * 26

_ARTICLES = frozenset({"the", "a", "an", "and", "of", "y", "yr", "i", "o"})
_INSIDE_WORDS = dict.fromkeys(map(ord, "'’"))
_LICENCE_NUMBER = re.compile(r"[A-Z]{4}[0-9]{4}")
# Of another authority: a name has no figure, and what is longer is no number.
_FOREIGN = re.compile(r"(?=.*[0-9])[0-9A-Z]{3,30}")
_PUNCTUATION = str.maketrans("", "", "/.")
_AS_LETTERS = str.maketrans("01", "OI")
_AS_FIGURES = str.maketrans("OIL", "011")


def draw_licence_prefix(name: str) -> str:
    """The four letters that the licence numbers of this name begin with: those of its first significant word, padded.

    Give it `names.fold(name)` where the script may not be Latin. A name without any letter from A to Z gets XXXX.
    """
    letters = unicodedata.normalize("NFKD", name).lower().translate(_INSIDE_WORDS)
    words = re.findall(r"[a-z]+", "".join(c for c in letters if not unicodedata.combining(c)))
    significant = [word for word in words if len(word) > 1 and word not in _ARTICLES]
    first = next(iter(significant), "".join(words))
    return first[:4].upper().ljust(4, "X")


def vary(prefix: str, k: int) -> str:
    """The prefix to draw from after `k` neighbours are used up: the third and fourth letters move on, ZZ is followed by AA."""
    if not 0 <= k < VARIATIONS:
        raise ValueError(f"there are {VARIATIONS} variations of a prefix, from 0")
    third, fourth = (string.ascii_uppercase.index(letter) for letter in prefix[2:])
    third, fourth = divmod((third * 26 + fourth + k) % VARIATIONS, 26)
    return prefix[:2] + string.ascii_uppercase[third] + string.ascii_uppercase[fourth]


def make_licence_number(prefix: str, n: int) -> str:
    """The n-th licence number of a prefix, from 1: ABCD0001."""
    if not 1 <= n <= LAST_NUMBER:
        raise ValueError(f"a prefix has the numbers 1 to {LAST_NUMBER}")
    return f"{prefix}{n:04}"


def split_licence_number(number: str) -> tuple[str, int]:
    """The prefix of a number of ours, and which of its numbers it is."""
    return number[:4], int(number[4:])


def foreign(text: str) -> str | None:
    """A number of the authority before us as it is kept: capitals and figures alone. None for what cannot be one, or is ours."""
    compact = without_separators(text).translate(_PUNCTUATION)
    ours = _LICENCE_NUMBER.fullmatch(compact) or compact.startswith("APP")
    return compact if _FOREIGN.fullmatch(compact) and not ours else None


def looks_like_licence_number(text: str) -> str | None:
    """The licence number that was meant, if this can be one; None for anything else, such as a name.

    O and zero, and I, L and one, are told apart by where they stand.
    """
    compact = without_separators(text)
    head, tail = compact[:4], compact[4:]
    if head.isdigit() or not re.search(r"[0-9]", tail):
        return None
    number = head.translate(_AS_LETTERS) + tail.translate(_AS_FIGURES)
    return number if _LICENCE_NUMBER.fullmatch(number) else None
