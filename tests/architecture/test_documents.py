"""The documents agree with the code: keys that comments cite, terms in Welsh, the index of decisions, and plain words."""

import gettext
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT, product

pytestmark = pytest.mark.once

DOCS = ROOT / "docs"
RULES = DOCS / "rules.md"
CITED = re.compile(r"docs/rules\.md ((?:[GTC]\d+(?:, | and | to )?)+)")
KEY = re.compile(r"[GTC]\d+")
RECORD = re.compile(r"^\| (\d+) \| \[(.+)\]\((\d{4}-[\w-]+\.md)\) \| .+ \|$", re.MULTILINE)
RECORD_ROW = re.compile(r"^\| \d+ \| \[")
TITLE = re.compile(r"^# 0*(\d+)[.:]?\s+(.+)$")
#: A key of docs/bibliography.md: capitals and digits, as in BRIEF76 or FOI-ALC.
SOURCE = re.compile(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9.]*[A-Z0-9])*\b")
#: Capitals in the source of a pack that are no key.
NO_SOURCE = {"VAT", "PAYE", "UK", "GLA", "GLAA", "FWA", "HMRC", "NI", "SI", "DRAFT"}
BANNED = re.compile(
    r"\b(anew|whoever|whomever|whom|thereof|besides|stands|stood|somebody|nobody)\b"
    r"|\bby itself\b|\bby lot\b|\bthe lot fell\b|\bso (many|much)\b|\bwhat (comes|becomes) of\b|\bhangs? together\b"
    r"|\bput right\b|\bof (it|them)[.,;:)|]",
    re.IGNORECASE,
)
#: Written before the words were fixed. Take a file out of this list when it is rewritten; nothing may join it.
OLD_WORDS = {"docs/adding-a-sector.md", "docs/scheme-packs.md"}
#: Records before this one are history, in the words of their time.
FIRST_RECORD_IN_PLAIN_WORDS = 70


def keys_of(document: Path) -> set[str]:
    """What stands in the first column of the tables of a document."""
    return set(re.findall(r"^\| ([\w. -]+?) \|", document.read_text(), re.MULTILINE)) - {"key", "term"}


def cited(text: str) -> Iterator[str]:
    for keys in CITED.findall(text):
        yield from KEY.findall(keys)


def test_every_rule_that_the_code_cites_is_in_the_document() -> None:
    tests = (path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))
    files = [source.text for source in product()] + [path.read_text() for path in tests]
    found = {key for text in files for key in cited(text)}

    assert len(found) > 40
    assert found - keys_of(RULES) == set()


def test_no_comment_cites_a_paper_that_is_not_here() -> None:
    paper = re.compile(r"(?<!/)\b(?:trust|conventions|interfaces|product|house|formats)\.md\b")

    assert [source.path for source in product() if paper.search(source.text)] == []


def test_a_planted_rule_is_found_missing() -> None:
    assert set(cited("Refused (docs/rules.md G7, T99).")) - keys_of(RULES) == {"T99"}


def test_every_rule_has_its_number_once() -> None:
    rows = re.findall(r"^\| ([GTC]\d+) \|", RULES.read_text(), re.MULTILINE)

    assert len(rows) == len(set(rows))
    assert {f"G{number}" for number in range(1, 33)} | {f"T{number}" for number in range(1, 50)} <= set(rows)


def sources(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sources(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from sources(inner, key)
    elif key == "source":
        yield str(value)


def test_every_source_that_a_pack_cites_is_in_the_bibliography() -> None:
    packs = (ROOT / "registry" / "schemes" / "packs").rglob("*.toml")
    found = {
        key for path in packs for source in sources(tomllib.loads(path.read_text())) for key in SOURCE.findall(source)
    }

    assert len(found) > 50
    assert found - NO_SOURCE - keys_of(DOCS / "bibliography.md") == set()


def test_every_standard_that_the_code_cites_is_in_the_bibliography() -> None:
    found = {f"RFC {number}" for source in product() for number in re.findall(r"\bRFC (\d{4})\b", source.text)}

    assert found
    assert found - keys_of(DOCS / "bibliography.md") == set()


def test_every_term_is_said_in_welsh_as_the_pages_say_it() -> None:
    with (ROOT / "config" / "locale" / "cy" / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        welsh = gettext.GNUTranslations(compiled)
    rows = re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    terms = {english: cymraeg for english, cymraeg in rows if english not in {"term", "---"}}

    assert len(terms) > 70
    assert {english: welsh.gettext(english) for english in terms} == terms


def test_every_decision_is_in_the_index_with_its_title() -> None:
    records = {}
    for path in sorted((DOCS / "decisions").glob("0*.md")):
        title = TITLE.match(path.read_text().splitlines()[0])
        assert title, path.name
        assert int(title[1]) == int(path.name[:4]), path.name
        records[path.name] = (title[1], title[2])

    index = (DOCS / "decisions" / "README.md").read_text()
    found = {name: (number, title) for number, title, name in RECORD.findall(index)}
    rows = [
        f"| {number} | [{title}]({name}) | in force |" for name, (number, title) in records.items() if name not in found
    ]
    assert found == records, "\n".join(["add to docs/decisions/README.md:", *rows])


def documents() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield from DOCS.rglob("*.md")


def is_in_old_words(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    record = re.match(r"docs/decisions/(\d{4})-", name)
    return name in OLD_WORDS or bool(record and int(record[1]) < FIRST_RECORD_IN_PLAIN_WORDS)


def banned(text: str) -> list[str]:
    """Banned words of a text. Code, file names and rows of the index of decisions are quotations."""
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    return [match[0] for line in text.splitlines() if not RECORD_ROW.match(line) for match in BANNED.finditer(line)]


def test_no_document_uses_a_word_that_readers_trip_over() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in documents()
        if not is_in_old_words(path) and (words := banned(path.read_text()))
    }

    assert found == {}


def test_a_planted_word_is_found() -> None:
    assert banned("Whoever stands here puts nobody out of it.") == ["Whoever", "stands", "nobody", "of it."]
    assert banned("`whoever` in code, and [a link](0044-whom-to-visit.md)") == []
