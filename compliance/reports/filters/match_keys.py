"""By what reports are found: of the same thing by names, numbers, postcodes and nearly the same words; and by any word."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compliance.reports.models.reports import ABOUT as ABOUT
from compliance.reports.models.reports import GROUP as GROUP
from compliance.reports.models.reports import ONLY_SEARCHED as ONLY_SEARCHED
from compliance.reports.models.reports import WORD as WORD
from registry import identifiers, names

_TELEPHONE = re.compile(r"(?:\+|\b0)[\d][\d ()-]{7,16}\d")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b")
_SHORTEST_NAME = 4
_SHORTEST_NUMBER = 4

# Two texts that share the part `s` of their groups of three words share a band with the chance 1 - (1 - s²)^8:
# 0.97 for s = 0.6, 0.28 for s = 0.2.
_BANDS = 8
_WORDS_IN_A_GROUP = 3


@dataclass(frozen=True, slots=True, order=True)
class Clue:
    """`kind`: group, name, number, postcode or words."""

    kind: str
    value: str


def clues(*, name: str, number: str, place: str, text: str) -> set[Clue]:
    """Every clue in a report, each as it is compared."""
    told = f"{number}\n{place}\n{text}"
    found = {Clue("number", value) for value in _numbers(number, told)}
    found |= {Clue("postcode", value) for value in _each(identifiers.postcode, _POSTCODE, told)}
    found |= {Clue("words", value) for value in _marks(text)}
    if folded := of_name(name):
        found.add(Clue("name", folded))
    return found


_LONGEST_WORD = 60


def words(*texts: str) -> set[str]:
    """Each word once, folded as names are; a number in groups is found without its spaces too."""
    found = {word[:_LONGEST_WORD] for text in texts for word in names.tokens(text)}
    together = (re.sub(r"[^a-z0-9]", "", text.casefold()) for text in texts if 0 < len(text) <= _LONGEST_WORD)
    return found | {word for word in together if any(one.isdigit() for one in word)}


def of_name(name: str) -> str:
    """A name as it is compared; empty if it is too short to say anything."""
    folded = names.squash(name)[:100]
    return folded if len(folded) >= _SHORTEST_NAME else ""


def telephones_in(told: str) -> list[str]:
    """Every telephone number in a text, each once, as it is compared."""
    return list(dict.fromkeys(_each(identifiers.telephone, _TELEPHONE, told)))


def _numbers(number: str, told: str) -> Iterator[str]:
    yield from _each(identifiers.telephone, _TELEPHONE, told)
    compact = re.sub(r"[^A-Z0-9]", "", number.upper())[:40]
    if len(compact) >= _SHORTEST_NUMBER and not _TELEPHONE.fullmatch(number.strip()):
        yield compact


def _each(judge: Callable[[str], str], pattern: re.Pattern[str], told: str) -> Iterator[str]:
    for found in pattern.findall(told):
        try:
            yield judge(found)
        except identifiers.InvalidIdentifier:
            continue


def _marks(text: str) -> Iterator[str]:
    """The least of the hashes of all groups of three words, by twos: texts that are nearly the same share some."""
    words = names.tokens(text)
    groups = {" ".join(words[start : start + _WORDS_IN_A_GROUP]) for start in range(len(words) - _WORDS_IN_A_GROUP + 1)}
    if not groups:
        return
    for band in range(_BANDS):
        least = [min(_hash(f"{band} {row} {group}") for group in groups) for row in range(2)]
        yield f"{band}:{_hash(' '.join(least))}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
