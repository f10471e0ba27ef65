"""Legal forms as they stand in names: which one a name says, and the name without it.

The spellings are in `legal_forms.toml`: "Ltd", "Limited" and "Cyf" are one form, "LLP" is another, and so is any form of
another country. A name that says another form is the name of another business.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from registry.names.letters import words

TABLE = Path(__file__).with_name("legal_forms.toml")


@dataclass(frozen=True, slots=True)
class LegalForm:
    code: str
    country: str
    #: How it is written first of all, for people and, where it is kept in keys, for comparing.
    spelling: str
    #: It also stands before names.
    before: bool
    #: It may as well be a word or initials: it stays in the key of a name.
    kept: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: the words by which it is compared, and the form that was taken off them."""

    key: tuple[str, ...]
    #: The code of the legal form that the key does not hold; empty if the name says none.
    form: str
    #: The form that the name says at all, in its key or not.
    says: str
    #: The words of the name without any form, and which of all its words they are.
    bare: tuple[str, ...]
    place: slice


@dataclass(frozen=True, slots=True)
class _Table:
    spellings: dict[str, LegalForm]
    disregarded: frozenset[str]
    #: The most words that a form is written in.
    longest: int


@cache
def table() -> _Table:
    """The spellings, squashed as names are, with their forms; the first form that lists a spelling has it."""
    said: dict[str, Any] = tomllib.loads(TABLE.read_text())
    spellings: dict[str, LegalForm] = {}
    longest = 1
    for code, facts in said["forms"].items():
        form = LegalForm(
            code, facts["country"], facts["spellings"][0], facts.get("before", False), facts.get("kept", False)
        )
        for spelling in facts["spellings"]:
            spellings.setdefault("".join(words(spelling)), form)
            longest = max(longest, len(words(spelling)))
    return _Table(spellings, frozenset("".join(words(word)) for word in said["disregarded"]), longest)


@lru_cache(maxsize=16_384)
def taken_apart(name: str) -> Parts:
    all_words = words(name)
    left, form = list(all_words), ""
    while left and (found := _at_end(left)):
        count, said = found
        if said and said.kept:
            break
        form = form or (said.code if said else "")
        left = left[:-count]
        # "Smith & Co" loses the joining word with the form.
        if left[-1:] == ["and"]:
            left = left[:-1]
    if not left:
        # A name made of nothing but legal forms is still a name.
        return Parts(tuple(all_words), "", "", tuple(all_words), slice(len(all_words)))
    place, key, says = _of_kept(left)
    return Parts(tuple(key), form, form or says, tuple(left[place]), place)


def form_called(code: str) -> str:
    """How a form is written, for people."""
    return next(form.spelling for form in table().spellings.values() if form.code == code)


def other_form(typed: str, name: str) -> tuple[str, str] | None:
    """The form that was typed and the form of the name, where the two differ by nothing else; empty for a name without.

    None where they differ otherwise, and where no form was typed.
    """
    asked, held = taken_apart(typed), taken_apart(name)
    if not asked.says or asked.says == held.says or "".join(asked.bare) != "".join(held.bare):
        return None
    return form_called(asked.says), form_called(held.says) if held.says else ""


def keys_with_forms(name: str) -> list[str]:
    """The squashed keys of names that are this one and a form that keys hold; none if the name says a form itself."""
    parts = taken_apart(name)
    if parts.says or not parts.key:
        return []
    squashed = "".join(parts.key)
    after = {squashed + "".join(words(form.spelling)) for form in table().spellings.values() if form.kept}
    before = {"".join(words(form.spelling)) + squashed for form in table().spellings.values() if form.before}
    return sorted(after | before)


def _at_end(left: Sequence[str]) -> tuple[int, LegalForm | None] | None:
    """How many words of the end are a form, and which; None for the words that say nothing of it."""
    known = table()
    for count in range(min(len(left), known.longest), 0, -1):
        text = "".join(left[-count:])
        if form := known.spellings.get(text):
            return count, form
    return (1, None) if left[-1] in known.disregarded else None


def _at_beginning(left: Sequence[str]) -> tuple[int, LegalForm] | None:
    known = table()
    for count in range(min(len(left) - 1, known.longest), 0, -1):
        form = known.spellings.get("".join(left[:count]))
        if form and form.before:
            return count, form
    return None


def _of_kept(left: list[str]) -> tuple[slice, list[str], str]:
    """Where the words without a form that stays are, the words with it in its first spelling, and its code."""
    at_end = _at_end(left)
    if at_end and (form := at_end[1]) and (count := at_end[0]) < len(left):
        return slice(len(left) - count), [*left[:-count], *words(form.spelling)], form.code
    if found := _at_beginning(left):
        count, form = found
        return slice(count, len(left)), [*words(form.spelling), *left[count:]], form.code
    return slice(len(left)), left, ""
