"""The commands of docs/upgrading.md, run as they are written: from 0.1.0 in a checkout to this release, and back to the copy."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.architecture.source import ROOT
from tests.registry.uploads import clamd
from tests.serving import postgres
from tests.serving.ports import HOST, free_port
from tests.upgrades.make import SETTINGS
from tests.upgrades.unpacked import archives, unpack

pytestmark = [pytest.mark.dear, pytest.mark.once]

PAGE = (ROOT / "docs/upgrading.md").read_text()
FROM_CHECKOUT, SIGNING_KEY, FOR_THE_WAY_BACK, OF_THE_PAGES = re.findall(
    r"^```\n(.*?)^```",
    PAGE.partition("## An installation of 0.1.0")[2].partition("## Steps")[0],
    re.MULTILINE | re.DOTALL,
)
STEPS = re.findall(
    r"^(\d)\. .*?^```\n(.*?)^```", PAGE.partition("## Steps")[2].partition("## Going back")[0], re.MULTILINE | re.DOTALL
)
#: What would change the machine of the test, or fetches what is here.
LEFT_OUT = re.compile(r"^(adduser|git|python3 -m venv|\S*pip install|curl)\b")
#: Those of the archive, without what makes it a demonstration.
KEPT = {name: SETTINGS[name] for name in ("SECRET_KEY", "NAMES_KEY")}

SHOWN = """from django.test import Client
print(Client(SERVER_NAME='register.authority.test').post('/verify/file/', {{'file': open('{paper}', 'rb')}}, secure=True).text)"""


class Machine:
    """0.1.0 in a checkout with its files and its database, whose owner it is and who is no superuser."""

    def __init__(self, folder: Path, server: postgres.Server) -> None:
        self.folder, self.port = folder, server.port
        archive = archives(on_postgresql=True)[0]
        server.says("CREATE ROLE of_before LOGIN PASSWORD 'of-before'")
        server.says("CREATE DATABASE of_before OWNER of_before TEMPLATE template0 ENCODING 'UTF8'")
        self.database = f"postgresql://of_before:of-before@{HOST}:{server.port}/of_before"
        before = unpack(archive, folder / "files", self.database)
        self.checkout = folder / "checkout"
        self.checkout.mkdir()
        packed = subprocess.run(["git", "archive", before.commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "--extract", "--directory", str(self.checkout)], input=packed, check=True)
        self.release = folder / "srv/registry/releases/0.2.0"
        (folder / "bin").mkdir()
        (folder / "bin/systemctl").write_text(f"#!/bin/sh\n[ $1 != is-active ] && echo $* >>{folder}/told\n")
        (folder / "bin/systemctl").chmod(0o755)

    def fetch(self) -> None:
        """What the commands that are left out do."""
        (self.checkout / ".venv").symlink_to(sys.prefix)
        self.release.mkdir(parents=True)
        for entry in ROOT.iterdir():
            if entry.name not in {".venv", ".git", "var", "deploy"}:
                (self.release / entry.name).symlink_to(entry)
        shutil.copytree(ROOT / "deploy", self.release / "deploy")
        (self.release / ".venv").symlink_to(sys.prefix)

    def settings(self, mail: int, scanner: str) -> None:
        table = re.findall(r"^\| (`[A-Z_`, ]+) \| (`/.*`) \|$", PAGE, re.MULTILINE)
        files = {
            name: value for names, values in table for name, value in zip(*map(words, (names, values)), strict=True)
        }
        assert set(files) == {"VAR_DIR", "STATIC_ROOT", "TRAIL_HEAD_FILE"}
        own = {
            **KEPT,
            **{name: f"{self.folder}{value}" for name, value in files.items()},
            "DATABASE_URL": self.database,
            "SAFEGUARDING_TELEPHONE": "01223 960100",
            "SITE_ADDRESS": "https://register.authority.test",
            "ALLOWED_HOSTS": "register.authority.test",
            "BEHIND_PROXY": "1",
            "CLAMD_ADDRESS": scanner,
            "EMAIL_HOST": HOST,
            "EMAIL_PORT": str(mail),
            "DEFAULT_FROM_EMAIL": "licensing@authority.test",
            "SECURITY_CONTACT": "mailto:security@authority.test",
        }
        lines = "".join(f"{name}={value}\n" for name, value in own.items())
        (self.folder / "etc/registry/environment").write_text(lines)
        self.type(SIGNING_KEY, place=self.folder)

    def type(self, block: str, *, place: Path | None = None, **capitals: str) -> str:
        found = "\n".join(line for line in block.splitlines() if not LEFT_OUT.match(line))
        found = re.sub(r"(?<=[\s|])/(?=(etc|srv|var)/)", f"{self.folder}/", found)
        found = found.replace("-o registry -g registry ", "").replace("chown -R registry:", "ls -d")
        found = found.replace("runuser -u postgres -- psql", f"psql -h {HOST} -p {self.port} -U postgres")
        capitals |= {"CHECKOUT": str(self.checkout), "FILES": str(self.folder / "files"), "VERSION": "0.2.0"}
        for name, value in capitals.items():
            found = re.sub(rf"\b{name}\b", value, found)
        environment = {
            "PATH": f"{self.folder}/bin:{postgres.programs()}:{os.environ['PATH']}",
            "REGISTRY_ROOT": f"{self.folder}/srv/registry",
            "REGISTRY_ETC": f"{self.folder}/etc/registry",
            "REGISTRY_USER": "root",
        }
        done = subprocess.run(
            ["bash", "-eu"], input=found, cwd=place or self.release, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{found}\n{done.stdout}{done.stderr}"
        return done.stdout


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.a_primary() as server:
        yield Machine(tmp_path, server)


def test_the_documented_commands_upgrade_an_installation_of_0_1_0(machine: Machine) -> None:
    mail = Controller(Sink(), hostname=HOST, port=free_port())
    mail.start()
    with clamd.running() as scanner:
        machine.type(FROM_CHECKOUT, place=machine.folder)
        machine.fetch()
        machine.settings(mail.port, scanner)
        steps = dict(STEPS)
        assert list(steps) == ["1", "2", "3", "4", "5", "6", "7"]
        plan = machine.type(steps["2"], place=machine.folder)
        assert "no issues" in plan and "The site is down for that time" in plan
        machine.type(FOR_THE_WAY_BACK)
        was = machine.type("deploy/manage verify_trail", place=machine.checkout)
        (copy,) = re.findall(r"deploy/switch back (\S+)", machine.type(steps["3"]))
        machine.type(OF_THE_PAGES)
        for number in ("4", "5", "6"):
            machine.type(steps[number])
        head = re.findall(r"Head (\S+)", was)[0]
        assert "Whole: " in machine.type(steps["7"], **{"NUMBER:HASH": head})
        assert (machine.folder / "srv/registry/current").resolve() == machine.release
        shown = SHOWN.format(paper=machine.folder / "files/papers/certificate.pdf")
        assert "Signed record confirmed." in machine.type(f'deploy/manage shell --no-imports -c "{shown}"')

        machine.type(f"deploy/switch back {copy.removeprefix(str(machine.folder))}")
    mail.stop()

    assert (machine.folder / "srv/registry/current").resolve() == machine.checkout
    assert machine.type("deploy/manage verify_trail", place=machine.checkout) == was
