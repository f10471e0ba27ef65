"""No Python and no template of the product names a sector: not by a code, not by the name of a scheme, and by no word of

their titles; nor a question that only some schemes ask, nor a standard. The words are taken from the packs, so a new pack
brings its own. A docstring may cite the law, which names what it likes.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from registry import schemes
from registry.schemes import Scheme
from tests.architecture import guards
from tests.architecture.source import APPS, ROOT, Source, product

DEMO = "config/demo/"
TAG = re.compile(r"\{[{%](.*?)[%}]\}")
WORD = re.compile(r"[a-z]{4,}")
# In the titles of sectors, and words that any program may need.
ORDINARY = frozenset(
    {"clearing", "growing", "homes", "keeping", "market", "offices", "other", "power", "processing", "produce"}
    | {"products", "public", "repair", "sites", "trades", "work"}
)
SECTOR_WORDS_AT_LEAST = 40


def packs() -> list[Scheme]:
    return [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]


@cache
def words_of_sectors() -> frozenset[str]:
    """Every word in the titles and codes of the sectors and activities of every version of every pack."""
    named: list[Any] = [one for pack in packs() for sector in pack.sectors for one in (sector, *sector.activities)]
    texts = [*(f"{one.code} {one.title}" for one in named), *schemes.names()]
    return frozenset(word for text in texts for word in WORD.findall(text.lower().replace("_", " "))) - ORDINARY


@cache
def own_facts() -> frozenset[str]:
    """The keys of the questions that some schemes ask and others do not."""
    asked = [pack.form.facts() for pack in packs()]
    return frozenset().union(*asked) - frozenset.intersection(*asked)


def standards() -> frozenset[str]:
    return frozenset(standard.code for pack in packs() for standard in pack.standards)


def named_in(sources: Iterable[Source]) -> Iterator[str]:
    nouns, exact = words_of_sectors(), own_facts() | standards()
    for source in sources:
        if not source.path.startswith(DEMO):
            docstrings = guards._docstrings(source)
            for node in ast.walk(source.tree):
                said = "" if id(node) in docstrings else guards._word(node)
                if not said:
                    continue
                yield from (source.at(node, f"names {noun}") for noun in sorted(set(WORD.findall(said)) & nouns))
                if {said, said.upper()} & exact:
                    yield source.at(node, f"names {said}")


def named_in_template(path: str, text: str) -> Iterator[str]:
    """What stands in the tags of a template: its words between them are for people."""
    nouns = words_of_sectors() | own_facts()
    for tag in TAG.findall(text):
        yield from (f"{path}: names {noun}" for noun in sorted(set(re.findall(r"[a-z_]{4,}", tag.lower())) & nouns))


def test_the_packs_bring_the_words() -> None:
    words = words_of_sectors()

    assert {"shellfish", "orchard", "construction", "scaffolding", "demolition"} <= words
    assert len(words) >= SECTOR_WORDS_AT_LEAST


def test_no_python_of_the_product_names_a_sector_or_a_scheme() -> None:
    assert list(named_in(product())) == []


def test_no_template_of_the_product_asks_for_a_sector_a_scheme_or_a_question_of_one() -> None:
    templates = [path for app in APPS for path in (ROOT / app).rglob("templates/**/*.*")]

    assert len(templates) > 100
    assert [fault for path in templates for fault in named_in_template(path.name, path.read_text())] == []


@pytest.mark.parametrize(
    "text",
    [
        '{% if application.scheme == "construction" %}',
        "{{ facts.cards_checked }}",
        '{% if "shellfish" in licence.sectors %}',
    ],
)
def test_a_sector_named_in_a_template_is_found(text: str) -> None:
    assert len(list(named_in_template("planted.html", f"<p>Shellfish</p>{text}"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        'if facts["cards_checked"]: pass',
        "from licensing.rules import shellfish",
        "import licensing.rules as orchard",
        "async def demolition() -> None: ...",
        'if code == "7.1": pass',
        'if code == "C5": pass',
        'LONGEST = {"gla-food": 1}',
        "def gla_food(x: int) -> None: ...",
        'match scheme:\n    case "construction": pass',
        'NAME = b"shellfish"',
        'NAME = f"gla-{x}-shellfish"',
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
        ("licensing/rules/planted.py", 'if facts["accommodation"]: pass'),
    ],
)
def test_what_may_be_said_is_not_found(path: str, text: str) -> None:
    assert list(named_in([Source(path, text)])) == []
