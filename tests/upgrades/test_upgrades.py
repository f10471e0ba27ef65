"""A loaded database of each older release, upgraded: nothing is lost, no page fails, and no one gets a letter about the past.

The oldest and the newest are upgraded each time, and of those between another for each state of the product; half of the pages is opened
on SQLite and the other half on PostgreSQL. `script/test whole` takes all.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.in_part import in_part
from tests.upgrades.make import environment
from tests.upgrades.unpacked import archives, unpack

pytestmark = [pytest.mark.once, pytest.mark.both]

#: Where the tests run on PostgreSQL, so do the upgrades.
SERVER = url if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres") else ""

#: Megabytes of one archive, which everyone fetches who clones the repository.
LARGEST = 3
#: What the clock writes on every day, upgrade or not: to staff about their work of today, and about days that are near.
OF_THE_DAY = {
    "Your tasks that are due today",
    "Dates that have passed",
    "Checks still wait for your reply",
    "An urgent task waits for you",
    "A report is overdue",
    "Reminder: we need something from you",
    "What your business must do",
}
#: Seconds of a processor. Of PostgreSQL, which has one of its own, nothing is counted.
UPGRADES_WITHIN, OPENS_WITHIN = 90, 120
#: Fewer migrations than these may all end between two lines about what is being done.
SOON_DONE = 7
CONFIRMED = "Signed record confirmed. This paper was made before we sealed papers: compare it with what is below."
GENUINE = "Genuine"


def chosen() -> list[Path]:
    oldest, *between = archives(on_postgresql=bool(SERVER))
    newest = between[-1:]
    return [
        oldest,
        *(in_part(between[:-1], of=len(between), named=lambda path: path.name) if between[:-1] else []),
        *newest,
    ]


@pytest.mark.parametrize("archive", chosen(), ids=lambda path: path.name.partition(".")[0])
def test_an_upgrade_loses_nothing(archive: Path, tmp_path: Path) -> None:
    """One test, as the upgrade takes longer than all that is asked of it."""
    found = upgraded(archive, tmp_path)

    assert found["failed"] == [], "set_up, the checks, the trail and the worker find nothing wrong"
    begins = re.match(r"About \d+ seconds: (\d+) migrations, [\d,]+ rows\. ", found["set_up"])
    assert begins, "said before it begins"
    assert int(begins[1]) == found["lacked"]
    said = re.findall(r"^    migration (\d+) of (\d+), \w+\.\w+, for \d+ s$", found["set_up"], re.MULTILINE)
    assert said or found["lacked"] < SOON_DONE, "and where it is"
    assert all(0 < int(one) <= int(of) == found["lacked"] for one, of in said)
    assert found["verify_trail"].startswith("Whole: ")
    assert found["errors"] == [], "every case, letter and page opens, for every role"
    assert len(found["opened"]) > 1000, "a walk that opens little shows nothing"
    closed = [address for address in found["not_opened"] if not address.startswith("/staff/letters/")]
    assert len(closed) == found["drafts"], "only drafts are not for the staff, and every entry is for the public"
    assert set(found["letters"]) <= OF_THE_DAY, "no letter is written about the past"
    assert found["missed_before"] == [], "nor of what was missed before the upgrade"
    assert [one for one in found["letters"] if one not in found["run_due dry_run"]] == [], (
        "and all could be read before"
    )
    assert set(found["papers"]) == {"certificate.pdf", "letter.pdf", "proof.pdf", "proof.json"}
    for name, heading in found["papers"].items():
        assert heading.startswith((CONFIRMED, GENUINE)), name
    opens = {"pages", "papers"}
    assert sum(taken for step, taken in found["seconds"].items() if step not in opens) < UPGRADES_WITHIN
    assert sum(found["seconds"][step] for step in opens) < OPENS_WITHIN


def upgraded(archive: Path, folder: Path) -> dict[str, Any]:
    """What was found at the steps of one upgrade, made by a process of its own as on a server."""
    with a_database(archive) as database:
        before = unpack(archive, folder, database)
        command = [sys.executable, "-m", "tests.upgrades", str(folder), before.upgraded_at.isoformat()]
        environs = environment(folder, database)
        done = subprocess.run(command, cwd=ROOT, env=environs, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


@contextmanager
def a_database(archive: Path) -> Iterator[str]:
    """An empty one of its own on PostgreSQL; nothing on SQLite, where it is a file."""
    if not SERVER:
        yield ""
        return
    name = f"upgrade_{archive.name.partition('.')[0]}_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.parametrize("archive", [*archives(), *archives(on_postgresql=True)], ids=lambda path: path.name)
def test_an_archive_is_small(archive: Path) -> None:
    assert archive.stat().st_size <= LARGEST * 2**20
