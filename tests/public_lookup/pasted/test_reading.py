"""What people paste is read: the right business or the right refusal, and never "licensed" of another."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from public_lookup.lookup.queries.findings import Findings, search
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.queries.pasted import near_matches
from public_lookup.lookup.queries.rows import BORROWED, LookupRow
from tests.conftest import NOW
from tests.public_lookup.pasted import made
from tests.public_lookup.pasted.world import PastedText, files, texts, the_register
from tests.public_lookup.stories import Statements

pytestmark = pytest.mark.django_db

#: Of each half so many are right at least; an offer is one of the first few. The second half was written by someone who has seen
#: neither the code nor the first.
RIGHT = 0.97
FIRST = 5
#: Of texts made by chance; 10,000 of several seeds were tried once with none wrong.
MADE = 1_500
#: Of any text, however long.
MOST_STATEMENTS = 20
MOST_OF_A_ROW = 9


def ask(text: str) -> Findings:
    return search({"q": text}, at=NOW).found(20, beside=5, hints=5)


def numbers(rows: Sequence[LookupRow]) -> list[str]:
    return [row.entry.number for row in rows]


def is_right(one: PastedText, found: Findings) -> bool:
    answered = numbers(found.exact)
    offered = numbers([row for row in found.rows if not row.exact])
    if one.kind == "answer":
        return answered == [*one.numbers] or (not answered and offered[:1] == [*one.numbers])
    if one.kind == "offer":
        return not answered and set(one.numbers) <= set(offered[:FIRST])
    if one.kind == "borrowed":
        return not answered and {row.entry.number for row in found.rows if row.why in BORROWED} == set(one.numbers)
    return not answered


def is_wrong_licensed(one: PastedText, found: Findings) -> bool:
    """Whether "licensed" is the answer about a business that is not the one that the text is about."""
    return any(row.entry.is_licensed and [row.entry.number] != [*one.numbers] for row in found.exact)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_most_texts_are_read_right_and_none_is_wrongly_licensed(file: Path) -> None:
    the_register()
    found = [(one, ask(one.text)) for one in texts(file)]

    assert [one.text for one, answer in found if is_wrong_licensed(one, answer)] == []
    wrong = [(one.text, one.kind, one.numbers) for one, answer in found if not is_right(one, answer)]
    assert len(wrong) <= round((1 - RIGHT) * len(found)), wrong


def test_no_text_made_by_chance_is_wrongly_licensed() -> None:
    the_register()

    wrong = [
        text
        for text, about in made.texts(MADE, seed=36)
        if any(row.entry.is_licensed and row.entry.number != about for row in ask(text).exact)
    ]
    assert wrong == []


def test_a_row_of_a_list_is_looked_up_once() -> None:
    """A client may ask 2,000 rows a minute: more for each would be more than its part of a processor."""
    the_register()
    rows = [f"Nonesuch{nth} Fields Picking, Luton, since May" for nth in range(20)]

    counted = Statements()
    with connection.execute_wrapper(counted):
        near_matches(rows, on_register(NOW), timezone.localdate(NOW))
    assert counted.count <= MOST_OF_A_ROW * len(rows)


@pytest.mark.parametrize(
    "text", ["LUKO0001 " * 33, "a b c " * 50, "Lukowski Labour " * 18, "MAAR0001 07700 900113 x@y.example " * 9]
)
def test_what_is_asked_of_the_database_does_not_grow_with_the_text(text: str) -> None:
    the_register()

    counted = Statements()
    with connection.execute_wrapper(counted):
        ask(text[:300])
    assert counted.count <= MOST_STATEMENTS
