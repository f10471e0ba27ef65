"""Names and contacts of the register that stand within longer texts: one statement for each, however many the texts are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry import names as spelling
from registry.search import identifiers as clues
from registry.search.candidates import NameRow, read_names
from registry.search.equal import hits_by_clue
from registry.search.finding import SearchHit, SearchMatch, same_name
from registry.search.reading import among

#: Shorter words are names of businesses too, and of much else.
_SHORTEST_ALONE = 8


@dataclass(frozen=True, slots=True)
class NameWithin:
    """A name that stands in a text: whose it is, where, and whether the legal form beside it is that of the name."""

    subject: int
    text: str
    kind: str
    start: int
    end: int
    is_exact: bool
    #: Whether the text has a legal form beside it.
    has_form: bool


def names_within(texts: Mapping[str, Sequence[spelling.WordWithin]], space: str) -> dict[str, list[NameWithin]]:
    """By each text the names that stand in its words; of names within names only the longest."""
    wanted = {text: list(spelling.spans(within)) for text, within in texts.items()}
    keys = sorted({span.key for of_text in wanted.values() for span in of_text})
    held: dict[str, list[NameRow]] = {}
    for row in read_names(f"space = %s AND {among('squashed')} ORDER BY id", space, keys) if keys else ():
        held.setdefault(row.squashed, []).append(row)
    return {text: _longest(_named(texts[text], of_text, held)) for text, of_text in wanted.items()}


def _named(
    within: Sequence[spelling.WordWithin], wanted: Sequence[spelling.Span], held: Mapping[str, list[NameRow]]
) -> Iterator[NameWithin]:
    for span in wanted:
        if span.key not in held:
            continue
        text, end = spelling.with_form(within, span)
        has_form = end > span.end
        if not has_form and span.end - span.start == 1 and len(span.key) < _SHORTEST_ALONE:
            continue
        for row in held[span.key]:
            is_exact = same_name(text, row.text) == SearchMatch.EXACT
            yield NameWithin(row.subject, row.text, row.kind, span.start, end, is_exact, has_form)


def _longest(found: Iterator[NameWithin]) -> list[NameWithin]:
    named = list(found)
    return [one for one in named if not any(_is_inside(one, other) for other in named)]


def _is_inside(one: NameWithin, other: NameWithin) -> bool:
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start


def contacts_of(texts: Collection[str], space: str) -> dict[str, list[SearchHit]]:
    """By each text that is the number of a company, a telephone, an address: who has it; in one statement for all of them."""
    wanted = {text: clues.typed(text) for text in texts}
    keys = {key for found in wanted.values() for _kind, key in found}
    held = hits_by_clue(keys, space) if keys else {}
    return {text: [hit for clue in found for hit in held.get(clue, ())] for text, found in wanted.items()}
