"""Flips single bits of a proof of check, and counts the changed papers that are taken for genuine.

    python -m tests.benchmarks.flips                    1,000 flips
    python -m tests.benchmarks.flips --seed 7 --flips 5000

Every second flip is within a stream (pages, fonts, pictures, the attached record), the others anywhere in the file. Each changed
paper is judged twice: as the page /verify/file/ does, and by docs/verify.py.
"""

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from public_lookup.receipts import actions as receipts
from public_lookup.receipts import letters
from public_lookup.receipts.queries import documents
from public_lookup.receipts.queries.receipts import RecordVerdict, judge_file
from registry import signing

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "verify.py"


def run_offline(keys: Path, *things: Path) -> tuple[int, str]:
    """docs/verify.py as somebody runs it who has nothing but Python."""
    command = [sys.executable, "-I", "-S", SCRIPT, "--keys", keys, *things]
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def count_missed(proof: bytes, keys: Path, *, flips: int, seed: int) -> int:
    """How many of the changed papers either of the two calls genuine."""
    script, random = _script(), Random(seed)
    public, pages = script.read_keys(keys), _content_of_pages(proof)
    missed = 0
    for number in range(flips):
        at = random.choice(pages) if number % 2 else random.randrange(len(proof))
        changed = proof[:at] + bytes([proof[at] ^ 1 << random.randrange(8)]) + proof[at + 1 :]
        missed += _is_genuine_offline(script, changed, public, keys.parent) or _is_genuine_here(changed)
    return missed


def _content_of_pages(proof: bytes) -> list[int]:
    """The places of the bytes of all streams: pages, fonts, pictures and the attached record."""
    streams = [found.span(1) for found in re.finditer(rb"(?s)stream\r?\n(.*?)\r?\nendstream", proof)]
    return [place for start, end in streams for place in range(start, end)]


def _is_genuine_here(content: bytes) -> bool:
    sealed = documents.sealed_in(content)
    return sealed is not None and judge_file(sealed, content).verdict is RecordVerdict.GENUINE


def _is_genuine_offline(script: ModuleType, content: bytes, keys: Any, folder: Path) -> bool:
    paper = folder / "flipped.pdf"
    paper.write_bytes(content)
    try:
        script.verify(str(paper), keys)
    except (script.NotGenuine, script.Unreadable):
        return False
    return True


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def main(arguments: Sequence[str]) -> int:
    from tests.conftest import NOW  # noqa: PLC0415
    from tests.public_lookup.stories import a_holder  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.flips")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=15)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings.VAR_DIR = Path(folder)
        for command in ("migrate", "sync_roles"):
            call_command(command, verbosity=0)
        receipt = receipts.take(a_holder("Harvest Hands Ltd").number, as_at=NOW, by=None, at=NOW)
        proof = letters.proof(receipt, language="en-gb")
        keys = Path(folder) / "jwks.json"
        keys.write_text(json.dumps(signing.key_set(settings.SIGNING_KEY)))
        missed = count_missed(proof, keys, flips=given.flips, seed=given.seed)
    print(f"{connection.vendor}, a proof of {len(proof):,} bytes, seed {given.seed}: ", end="")
    print(f"{given.flips:,} flips, {missed} taken for genuine")
    return missed


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
