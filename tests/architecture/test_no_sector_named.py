"""No Python of the product names a sector: not by a code, not by the name of a scheme, and by no word of their titles.

The words are taken from the packs, so a new pack brings its own. A docstring may cite the law, which names what it likes.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from registry import schemes
from tests.architecture import guards
from tests.architecture.source import Source, product

WORD = re.compile(r"[a-z]{4,}")
# In the titles of sectors, and words that any program may need.
ORDINARY = frozenset(
    {"clearing", "growing", "homes", "keeping", "market", "offices", "other", "power", "processing", "produce"}
    | {"products", "public", "repair", "sites", "work"}
)
SECTOR_WORDS_AT_LEAST = 40


def words_of_sectors() -> frozenset[str]:
    """Every word in the titles and codes of the sectors and activities of every version of every pack."""
    packs = [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]
    named: list[Any] = [one for pack in packs for sector in pack.sectors for one in (sector, *sector.activities)]
    texts = [*(f"{one.code} {one.title}" for one in named), *schemes.names()]
    return frozenset(word for text in texts for word in WORD.findall(text.lower().replace("_", " "))) - ORDINARY


def named_in(sources: Iterable[Source]) -> Iterator[str]:
    nouns = words_of_sectors()
    for source in sources:
        if not source.path.startswith(("config/demo/", "config/settings.py")):
            docstrings = guards._docstrings(source)
            for node in ast.walk(source.tree):
                said = set() if id(node) in docstrings else set(WORD.findall(guards._word(node)))
                yield from (source.at(node, f"names {noun}") for noun in sorted(said & nouns))


def test_the_packs_bring_the_words() -> None:
    words = words_of_sectors()

    assert {"shellfish", "orchard", "construction", "scaffolding", "demolition"} <= words
    assert len(words) >= SECTOR_WORDS_AT_LEAST


def test_no_python_of_the_product_names_a_sector_or_a_scheme() -> None:
    assert list(named_in(product())) == []
    assert list(guards.no_sector_is_named(product())) == []


@pytest.mark.parametrize(
    "text",
    [
        'if "scaffolding" in facts["sectors"]: pass',
        "def orchard_rules() -> None: ...",
        'SCHEME = "construction"',
        'WHY = "Not for shellfish."',
    ],
)
def test_a_named_sector_is_found(text: str) -> None:
    assert len(list(named_in([Source("licensing/rules/planted.py", text)]))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/demo/planted.py", 'SCHEME = "construction"'),
        ("licensing/rules/planted.py", '"""The law names shellfish: Act, s.3."""'),
        ("licensing/rules/planted.py", 'WHY = "Other public work."'),
    ],
)
def test_what_may_be_said_is_not_found(path: str, text: str) -> None:
    assert list(named_in([Source(path, text)])) == []
