"""Reading what people paste into the look-up: the numbers in a longer text, and the words that are left without them.

Nothing here asks the register. Whose the numbers are, and what is answered, is in queries/pasted.py.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from registry import codes, licence_numbers, names

#: So many numbers and so many contacts of a text are looked up, and of so many numbers that nobody has those that are nearly the same.
MOST_NUMBERS, MOST_CONTACTS, MOST_NEAR = 8, 8, 3
#: Words beside a number that can be compared with the name of who has it: more are a message.
MOST_OF_A_NAME = 8

_TABLE = Path(__file__).with_name("words_beside.toml")
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_])"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_EDGE + text + _END, re.IGNORECASE)


_OURS = _pattern(
    r"(?:[A-Z01]{4}[-–. ]?[0-9OIL]{4}|(?:[A-Z01][ .-]){4}(?:[0-9OIL][ .-]){3}[0-9OIL]|APP ?[-–]? ?[0-9OIL]{1,9})"
)
_CODE = _pattern(r"[0-9A-Z]{4}[-–]?[0-9A-Z]{4}")
_NEARLY = _pattern(r"(?:(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[0-9A-Z]{7,9}|[A-Z]{3,5}[-–. ][0-9]{3,5})")
_BESIDE_A_WORD = _pattern(r"[0-9A-Z][0-9A-Z/-]{2,29}")
_ADDRESS = re.compile(
    r"[^\s<>@,;:]+@[^\s<>@,;]+|(?:https?://|www\.)\S+|(?<![^\s(])(?:[\w-]+\.)+[a-z]{3,}(?:/\S*)?", re.IGNORECASE
)
_TELEPHONE = re.compile(r"(?<![\w.])\+?\(?[0-9][0-9 ()./-]{7,}[0-9](?!\w)")
_COMPANY = _pattern(r"(?:[A-Z]{2} ?[0-9]{6}|[0-9]{7,8})")
_NEARLY_A_WORD = 85.0
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_WRITTEN = re.compile(r"[A-Z]{4}[0-9]{4}")


@dataclass(frozen=True, slots=True)
class PastedText:
    """What is in a text: what may be numbers and contacts, as they are written, and its words without them."""

    numbers: tuple[str, ...]
    #: Nearly written as a licence number, or a licence number that may be nobody's.
    nearly: tuple[str, ...]
    contacts: tuple[str, ...]
    words: tuple[names.WordWithin, ...]
    #: The words that say something: of a name, or of anything else in a message.
    rest: tuple[str, ...]

    @property
    def name(self) -> str:
        """What is left, if it can be a name; empty where it is nothing, or a whole message."""
        return " ".join(self.rest) if len(self.rest) <= MOST_OF_A_NAME else ""


@cache
def known_words(of_schemes: tuple[str, ...] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """Words for a number, with those of the schemes; and all words that say nothing of who is meant."""
    table = tomllib.loads(_TABLE.read_text())
    of_numbers = _words(" ".join((table["number"], *of_schemes)))
    return of_numbers, of_numbers | _words(table["around"])


def _words(text: str) -> frozenset[str]:
    return frozenset(one.word for line in text.split() for one in names.words_within(line))


def read(text: str, of_schemes: tuple[str, ...] = ()) -> PastedText:
    """Numbers first: what is left of the text is read as words."""
    of_numbers, known = known_words(of_schemes)
    contacts, left = _taken(text, [_ADDRESS])
    ours, left = _taken(left, [_OURS])
    telephones, left = _taken(left, [_TELEPHONE])
    # A word of eight letters may be a code by chance: within a text, a code has a figure.
    coded = [one for one in _CODE.findall(left) if any(map(str.isdigit, one)) and codes.code_is_valid(one)]
    companies, left = _taken(left, [_COMPANY])
    nearly = [one for one in _NEARLY.findall(left) if one not in coded]
    left = _without(left, [*coded, *nearly])
    beside = list(_beside_words(left, of_numbers))
    words = names.words_within(left)
    rest = [one.word for one in words if one.word not in known and not one.word[0].isdigit()]
    return PastedText(
        tuple(dict.fromkeys([*ours, *coded, *nearly, *beside]))[:MOST_NUMBERS],
        tuple(dict.fromkeys([*ours, *nearly]))[:MOST_NEAR],
        tuple(dict.fromkeys([*contacts, *telephones, *companies]))[:MOST_CONTACTS],
        tuple(words),
        tuple(rest),
    )


def _taken(text: str, patterns: Sequence[re.Pattern[str]]) -> tuple[list[str], str]:
    """What is written so, and the text with a sign in the place of each."""
    found: list[str] = []
    for pattern in patterns:
        these = [match[0] for match in pattern.finditer(text)]
        found += these
        text = _without(text, these)
    return found, text


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " | ")
    return text


def _beside_words(text: str, of_numbers: Collection[str]) -> Iterator[str]:
    """What has a figure and stands directly after a word for a number: a number of another authority is written in any way."""
    for token in _BESIDE_A_WORD.finditer(text):
        before = names.words_within(text[: token.start()][-40:])
        if before and before[-1].word in of_numbers and any(map(str.isdigit, token[0])):
            yield token[0]


def near_numbers(written: str) -> list[str]:
    """The licence numbers that would be written so with one sign wrong, missing or too many, two exchanged, or one moved."""
    typed = "".join(one for one in written.upper() if one in _SIGNS)
    letters, figures = ("".join(filter(kind, typed)) for kind in (str.isalpha, str.isdigit))
    near = chain(_one_off(typed), [letters + figures], _one_off_within(letters, figures))
    return sorted({one for one in near if _WRITTEN.fullmatch(one)} - {typed})


def _one_off(typed: str) -> Iterator[str]:
    for at in range(len(typed) + 1):
        before, after = typed[:at], typed[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for sign in _SIGNS:
            yield before + sign + after[1:]
            yield before + sign + after


def _one_off_within(letters: str, figures: str) -> Iterator[str]:
    """As misread signs are: O for zero, and I or L for one, where a letter or a figure should stand."""
    number = licence_numbers.looks_like_licence_number(letters + figures)
    yield from [number] if number else []


def agrees(
    pasted: PastedText, own: Sequence[str], within: Sequence[tuple[int, int, bool]], known: Collection[str]
) -> bool:
    """Whether the words beside a number are the name of who has it, or nothing at all.

    `own` are the names of the business, and `within` where they stand in the text and whether with their legal form.
    """
    if not pasted.rest:
        return True
    if within:
        return any(
            is_own and names.is_whole(pasted.words, start, end, known=frozenset(known)) for start, end, is_own in within
        )
    return bool(pasted.name) and any(_is_nearly(pasted.rest, name) for name in own)


def _is_nearly(rest: Sequence[str], name: str) -> bool:
    """Whether the words are those that the name begins with, some of them misspelt; with a legal form, all of them."""
    asked, held = names.taken_apart(" ".join(rest)), names.taken_apart(name)
    if not asked.bare or (asked.says and (asked.says != held.says or len(asked.bare) != len(held.bare))):
        return False
    return len(asked.bare) <= len(held.bare) and all(map(_is_word, asked.bare, held.bare))


def _is_word(word: str, held: str) -> bool:
    return word == held or (len(word) > 2 and held.startswith(word)) or names.score(word, held) >= _NEARLY_A_WORD


def likely_names(pasted: PastedText, known: Collection[str]) -> Iterator[str]:
    """What else in a message may be a name, misspelt or shortened: words in a row with capitals, with a form if any; and an address."""
    words = pasted.words
    rows = [
        words[start:end]
        for start, one in enumerate(words)
        if one.is_capital and one.word not in known and (end := _end_of_name(words, start)) > start + 1
    ]
    likely = next((row for row in rows if _is_form(row[-1])), rows[0] if rows else words)
    if len(likely) < len(words):
        yield " ".join(one.word for one in likely)
    yield from (one for one in pasted.contacts[:1] if "." in one and words)


def _end_of_name(words: Sequence[names.WordWithin], start: int) -> int:
    last = range(start + 1, len(words))
    return next(
        (at for at in last if words[at].begins or not (words[at].is_capital or _is_form(words[at]))), len(words)
    )


def _is_form(one: names.WordWithin) -> bool:
    return bool(names.taken_apart(f"- {one.word}").form)
