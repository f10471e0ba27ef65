"""An upgrade that fails leaves the release of before startable from the copy in one command, whenever it fails; and can be tried again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.architecture.source import ROOT
from tests.upgrades.installed import Installation
from tests.upgrades.test_upgrades import SERVER, a_database
from tests.upgrades.unpacked import archives, unpack

pytestmark = [pytest.mark.once, pytest.mark.both]

AN_AUDITOR = "from registry.accounts.models import User; print(User.objects.get(email__startswith='auditor@').email)"
LOST = "Events of the trail were lost"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    """The oldest release of which there is a database, stopped to be upgraded."""
    archive = archives(on_postgresql=bool(SERVER))[0]
    with a_database(archive) as database:
        before = unpack(archive, tmp_path / "var", database)
        if subprocess.run(["git", "cat-file", "-e", before.commit], cwd=ROOT, check=False).returncode:
            pytest.skip(f"this clone does not have {before.commit}")
        place = Installation(tmp_path / "machine", commit=before.commit, var=tmp_path / "var", database=database)
        place.run("systemctl", "stop", "registry", "registry-worker")
        yield place


def test_one_command_goes_back_whenever_an_upgrade_fails(there: Installation) -> None:
    """Each attempt but the first is on the database that was gone back to."""
    was = there.run("deploy/manage", "verify_trail", place=there.before)
    copy = there.keep()

    there.killed_at(": migrations", seconds=4)
    with pytest.raises(AssertionError):
        there.run("deploy/manage", "migrate", "--check")  # in the middle of them
    goes_back(there, copy, was)

    there.killed_at(": versions of packs")
    goes_back(there, copy, was)

    assert LOST not in there.run("deploy/manage", "set_up")
    there.run("deploy/switch", "after")
    goes_back(there, copy, was)

    assert LOST in there.run("deploy/manage", "set_up"), "the later release has run, and people may have worked with it"
    assert there.run("deploy/manage", "verify_trail").startswith("Whole: ")
    by = there.run("deploy/manage", "shell", "--no-imports", "--command", AN_AUDITOR).strip()
    there.run("deploy/manage", "accept_database", "--by", by, "--because", "Went back to the copy.")
    assert LOST not in there.run("deploy/manage", "set_up")


def goes_back(there: Installation, copy: Path, was: str) -> None:
    there.run("deploy/switch", "back", str(copy))

    assert (there.root / "current").resolve() == there.before
    assert there.run("deploy/manage", "verify_trail", place=there.before) == was
    with there.serving() as address:
        for path in ("/health/ready", "/check/?q=Salt", "/account/login/"):
            assert urlopen(f"{address}{path}", timeout=30).status == 200
    there.run("systemctl", "stop", "registry", "registry-worker")
