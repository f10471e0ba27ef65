"""Real names of published premises, misspelt by rules that are not the index's own: found, the same on both engines, and never a false yes."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest

from registry import names, signing
from registry import search as index
from registry.search import SearchHit, SearchMatch
from tests.benchmarks import questions
from tests.benchmarks.search import is_right, negatives, premises_names

pytestmark = pytest.mark.django_db

#: Of the first five answers to the questions of each kind. Both engines must give the same. When searching is changed on
#: purpose, the failure shows the new ones.
FIRST_FIVE = {
    "as registered": "8784fa00c6c5",
    "in capitals": "d560930ce4c0",
    "accents dropped": "dcb9c8c06ef4",
    "another legal form": "9a11d0f268cd",
    "a neighbouring key": "1e6161dedee5",
    "a letter left out": "e3a37eeabfcf",
    "a letter twice": "12b2e0240040",
    "a key too many": "0efe86949228",
    "letters exchanged": "012b34d3347c",
    "a slip in two words": "a023c103b377",
    "misread by a scanner": "4327e820f596",
    "dictated": "a982a040af7d",
    "by a Polish ear": "e816cc5a59ec",
    "by a Romanian ear": "28682fe0ba96",
    "by a Lithuanian ear": "f8399642bfdb",
    "in Bulgarian letters": "130b6410b4f8",
    "in Ukrainian letters": "0034a34ec6c9",
    "in Nepali letters": "58dca49c4822",
    "ending missing": "5a7353ac87ff",
    "a word missing": "15b913d80c59",
    "words exchanged": "47f415cf5174",
    "words run together": "3c593418ac32",
    "a word torn apart": "10667415000b",
    "& or and": "3ee29c18f73a",
}


@pytest.fixture
def known() -> list[str]:
    known = premises_names()[::8]
    index.add_many(index.PUBLIC, ((number, [("legal", name)]) for number, name in enumerate(known, 1)))
    return known


def test_misspelt_names_are_found_in_the_first_five_and_alike_on_both_engines(known: list[str]) -> None:
    answers: dict[str, list[list[str]]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    for question in questions.ask(known, 240, seed=5):
        first = [found.text for found in _by_name(question.text)][:5]
        answers[question.kind].append(first)
        right[question.kind].append(any(is_right(question, name) for name in first))

    assert {kind: signing.digest(given)[:12] for kind, given in answers.items()} == FIRST_FIVE
    assert sum(map(sum, right.values())) >= 0.985 * 240
    assert [kind for kind, found in right.items() if sum(found) < 0.9 * len(found)] == []


def test_no_name_that_nobody_has_is_ever_said_to_be_somebodys(known: list[str]) -> None:
    for name in negatives(known, 200, seed=5):
        assert not any(found.how in (SearchMatch.NUMBER, SearchMatch.EXACT) for found in _by_name(name)), name


def test_every_name_is_found_exactly_as_it_is_written(known: list[str]) -> None:
    for name in Random(5).sample(known, 30):
        first = next(_by_name(name))
        assert first.how == SearchMatch.EXACT
        assert names.squash(first.text) == names.squash(name)


def _by_name(text: str) -> Iterator[SearchHit]:
    return (found for found in index.find(text, index.PUBLIC) if found.how != SearchMatch.PLACE)
