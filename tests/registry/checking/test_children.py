"""A program that reads the bytes of a stranger is stopped when it asks too much, and nothing else is."""

from pathlib import Path

import pytest

from registry.checking import children
from registry.checking.children import NotTaken, answer_of

READS = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
SAYS_WHY = "import sys; sys.stdout.write('damaged'); sys.exit(10)"
BREAKS = "import os; os.abort()"
NEVER_ENDS = "import time; time.sleep(60)"


def program(folder: Path, text: str) -> Path:
    file = folder / "program.py"
    file.write_text(text)
    return file


def test_what_it_writes_is_the_answer(tmp_path: Path) -> None:
    assert answer_of(program(tmp_path, READS), content=b"abc") == b"cba"


@pytest.mark.parametrize(("text", "why"), [(SAYS_WHY, "damaged"), (BREAKS, "too_much"), (NEVER_ENDS, "too_much")])
def test_it_says_why_or_it_was_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str) -> None:
    monkeypatch.setattr(children, "SECONDS", 0.5 if text is NEVER_ENDS else children.SECONDS)

    with pytest.raises(NotTaken) as refused:
        answer_of(program(tmp_path, text), content=b"x" * 1_000_000)

    assert refused.value.code == why
