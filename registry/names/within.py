"""The words of a longer text, with what parts them, so that the name of a business can be found within it."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from registry.names.forms import table, taken_apart
from registry.names.letters import words

# A text is read up to here: what it costs grows with the words of a name times the words of the text.
_MOST_WORDS, _LONGEST_NAME = 90, 8
#: Shorter names are found in every text.
_SHORTEST = 5
_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}<>\"“”«»„|/\\•*_=~–—‑-]+")
_CLOSES_SENTENCE = re.compile(r"\.[\"”»']?$")


class WordWithin(NamedTuple):
    """One word as it is compared; whether a sign stands before it, and whether it is written with a capital."""

    word: str
    begins: bool
    is_capital: bool


class Span(NamedTuple):
    """Words of a text that can be a name, from `start` to before `end`, and by what such a name is looked up."""

    start: int
    end: int
    key: str


def words_within(text: str) -> list[WordWithin]:
    """The words of a text in their order. No name reaches over a sign or the end of a line."""
    found: list[WordWithin] = []
    end, is_closed = 0, True
    for token in _TOKEN.finditer(text):
        parts = words(token[0])
        is_capital = token[0][0].isupper()
        begins = (is_closed and (is_capital or not found or end == 0)) or _parts(text[end : token.start()])
        found += [
            WordWithin(word, begins and nth == 0, is_capital) for nth, word in enumerate(parts) if len(word) <= 60
        ]
        end, is_closed = token.end(), not parts or bool(_CLOSES_SENTENCE.search(token[0]))
    return found[:_MOST_WORDS]


def _parts(gap: str) -> bool:
    """Whether two words belong to different things: a hyphen between them does not part them, nor do spaces."""
    return "\n" in gap or bool(gap.strip().strip("-")) or (gap.strip() == "-" and gap != "-")


def spans(within: Sequence[WordWithin]) -> Iterator[Span]:
    """All words in a row that can be a name."""
    for start in range(len(within)):
        key = ""
        for end in range(start + 1, min(start + _LONGEST_NAME, len(within)) + 1):
            if end > start + 1 and within[end - 1].begins:
                break
            key += within[end - 1].word
            if len(key) >= _SHORTEST:
                yield Span(start, end, key)


def with_form(within: Sequence[WordWithin], span: Span) -> tuple[str, int]:
    """The name as it is written in the text, with the legal form that follows it; and where that ends."""
    text = " ".join(one.word for one in within[span.start : span.end])
    for end in range(min(span.end + table().longest, len(within)), span.end, -1):
        longer = " ".join(one.word for one in within[span.start : end])
        parts = taken_apart(longer)
        if parts.says and "".join(parts.bare) == span.key:
            return longer, end
    return text, span.end


def is_whole(within: Sequence[WordWithin], start: int, end: int, *, known: Collection[str]) -> bool:
    """Whether the name neither begins nor ends within a longer one: no word stands together with it but known ones.

    After a legal form a name has ended.
    """
    before = within[start - 1] if start and not within[start].begins else None
    has_form = bool(taken_apart(f"- {within[end - 1].word}").form)
    after = within[end] if end < len(within) and not within[end].begins and not has_form else None
    return not any(one and one.word not in known for one in (before, after))
