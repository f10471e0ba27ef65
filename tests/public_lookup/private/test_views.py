"""The signed copy of the register, and the page that asks it where the server learns nothing."""

import gzip
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from public_lookup import jobs
from public_lookup.private.queries import snapshot
from registry import signing
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as people
from registry.register.actions import listings
from registry.register.actions import publishing as register
from registry.register.models import Entry
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import Statements, a_holder, an_applicant, one_of_each_standing, rename
from tests.registry.stories import a_decider, a_licence, day

pytestmark = pytest.mark.django_db

ADDRESS = "/check/private/register.ndjson"


@pytest.fixture(autouse=True)
def var_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def read(client: Client, **headers: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The header of the copy that the service gives out, and its entries."""
    return opened(b"".join(client.get(ADDRESS, headers=headers).streaming_content))  # type: ignore[attr-defined]


def opened(content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    first, *lines = content.splitlines()
    return json.loads(first), [json.loads(line) for line in lines]


def test_the_copy_is_signed_and_names_the_digest_of_its_lines(client: Client, settings: Settings) -> None:
    one_of_each_standing()
    jobs.keep_snapshot(at=NOW)

    content = b"".join(client.get(ADDRESS).streaming_content)  # type: ignore[attr-defined]

    sealed, entries = opened(content)
    record = sealed["record"]
    public = signing.public_key(settings.SIGNING_KEY)
    assert signing.verify(public, signing.canonical(record), sealed["signature"])
    assert record["sha256"] == signing.digest_of_bytes(content.partition(b"\n")[2])
    assert (record["kind"], record["count"], len(entries)) == ("snapshot", 9, 9)
    assert record["position"] == f"e{Entry.objects.order_by('-entry_number')[0].entry_number}w0"
    assert record["made_at"] == "2026-11-02T10:00:00.000000Z"
    assert record["valid_until"] == "2026-11-03T10:00:00.000000Z"


def test_the_copy_holds_what_is_shown_now_and_the_numbers_that_lead_there(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd", trading_names=["Harvest"])
    rename(licence.organisation, NOW, legal_name="Orchard Hands Ltd")
    applicant = an_applicant("Meadow Staff")
    number = a_licence(applicant.listing.organisation).number
    hidden = an_applicant("Hidden Staff")
    register.hide(hidden.listing, at=NOW)
    jobs.keep_snapshot(at=NOW)

    _sealed, entries = read(client)

    told = {entry["name"]: entry for entry in entries}
    assert set(told) == {"Orchard Hands Ltd", "Meadow Staff"}
    assert told["Orchard Hands Ltd"]["trading_names"] == ["Harvest"]
    assert told["Orchard Hands Ltd"]["telephone"] == "+441632960123"
    assert told["Orchard Hands Ltd"]["address"]["town"] == "Hereford"
    assert told["Orchard Hands Ltd"]["code"] == licence.listing.code
    assert (told["Meadow Staff"]["number"], told["Meadow Staff"]["former_numbers"]) == (number, [applicant.number])


def test_the_copy_holds_no_person_and_no_digest_of_one(client: Client) -> None:
    licence = a_holder()
    named = {"full_name": "Angharad Rees"}
    people.name(licence.organisation, kind="principal_authority", particulars=named, since=NOW.date(), by=None, at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW)
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    assert entry.named_people or entry.named_digests
    jobs.keep_snapshot(at=NOW)

    _sealed, [told] = read(client)

    assert not [key for key in told if "named" in key or "digest" in key or "hash" in key]
    assert "Rees" not in json.dumps(told)


def test_the_copy_comes_with_gzip_to_whoever_takes_it(client: Client) -> None:
    a_holder()
    jobs.keep_snapshot(at=NOW)

    zipped = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(ADDRESS)

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(zipped.streaming_content)) == b"".join(plain.streaming_content)  # type: ignore[attr-defined]
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_a_revocation_is_in_the_next_copy(client: Client) -> None:
    licence = a_holder()
    jobs.keep_snapshot(at=NOW)
    later = NOW + timedelta(minutes=1)
    assert jobs.keep_snapshot(at=later) == 0

    licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=later)

    assert jobs.keep_snapshot(at=later) == 1
    assert read(client)[1][0]["revoked_from"] == day(0).isoformat()


def test_what_is_taken_off_is_not_in_the_next_copy(client: Client) -> None:
    applicant = an_applicant()
    jobs.keep_snapshot(at=NOW)
    register.hide(applicant.listing, at=NOW + timedelta(minutes=1))

    assert jobs.keep_snapshot(at=NOW + timedelta(minutes=1)) == 1
    assert read(client)[1] == []


def test_an_unchanged_copy_is_made_anew_each_hour(client: Client) -> None:
    assert [jobs.keep_snapshot(at=NOW + timedelta(minutes=minutes)) for minutes in (0, 59, 60, 61)] == [1, 0, 1, 0]


def test_what_changes_while_a_copy_is_made_is_not_in_it_and_makes_the_next_one_due(
    monkeypatch: pytest.MonkeyPatch, client: Client, licence: Licence
) -> None:
    lines = snapshot.lines

    def changing(position: Any, copied: Any) -> Any:
        yield b""
        licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
        yield from lines(position, copied)

    monkeypatch.setattr(snapshot, "lines", changing)
    jobs.publish_snapshot(snapshot.folder(), at=NOW)
    monkeypatch.undo()
    [before] = read(client)[1]
    assert jobs.keep_snapshot(at=NOW) == 1

    [after] = read(client)[1]
    assert "revoked_from" not in before
    assert after["revoked_from"] == day(0).isoformat()


def test_a_fault_while_a_copy_is_made_leaves_the_one_before(client: Client, licence: Licence) -> None:
    jobs.keep_snapshot(at=NOW)
    before = read(client)

    for fail_at in range(1, 5):
        with connection.execute_wrapper(Statements(fail_at)), pytest.raises(OperationalError):
            jobs.publish_snapshot(snapshot.folder(), at=NOW + timedelta(hours=2))

    assert read(client) == before
    assert {path.name for path in snapshot.folder().iterdir()} == {
        "index.ndjson", "index.ndjson.gz", "register.ndjson", "register.ndjson.gz"
    }  # fmt: skip


@pytest.fixture
def licence() -> Licence:
    return a_holder()


def test_without_a_copy_we_cannot_tell(client: Client) -> None:
    answer = client.get(ADDRESS)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    assert (answer.json()["type"], answer.json()["licensed"]) == ("/problems/cannot-tell", None)


@pytest.mark.parametrize(
    "left",
    [b"", b"no gzip", gzip.compress(b"{}\n"), gzip.compress(b'{"record": {')[:20]],
    ids=["nothing", "no gzip", "no register", "half of one"],
)
def test_a_copy_that_was_damaged_is_not_given_out_and_is_made_anew(client: Client, var_dir: Path, left: bytes) -> None:
    a_licence()
    jobs.keep_snapshot(at=NOW)
    kept = var_dir / "snapshot" / "register.ndjson.gz"
    kept.write_bytes(left)

    damaged = client.get(ADDRESS)

    assert (damaged.status_code, damaged.json()["type"]) == (503, "/problems/cannot-tell")
    assert jobs.keep_snapshot(at=NOW) == 1
    assert len(read(client)[1]) == 1


def test_the_copy_is_given_out_while_the_database_is_down(client: Client, licence: Licence) -> None:
    jobs.keep_snapshot(at=NOW)

    with connection.execute_wrapper(Statements(1)):
        sealed, entries = read(client)

    assert sealed["record"]["count"] == len(entries) == 1


def test_the_page_comes_with_the_keys_and_every_sentence(client: Client) -> None:
    english, welsh = (client.get(address).content.decode() for address in ("/check/private/", "/cy/check/private/"))

    for page in (english, welsh):
        facts = json.loads(
            page.partition('<script id="private-facts" type="application/json">')[2].partition("</script>")[0]
        )
        assert facts["keys"][0]["crv"] == "Ed25519"
        assert all(word for name, word in facts["words"].items() if name != "is_english")
        assert all(facts["words"]["standings"].values()) and all(facts["words"]["faults"].values())
    assert "is licensed" in english and "wedi’i drwyddedu" in welsh.replace("'", "’")


def test_a_folder_for_any_web_server_is_whole(tmp_path: Path, set_clock: SetClock) -> None:
    a_holder()

    call_command("publish_snapshot", str(tmp_path / "served"), stdout=io.StringIO())

    served = tmp_path / "served"
    names = {path.name for path in served.iterdir()}
    assert names >= {
        "index.html",
        "cy.html",
        "private.js",
        "worker.js",
        "public.css",
        "register.ndjson",
        "jwks.json",
        "fonts",
    }
    said = json.loads((served / "manifest.webmanifest").read_text())
    assert said["name"] == "My notes" and {icon["src"] for icon in said["icons"]} <= names
    page = (served / "index.html").read_text()
    assert "/static/" not in page
    assert opened((served / "register.ndjson").read_bytes())[0]["record"]["count"] == 1
