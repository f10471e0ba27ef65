"""Draws docs/security/asvs.md from docs/security/asvs.toml: `python -m script.asvs`."""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "security"
NUMBERS = FOLDER / "asvs-numbers.toml"
SOURCE = FOLDER / "asvs.toml"
DOCUMENT = FOLDER / "asvs.md"
MET, NOT_MET, NOT_OURS = "met", "not met", "does not apply"
HEAD = """\
<!-- Made from asvs.toml by python -m script.asvs. -->

# The OWASP verification standard, level 2

Each requirement of levels 1 and 2 of the OWASP Application Security Verification Standard (ASVS) {version}, by its number, with our answer and
the evidence. The exact words are in the standard itself: what is said here is a summary of our own. The numbers and levels are
those of {source}, read on {read_on}.

A team member reviewed the code on {reviewed_on}. No one from outside has verified it. The answers are facts in `docs/security/asvs.toml`; a test
(`tests/config/test_asvs.py`) checks that every number has an answer and that all evidence exists.
Evidence is a test (`file::name`) where there is one, and otherwise the file or setting that does it. Ways to sign in, sessions, keys,
levels of data and logs are described in [controls](controls.md).
"""


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def levels() -> dict[str, int]:
    """Every number of levels 1 and 2, and its level."""
    listed = read(NUMBERS)
    return {number: level for level in (1, 2) for number in listed[f"level_{level}"].split()}


def requirements() -> list[dict[str, Any]]:
    """The answers, in the order of their numbers."""
    found: list[dict[str, Any]] = read(SOURCE)["requirement"]
    return sorted(found, key=lambda one: [int(part) for part in one["number"].split(".")])


def document() -> str:
    """The whole of docs/security/asvs.md."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    numbers, answered = read(NUMBERS), requirements()
    yield HEAD.format(reviewed_on=read(SOURCE)["reviewed_on"], **numbers["standard"])
    yield from _summary(answered)
    yield "## Not met today\n"
    yield from _table([one for one in answered if one["answer"] == NOT_MET], last="why")
    for chapter, title in numbers["chapters"].items():
        yield f"\n## {chapter}. {title}\n"
        yield from _table([one for one in answered if one["number"].split(".")[0] == chapter], last="evidence")
    yield ""


def _summary(answered: list[dict[str, Any]]) -> Iterator[str]:
    yield f"| level | {MET} | {NOT_MET} | {NOT_OURS} |"
    yield "|---|---|---|---|"
    for level in (1, 2):
        counted = Counter(one["answer"] for one in answered if one["level"] == level)
        yield f"| {level} | {counted[MET]} | {counted[NOT_MET]} | {counted[NOT_OURS]} |"
    yield ""


def _table(rows: list[dict[str, Any]], *, last: str) -> Iterator[str]:
    """Without evidence where every answer is the same."""
    cells = ("number", "level", "said") if last == "why" else ("number", "level", "said", "answer")
    heads = ("no.", "level", "what is asked", "answer")[: len(cells)]
    yield f"| {' | '.join((*heads, last))} |"
    yield "|---" * (len(cells) + 1) + "|"
    for one in rows:
        proof = "" if last == "why" else ", ".join(f"`{path}`" for path in one.get("evidence", []))
        told = "; ".join(part for part in (one.get("note", ""), proof) if part)
        yield f"| {' | '.join((*(str(one[cell]) for cell in cells), told))} |"


def main() -> int:
    DOCUMENT.write_text(document(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
