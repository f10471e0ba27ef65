"""Copies of the database and the documents, and going back to one: on SQLite, and what is the same on both engines."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from config.copies import making
from registry.integrity import head_file
from registry.trail.queries import chain
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_document_about, a_licence
from tests.registry.stories import a_condition, an_organisation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.once,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="tests/config/copies/test_postgresql.py"),
]


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the copies are. The commands that a drill runs have the settings of an installation."""
    settings.TRAIL_HEAD_FILE = str(tmp_path / "outside" / "trail-head.json")
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "register.test", "CLAMD_ADDRESS": "none"}
    own |= {name: getattr(settings, name) for name in (*making.KEYS, "SITE_ADDRESS")}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "copies"


def said(*command: Any) -> str:
    out = StringIO()
    call_command(*map(str, command), stdout=out, stderr=out)
    return out.getvalue()


def test_a_copy_holds_what_there_is_and_can_be_gone_back_to(folder: Path) -> None:
    document = a_document_about(a_condition(a_licence()))
    head = chain.head()

    copy = Path(said("backup", folder).strip())
    an_organisation("Written After The Copy Ltd")
    told = said("restore_drill", copy)

    assert f"Head {head[0]}:{head[1]}" in told
    lost = chain.head()[0] - head[0]
    assert lost and f"Lost against the head that is kept outside: {lost} events" in told
    assert re.search(r"in all +\d+\.\d s", told)
    kept = [path.read_bytes() for path in (copy / "documents").rglob("*") if path.is_file()]
    assert any(document.digest == hashlib.sha256(one).hexdigest() for one in kept)
    assert json.loads((copy / making.MANIFEST).read_text())["documents"] == len(kept)
    assert copy.stat().st_mode & 0o077 == 0, "no one else on the machine reads it"
    assert [one.name for one in folder.iterdir()] == [copy.name]


def test_documents_that_have_not_changed_take_no_room_in_the_next_copy(folder: Path, set_clock: SetClock) -> None:
    a_document_about(a_condition(a_licence()))
    first = making.make(folder, at=NOW)
    second = making.make(folder, at=NOW.replace(year=2027))

    for one in (first / "documents").rglob("*"):
        if one.is_file():
            assert one.samefile(second / one.relative_to(first))
    shutil.rmtree(first)
    assert "in all" in said("restore_drill", second), "each copy is whole without the others"


def test_a_copy_that_was_changed_or_cut_off_is_not_gone_back_to(folder: Path) -> None:
    an_organisation()
    copy = making.make(folder, at=NOW)
    with (copy / "database/registry.sqlite3").open("r+b") as file:
        file.write(b"x")
    with pytest.raises(CommandError, match=r"not as it was made: database/registry\.sqlite3"):
        said("restore_drill", copy)

    (copy / making.MANIFEST).unlink()
    with pytest.raises(CommandError, match="is no whole copy"):
        said("restore_drill", copy)


def test_a_row_that_was_rewritten_before_the_copy_is_found_by_the_drill(folder: Path) -> None:
    an_organisation("Harvest Hands Ltd")
    copy = making.make(folder, at=NOW)
    file = copy / "database/registry.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("DROP TRIGGER IF EXISTS registry_event_no_update")
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'registry_event'"
        )
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE registry_event SET verb = 'other' WHERE number = 1")
    database.close()
    manifest = json.loads((copy / making.MANIFEST).read_text())
    manifest["files"]["database/registry.sqlite3"] = making._digest(file)
    (copy / making.MANIFEST).write_text(json.dumps(manifest))

    with pytest.raises(CommandError, match="Trail, event 1"):
        said("restore_drill", copy)


def test_a_copy_that_fails_leaves_nothing_half_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_copy_documents", full)

    with pytest.raises(CommandError, match="No space left"):
        said("backup", folder)
    assert list(folder.iterdir()) == []


def test_sqlite_has_no_log_to_go_back_in(folder: Path) -> None:
    copy = making.make(folder, at=NOW)

    with pytest.raises(CommandError, match="no log to replay"):
        said("restore_drill", copy, "--until", "2026-11-30T16:30:00+00:00")
    with pytest.raises(CommandError, match="of which time zone"):
        said("restore_drill", copy, "--until", "2026-11-30T16:30:00")


def test_the_keys_lie_apart_from_the_copies(folder: Path, tmp_path: Path, settings: LazySettings) -> None:
    apart = tmp_path / "apart"
    settings.SEALING_KEYS = ["of today", "of before"]

    file = Path(said("backup", folder, "--keys", apart).strip())

    assert "SEALING_KEYS=of today,of before\n" in file.read_text()
    assert f"NAMES_KEY={settings.NAMES_KEY}\n" in file.read_text() and file.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    for one in (folder / "keys", folder.parent):
        with pytest.raises(CommandError, match="apart from the copies"):
            said("backup", folder, "--keys", one)


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
def test_an_encrypted_copy_is_one_file_that_only_its_key_opens(folder: Path, tmp_path: Path) -> None:
    an_organisation("Harvest Hands Ltd")
    identity, other = tmp_path / "identity", tmp_path / "other"
    for one in (identity, other):
        subprocess.run(["age-keygen", "-o", str(one)], check=True, capture_output=True)
    public = subprocess.run(["age-keygen", "-y", str(identity)], check=True, capture_output=True, text=True).stdout
    (tmp_path / "recipients").write_text(public)

    file = Path(said("backup", folder, "--encrypt-to", tmp_path / "recipients").strip())

    assert [one.name for one in folder.iterdir()] == [file.name] and file.name.endswith(".tar.age")
    assert b"Harvest Hands" not in file.read_bytes()
    number, digest = chain.head()
    assert f"Head {number}:{digest}" in said("restore_drill", file, "--identity", identity)
    with pytest.raises(CommandError, match="age: "):
        said("restore_drill", file, "--identity", other)
    with pytest.raises(CommandError, match="needs --identity"):
        said("restore_drill", file)


def test_without_age_it_says_what_to_install(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="apt-get install age"):
        said("backup", folder, "--encrypt-to", tmp_path / "recipients")
    assert head_file.kept() is None or not folder.exists() or list(folder.iterdir()) == []
