"""The whole demonstration of an older release, upgraded, and 400 questions before and after:
`python -m tests.benchmarks.upgrade_of_all COMMIT [--postgresql] [--kept FOLDER]`.

The data is made by the code of that commit, which takes some minutes; `--kept` is a folder where it stays, to be upgraded again. What is
answered otherwise is printed: another status, a reference or a day that is not on the page any more, another standing. What is on a page
besides is no difference: a later release shows more. It fails if one is on a page that docs/upgrading.md does not name under "What reads
otherwise".
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.architecture.source import ROOT
from tests.serving import postgres
from tests.upgrades import questions
from tests.upgrades.make import FULL, Release, environment
from tests.upgrades.unpacked import load_rows

ASKED = "questions.json"


def make(release: Release) -> None:
    release.fetch()
    release.load(FULL)
    release.run(questions.__file__, str(release.folder / ASKED))
    (release.folder / "dump.sql").write_text(release.dump())
    shutil.rmtree(release.code)


def upgrade(kept: Path, folder: Path, database: str) -> dict[str, Any]:
    """On a copy; what was found at each step, and the answers of before and after."""
    shutil.copytree(kept, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("registry.sqlite3*"))
    load_rows(folder, database)
    environs = environment(folder, database)
    command = [sys.executable, "-m", "tests.upgrades", str(folder), datetime.now(UTC).isoformat(), "briefly"]
    done = subprocess.run(command, cwd=ROOT, env=environs, stdout=subprocess.PIPE, text=True, check=True)
    found = dict(json.loads(done.stdout))
    asked = [sys.executable, questions.__file__, str(folder / ASKED)]
    subprocess.run(asked, cwd=ROOT, env=environs, stderr=subprocess.DEVNULL, check=True)
    found["asked"] = json.loads((folder / ASKED).read_text())
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    kind: str
    person: str
    address: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.person or 'public'} {self.address}: {self.what}"


def differences(asked: list[dict[str, Any]]) -> Iterator[Difference]:
    for one in asked:
        before, after = one["answers"]
        where = one["person"], one["address"]
        if before["status"] != after["status"]:
            yield Difference("status", *where, f"{before['status']}, then {after['status']}")
            continue
        for kind in ("about", "standing"):
            if gone := sorted({*before.get(kind, ())} - {*after.get(kind, ())}):
                besides = sorted({*after[kind]} - {*before[kind]})
                yield Difference(kind, *where, f"without {', '.join(gone)}; with {', '.join(besides)}")


def pages_named(page: str) -> list[str]:
    """The addresses of the table in docs/upgrading.md, `*` for any part."""
    table = page.partition("## What reads otherwise")[2].partition("\n## ")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    return [address for row in rows for address in re.findall(r"`([^`]+)`", row)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.upgrade_of_all", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, which is started")
    parser.add_argument("--kept", type=Path, help="where the data of before stays")
    options = parser.parse_args()
    with ExitStack() as open_ones:
        scratch = Path(open_ones.enter_context(tempfile.TemporaryDirectory(prefix="registry-upgrades-")))
        kept = options.kept or scratch / "kept"
        database = ""
        if options.postgresql:
            database = open_ones.enter_context(postgres.a_primary()).url
        if not (kept / "dump.sql").exists():
            make(Release(options.commit, kept, database))
            if database:
                database = open_ones.enter_context(postgres.a_primary()).url
        return _print(upgrade(kept, scratch / "upgraded", database))


def _print(found: dict[str, Any]) -> int:
    """How many differences are not named, and steps that failed."""
    for name in ("set_up", "seconds", "by_clock", "megabytes", "failed", "verify_trail", "letters", "papers"):
        print(f"{name}: {found[name]}")
    others = list(differences(found["asked"]))
    statuses = Counter(one["answers"][0]["status"] for one in found["asked"])
    kinds = Counter(one.kind for one in others)
    print(f"{len(found['asked'])} questions, answered before with {dict(statuses)}; others: {dict(kinds)}")
    named = pages_named((ROOT / "docs/upgrading.md").read_text())
    unnamed = [one for one in others if not any(fnmatch(one.address.partition("?")[0], page) for page in named)]
    for one in others:
        print(f"  {one}{' (not named)' if one in unnamed else ''}")
    print(f"{len(unnamed)} on pages that docs/upgrading.md does not name")
    return len(unnamed) + len(found["failed"])


if __name__ == "__main__":
    sys.exit(min(main(), 1))
