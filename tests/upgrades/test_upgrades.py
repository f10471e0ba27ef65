"""A loaded database of each older release, upgraded: nothing is lost, no page fails, and no one gets a letter about the past.

The oldest and the newest are upgraded each time, and of those between another for each state of the product; `script/test whole` takes all.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT
from tests.in_part import in_part
from tests.upgrades.make import environment
from tests.upgrades.unpacked import archives, unpack

pytestmark = pytest.mark.once

#: Megabytes of one archive, which everyone fetches who clones the repository.
LARGEST = 3
#: What the clock writes on every day, upgrade or not: to staff about their work of today, and about days that are near.
OF_THE_DAY = {
    "Your tasks that are due today",
    "An urgent task waits for you",
    "A report is overdue",
    "Reminder: we need something from you",
    "What your business must do",
    # Reasons of decisions are published since 0.2.0; who follows the entry is told.
    "Something changed on the register",
}
CONFIRMED = "Signed record confirmed. This paper was made before we sealed papers: compare it with what is below."
GENUINE = "Genuine"


def chosen() -> list[Path]:
    oldest, *between = archives()
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
    assert found["verify_trail"].startswith("Whole: ")
    assert found["errors"] == [], "every case, letter and page opens, for every role"
    assert len(found["opened"]) > 1000, "a walk that opens little shows nothing"
    closed = [address for address in found["not_opened"] if not address.startswith("/staff/letters/")]
    assert len(closed) == found["drafts"], "only drafts are not for the staff, and every entry is for the public"
    assert set(found["letters"]) <= OF_THE_DAY, "no letter is written about the past"
    assert set(found["papers"]) == {"certificate.pdf", "letter.pdf", "proof.pdf", "proof.json"}
    for name, heading in found["papers"].items():
        assert heading.startswith((CONFIRMED, GENUINE)), name


def upgraded(archive: Path, folder: Path) -> dict[str, Any]:
    """What was found at the steps of one upgrade, made by a process of its own as on a server."""
    before = unpack(archive, folder)
    command = [sys.executable, "-m", "tests.upgrades", str(folder), before.upgraded_at.isoformat()]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("archive", archives(), ids=lambda path: path.name)
def test_an_archive_is_small(archive: Path) -> None:
    assert archive.stat().st_size <= LARGEST * 2**20
