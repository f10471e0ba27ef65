"""A whole dump of the database, made by the tools that make backups, holds no source's name; with the key it opens once.

What pages, logs, mails and caches say is asked in test_sources.py.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from compliance import vault
from compliance.intelligence.actions import intelligence, sources
from compliance.intelligence.models.sources import Source
from registry.accounts.models import User
from tests.compliance.intelligence.sources_world import IDENTITY
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.targeting.world import scored
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = re.compile("canarybird|900987", re.IGNORECASE)
WHY = "To agree on a safe place to meet."


def dump() -> str:
    """As a backup has it: `pg_dump` of PostgreSQL, `.dump` of SQLite."""
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    if not shutil.which("pg_dump"):
        pytest.skip("needs pg_dump")
    told = connection.settings_dict
    where = {"PGHOST": told["HOST"], "PGPORT": str(told["PORT"] or ""), "PGUSER": told["USER"]}
    found = subprocess.run(
        ["pg_dump", "--no-owner", "--inserts", told["NAME"]],
        env={**os.environ, **{name: value for name, value in where.items() if value}, "PGPASSWORD": told["PASSWORD"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode and "version mismatch" in found.stderr:
        pytest.skip("pg_dump is older than the server")
    assert found.returncode == 0, found.stderr
    return found.stdout


def files() -> list[tuple[str, str]]:
    """Everything that lies on the disk of the service, PDFs as what can be read in them."""
    found = []
    folders = {Path(settings.VAR_DIR) / "pdf", Path(settings.EMAIL_FILE_PATH), Path(settings.DOCUMENTS_DIR)}
    for path in (path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if content.startswith(b"%PDF") and shutil.which("pdftotext"):
            read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
            content += read.stdout
        found.append((path.name, content.decode("latin-1")))
    return found


def a_source_that_has_told(handler: User) -> Source:
    """Typed into the page, told something that is graded, scored, passed on and listed."""
    desk = signed_in(handler)
    assert desk.post("/staff/sources/new/", {**IDENTITY, "about": "Right twice."}).status_code == 302
    source = Source.objects.get()
    licence = a_licence()
    told = some_intelligence(licence.organisation, by=handler, source=source)
    intelligence.pass_on(told, agency=an_agency("Revenue"), purpose="To protect workers: s.19.", by=handler, at=NOW)
    scored(licence)
    desk.post("/staff/intelligence/list.csv")
    return source


def test_no_dump_and_no_file_holds_the_name_and_with_its_key_the_vault_opens_it_once() -> None:
    handler = person("source_handler")
    source = a_source_that_has_told(handler)
    sources.look(source, because=WHY, by=handler, at=NOW)

    whole = dump()

    assert "compliance_sealedidentity" in whole and source.reference in whole
    assert CANARY.findall(whole) == []
    assert [name for name, text in files() if CANARY.search(text)] == []
    sealed = [token for token in re.findall(r"gAAAA[\w=-]{40,}", whole) if _opened(token)]
    assert len(sealed) == 1 and _opened(sealed[0]) == IDENTITY


def test_without_the_key_the_dump_opens_nothing(settings: Any) -> None:
    a_source_that_has_told(person("source_handler"))
    whole = dump()
    settings.NAMES_KEY = "another key than that with which it was sealed"

    assert not [token for token in re.findall(r"gAAAA[\w=-]{40,}", whole) if _opened(token)]


def test_the_dump_shows_a_name_that_somebody_lets_out() -> None:
    """What finds nothing anywhere proves nothing."""
    some_intelligence(sanitised_text="Canarybird says so.")

    assert CANARY.search(dump())


def test_a_search_for_the_name_is_answered_word_for_word_as_a_search_for_nonsense() -> None:
    a_source_that_has_told(person("source_handler"))
    client = signed_in(person("intelligence_analyst"))

    for address in ("/staff/intelligence/", "/staff/reports/", "/staff/organisations/", "/staff/licences/"):
        found, nonsense = (client.get(f"{address}?q={word}") for word in ("Canarybird", "Zzqxwvbird"))
        assert found.status_code == nonsense.status_code == 200
        answers = [_without_tokens(page.content.decode()) for page in (found, nonsense)]
        assert answers[0].replace("Canarybird", "") == answers[1].replace("Zzqxwvbird", "")


def _without_tokens(page: str) -> str:
    """Without what differs between any two looks at a page: tokens, and how many seconds the session has left."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce|name="seal" value|data-idle-left)="[^"]*"', "", page)


def _opened(token: str) -> dict[str, str] | None:
    try:
        return vault.unseal(vault.IDENTITY, token, at=NOW)
    except vault.NotOpened:
        return None
