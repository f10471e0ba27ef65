"""The README is short, and every file that a document points at exists."""

import re

from tests.architecture.source import ROOT

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "node_modules" not in path.parts),
]
MOST_LINES = 120
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def missing(text: str, base: str = "") -> list[str]:
    """Paths in backticks, from the root of the project, and links, from the document's own folder, that lead nowhere."""
    tops = {path.name for path in ROOT.iterdir()} - {"var", ".venv"}
    paths = [path for path in PATH.findall(text) if path.split("/")[0] in tops]
    links = [link for link in LINK.findall(text) if not (ROOT / base / link).exists()]
    return [path for path in paths if not list(ROOT.glob(path.rstrip("/")))] + links


def test_every_file_that_is_pointed_at_is_there() -> None:
    found = {
        str(path.relative_to(ROOT)): gone
        for path in DOCUMENTS
        if (gone := missing(path.read_text(), str(path.parent.relative_to(ROOT))))
    }

    assert found == {}


def test_a_planted_wrong_path_is_found() -> None:
    text = "| see it | `registry/nowhere.py` | and ![picture](docs/nowhere.png) | `registry/licences/states.py` |"

    assert missing(text) == ["registry/nowhere.py", "docs/nowhere.png"]


def test_the_front_door_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= MOST_LINES


def test_every_document_is_reached_from_the_readme() -> None:
    """By links from page to page; records are reached by their index."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [(page.parent / link).resolve() for link in LINK.findall(page.read_text())]

    assert sorted(str(path.relative_to(ROOT)) for path in set(DOCUMENTS) - reached) == []
