"""What the README and the documents point at is there."""

import re

from tests.architecture.source import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "node_modules" not in path.parts),
]
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
    text = "| see it | `registry/nowhere.py` | and ![picture](docs/nowhere.png) | `registry/states.py` |"

    assert missing(text) == ["registry/nowhere.py", "docs/nowhere.png"]
