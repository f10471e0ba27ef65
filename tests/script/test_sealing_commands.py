"""The key that seals is changed by the very commands of docs/operations.md, with the settings of an installation."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import templates
from tests.script.test_switch import Machine

pytestmark = pytest.mark.once

SECTION = (templates.ROOT / "docs/operations.md").read_text().split("## Keys that seal\n")[1].split("\n## ")[0]
TO_A_NEW_KEY, AWAY_FROM_THE_OTHERS = re.findall(r"^```\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)
ADDRESS, SECRET = "mair@authority.test", "JBSWY3DPEHPK3PXP"
#: The first administrator has let herself in with an app; then what is kept of its secret.
PREPARE = f"""
from allauth.mfa.totp.internal.auth import TOTP
from registry.accounts.models import User
mair = User.objects.get(email="{ADDRESS}")
mair.is_active = True
mair.save(update_fields=["is_active"])
TOTP.activate(mair, "{SECRET}")
"""
ASK = """
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
found = Authenticator.objects.get(type="totp").data["secret"]
print(decrypt(found), found.partition(".")[0])
"""


class Installation(Machine):
    """One release on SQLite, and a person who types commands there."""

    def release(self, version: str, *, without: str = "") -> Path:
        """Whole, as nothing is asked of its migrations."""
        release = self.root / "releases" / version
        release.mkdir()
        for entry in templates.ROOT.iterdir():
            if entry.name not in {".venv", "var", ".git"}:
                (release / entry.name).symlink_to(entry)
        (release / ".venv").symlink_to(sys.prefix)
        return release

    def sh(self, words: str) -> str:
        for name, value in (("/etc/registry", f"{self.root.parent}/etc"), ("ADDRESS", ADDRESS)):
            words = words.replace(name, value)
        done = subprocess.run(
            ["sh", "-euc", words],
            cwd=self.root / "current",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, words: str) -> str:
        return self.sh(f"deploy/manage shell --no-imports -c '{words}'").strip()

    @property
    def keys(self) -> list[str]:
        lines = (self.root.parent / "etc/environment").read_text().splitlines()
        (line,) = [line for line in lines if line.startswith("SEALING_KEYS=")]
        return [key for key in line.removeprefix("SEALING_KEYS=").split(",") if key]


def test_the_documented_commands_change_the_key_and_everything_opens(tmp_path: Path) -> None:
    machine = Installation(tmp_path)
    machine.sh(f'deploy/manage sync_roles && deploy/manage appoint_administrator {ADDRESS} "Mair Evans"')
    machine.python(PREPARE)
    assert machine.python(ASK).startswith(f"{SECRET} gAAAA")

    said = machine.sh(TO_A_NEW_KEY)
    assert "In all: all sealed with the key of SEALING_KEYS." in said
    first, mark = machine.keys, machine.python(ASK)
    assert len(first) == 1 and re.fullmatch(rf"{SECRET} [0-9a-f]{{8}}", mark)

    assert "take the others out of SEALING_KEYS" in machine.sh(TO_A_NEW_KEY)
    assert len(machine.keys) == 2 and machine.keys[1:] == first
    assert re.search(r"^seals +good +all sealed with the key of SEALING_KEYS$", _table(machine), re.MULTILINE)

    assert len(machine.keys) == 1 and machine.keys != first
    assert machine.python(ASK) not in {mark, ""} and machine.python(ASK).startswith(SECRET)
    assert machine.was_told == ["restart registry registry-worker"] * 3

    (tmp_path / "etc/owner").write_text("OWNER_DATABASE_URL=postgresql://owner:x@localhost/registry\n")
    assert "must lead to the same database" in machine.sh("deploy/manage seal_again --by ADDRESS 2>&1 || true")
    assert "same database" not in machine.sh("deploy/manage check_services 2>&1 || true"), (
        "no other command is the owner"
    )


def _table(machine: Installation) -> str:
    """What check_services says, which fails here for the services that the test has not."""
    return machine.sh(AWAY_FROM_THE_OTHERS.replace("check_services", "check_services || true"))
