"""After calls, text messages and a report by voice, no table, file, log or metric holds the caller, what was asked, or a digest."""

import hashlib
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.db import connection
from django.test import Client
from pytest_django import Settings

from config.logs import Unlogged
from registry.search.keyed import keys_of
from registry.web import limits, tallies
from tests.compliance.reports.test_voice import a_wave
from tests.public_lookup.stories import a_holder
from tests.public_lookup.telephone.provider import CALLER, Call, post, text

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKED = "Zwxquark Harvesters"
KEYS = keys_of("zwxquark")


def canaries() -> list[str]:
    """The number and the words as they are, and in the digests that someone might have thought harmless."""
    plain = [CALLER, CALLER.lstrip("+"), "7700900461", ASKED, ASKED.casefold(), KEYS]
    return [
        *plain,
        *(getattr(hashlib, name)(one.encode()).hexdigest() for name in ("sha256", "sha1", "md5") for one in plain),
    ]


def everything_in_tables() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor]
    return "\n".join(found)


def everything_in_files(folder: Path) -> str:
    return "\n".join(file.read_bytes().decode("latin-1") for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def on_disk(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the processes of a machine share is in files here, as in an installation."""
    settings.TELEPHONE_SECRET, settings.VAR_DIR = "a secret of the provider", tmp_path
    settings.TELEPHONE_RECORDINGS = "config.demo.telephone.HeldRecordings"
    monkeypatch.setattr(limits, "counts", limits.Counts(str(tmp_path / "limits")))
    monkeypatch.setattr(tallies, "tallies", tallies.Tallies(str(tmp_path / "tallies")))
    (tmp_path / "telephone").mkdir()
    return tmp_path


def test_nothing_joins_a_caller_with_what_was_asked(on_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with caplog.filtering(Unlogged()):  # the handler of the tests lives on after this one
        held = _held_after_asking(on_disk)
    held["log"] = caplog.text
    assert [(where, one) for where, said in held.items() for one in canaries() if one in said] == []


def _held_after_asking(on_disk: Path) -> dict[str, Any]:
    a_holder("Harvest Hands Ltd")
    before = everything_in_tables()

    text(ASKED)
    text(f"PL {ASKED}")
    post("/telephone/texts/", signed="forged", From=CALLER, Body=ASKED)
    Call().press("01").press("3").press(KEYS)
    assert everything_in_tables() == before, "a look-up writes nothing to the database"
    (on_disk / "telephone" / "one").write_bytes(a_wave(rate=8000))
    Call().press("06").press("4").press("2").record("one")

    metrics = Client().get("/metrics", REMOTE_ADDR="127.0.0.1").content.decode()
    return {"tables": everything_in_tables(), "files": everything_in_files(on_disk), "metrics": metrics}


def test_the_canary_would_be_found() -> None:
    a_holder(ASKED)

    assert any(one in everything_in_tables() for one in canaries())


def test_no_log_takes_a_line_of_these_addresses() -> None:
    assert "/telephone/" in product.UNLOGGED_PATHS


def test_the_address_of_a_step_says_nothing_of_it(settings: Settings) -> None:
    settings.TELEPHONE_SECRET = "a secret of the provider"
    number = a_holder("Harvest Hands Ltd").number
    call = Call().press("01").press("1").press(keys_of(number))

    gather = call.answer.find("Gather")

    assert gather is not None and number not in gather.attrib["action"] and CALLER not in gather.attrib["action"]
