"""The commands of docs/deploy.md, run as they are written, in folders and on a database of the test."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.registry.uploads import clamd
from tests.script.test_deploy import INSTALL
from tests.serving import postgres
from tests.serving.ports import HOST, free_port
from tests.serving.started import ROOT

pytestmark = [pytest.mark.dear, pytest.mark.once]

#: What would change the machine of the test. Everything else runs.
LEFT_OUT = re.compile(
    r"^(apt-get|git|cd|editor|adduser|python3 -m venv|\S*pip install|until|nginx -t|sysctl|systemctl|curl)\b"
)


@pytest.fixture(scope="module")
def primary() -> Iterator[postgres.Server]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.a_primary() as server:
        yield server


def block(folder: Path, primary: postgres.Server) -> str:
    """The documented commands, with the folders and the server of the test in the place of those of a machine."""
    words = "\n".join(line for line in INSTALL.splitlines() if not LEFT_OUT.match(line))
    words = re.sub(r"(?<=\s)/(?=(etc|srv|var)/)", f"{folder}/", words)
    words = words.replace("cp CERTIFICATE", f"cp {folder}/chain").replace("cp KEY", f"cp {folder}/key")
    words = words.replace("-o registry -g registry ", "")
    words = words.replace("runuser -u postgres -- psql", f"psql -h {HOST} -p {primary.port} -U postgres")
    words = words.replace("127.0.0.1:5432", f"{HOST}:{primary.port}")
    for name in ("Mair Evans", "Ioan Rees"):
        words = words.replace('ADDRESS "NAME"', f'{name.split()[0].lower()}@authority.test "{name}"', 1)
    return words


def make_folders(machine: Path) -> None:
    """What the packages and the administrator have put there."""
    for name in ("etc/nginx/conf.d", "etc/systemd/system", "etc/sysctl.d", "etc/clamav", "etc/ssl"):
        (machine / name).mkdir(parents=True)
    for name in ("etc/clamav/clamd.conf", "chain", "key"):
        (machine / name).touch()


def test_the_documented_commands_install_the_registry(tmp_path: Path, primary: postgres.Server) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in {".venv", "deploy"}:
            (checkout / entry.name).symlink_to(entry)
    (checkout / ".venv").symlink_to(sys.prefix)
    (checkout / "deploy").mkdir()
    for name in ("manage", "settings.sh", "roles.sql", "systemd"):
        (checkout / "deploy" / name).symlink_to(ROOT / "deploy" / name)
    mail = Controller(Sink(), hostname=HOST, port=free_port())
    mail.start()
    with clamd.running() as scanner:
        words = (ROOT / "deploy/environment.example").read_text()
        words = re.sub(r"=/(srv|var)/", rf"={tmp_path}/\1/", words).replace("authority.example", "authority.test")
        words = words.replace("mail.authority.test", HOST).replace("587", str(mail.port))
        words = words.replace("EMAIL_USE_TLS=1", "EMAIL_USE_TLS=no").replace("/run/clamav/clamd.ctl", scanner)
        (checkout / "deploy/environment.example").write_text(words)
        make_folders(tmp_path)
        own = {"PATH": os.environ["PATH"], "REGISTRY_ETC": f"{tmp_path}/etc/registry", "REGISTRY_USER": "root"}

        done = subprocess.run(
            ["bash", "-eu"], input=block(tmp_path, primary), cwd=checkout, env=own, capture_output=True, text=True
        )
    mail.stop()

    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout
    assert "registry_web may write the trail, and owns nothing" in done.stdout
    for name in ("environment", "owner"):
        assert stat.S_IMODE((tmp_path / "etc/registry" / name).stat().st_mode) == 0o600
    assert (tmp_path / "srv/registry/carried/too-many.html").exists()
    assert (tmp_path / "etc/systemd/system/registry-worker.service").exists()
    assert "server_name register.authority.test;" in (tmp_path / "etc/nginx/conf.d/registry.conf").read_text()
    assert [*(tmp_path / "var/backups/registry").glob("2*/copy.json")]
    assert [*(tmp_path / "var/backups/registry-keys").glob("keys-*")]
    with psycopg.connect(f"{primary.url.rpartition('/')[0]}/registry") as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert owners == [("registry_owner",)]
