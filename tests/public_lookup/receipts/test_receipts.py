"""A proof of check says for good what the register said on the day; an altered one is refused, by us and without us."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings

from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries import documents
from public_lookup.receipts.queries.receipts import RecordVerdict, judge
from registry import signing
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.register.models import Entry
from tests.conftest import NOW, SetClock
from tests.public_lookup.receipts.world import a_proof, altered
from tests.public_lookup.stories import a_holder, an_applicant, one_of_each_standing, rename
from tests.registry.stories import a_condition, a_decider, day

pytestmark = pytest.mark.django_db

YEARS_LATER = NOW + timedelta(days=2000)


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd")


@pytest.fixture
def receipt(client: Client, licence: Licence) -> Receipt:
    return a_proof(client, licence.number)


def page_of(receipt: Receipt) -> str:
    return f"/proofs/{receipt.number}/{receipt.key}/"


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def said_of(client: Client, text: str) -> str:
    answer = client.post("/verify/file/", {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


def revoked(licence: Licence) -> None:
    licences.revoke(licence, takes_effect=day(1), because="Test.", by=a_decider(), at=NOW + timedelta(hours=1))


# --- taking one ---


def test_the_page_of_an_entry_offers_a_proof_and_taking_it_leads_to_its_own_address(
    client: Client, licence: Licence
) -> None:
    assert f'action="/check/{licence.number}/proof/"' in words(client, f"/check/{licence.number}/")

    answer = client.post(f"/check/{licence.number}/proof/")

    receipt = Receipt.objects.get()
    assert answer.headers["Location"] == page_of(receipt)
    assert not answer.cookies
    told = words(client, page_of(receipt))
    assert receipt.number in told and "Harvest Hands Ltd is licensed" in told
    assert "does not say who asked" in told


def test_only_the_button_leaves_a_row(client: Client, licence: Licence) -> None:
    client.get(f"/check/{licence.number}/")
    client.post("/check/", {"q": licence.number})
    assert client.get(f"/check/{licence.number}/proof/").status_code == 303

    assert not Receipt.objects.exists()


def test_a_proof_says_what_was_asked_and_answered_and_nobody_who_asked(receipt: Receipt, licence: Licence) -> None:
    record, entry = receipt.record, Entry.objects.get(listing=licence.listing)

    assert record["asked"] == {"number": licence.number, "as_at": "2026-11-02T10:00:00.000000Z", "day": "2026-11-02"}
    assert record["answered"]["standing"] == "licensed" and record["answered"]["licensed"] is True
    assert record["answered"]["valid_until"] == entry.valid_until.isoformat()  # type: ignore[union-attr]
    assert record["entry"]["hash"] == entry.hash
    assert record["register"] == {"entries": entry.entry_number, "hash": entry.hash}
    assert receipt.taken_by is None and "checked_by" not in record


def test_a_proof_of_a_past_day_says_what_the_register_said_then(client: Client, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    set_clock(NOW + timedelta(days=1))
    revoked(licence)
    set_clock(NOW + timedelta(days=3))

    receipt = a_proof(client, licence.number, at="2026-11-02")

    assert receipt.record["asked"]["day"] == "2026-11-02"
    assert receipt.standing == "revocation_to_come"
    assert "Harvest Hands Ltd was licensed on 2 November 2026." in words(client, page_of(receipt))
    assert a_proof(client, licence.number).standing == "revoked"


def test_every_standing_can_be_proved(client: Client) -> None:
    for standing, number in one_of_each_standing().items():
        receipt = a_proof(client, number)
        assert receipt.standing == standing
        assert words(client, page_of(receipt))
        assert judge(receipt.sealed).verdict is RecordVerdict.GENUINE


def test_who_was_not_on_the_register_then_gives_no_proof(client: Client, licence: Licence) -> None:
    assert client.post("/check/WXYZ0009/proof/").status_code == 404
    assert client.post(f"/check/{licence.number}/proof/?at=2020-01-01").status_code == 404

    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=2030-01-01", "The date must be today or in the past."),
        ("at=2026-11-02&at=2026-11-01", "Enter one answer only."),
        ("at=2026-11-01&at=2026-11-01T10:00:00Z", "Enter one answer only."),
        ("at_day=1&at_day=2&at_month=11&at_year=2026", "Enter one answer only."),
    ],
)
def test_a_day_that_cannot_be_read_in_one_way_is_proved_to_nobody(
    client: Client, licence: Licence, query: str, words: str
) -> None:
    answers = [client.post(f"/check/{licence.number}/proof/?{query}"), client.get(f"/check/{licence.number}/?{query}")]

    for answer in answers:
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Receipt.objects.exists()


def test_a_connection_takes_only_so_many_in_an_hour(client: Client, licence: Licence, set_clock: SetClock) -> None:
    for _number in range(30):
        a_proof(client, licence.number)

    assert client.post(f"/check/{licence.number}/proof/").status_code == 429
    assert Receipt.objects.count() == 30
    set_clock(NOW + timedelta(hours=1))
    a_proof(client, licence.number)


def test_the_address_of_a_proof_cannot_be_guessed_from_its_number(client: Client, receipt: Receipt) -> None:
    for file in ("", "proof.pdf", "proof.json"):
        assert client.get(f"/proofs/{receipt.number}/{receipt.key[:-1]}0/{file}").status_code == 404
        assert client.get(f"/proofs/V-0000-0000/{receipt.key}/{file}").status_code == 404


def test_a_proof_cannot_be_altered_or_deleted_by_anybody(receipt: Receipt) -> None:
    for statement in (
        "UPDATE public_lookup_receipt SET standing = 'revoked'",
        "DELETE FROM public_lookup_receipt",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Receipt.objects.get().standing == "licensed"


def test_numbers_are_never_given_twice(
    client: Client, receipt: Receipt, licence: Licence, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([receipt.number, receipt.number, "V-0000-0000"])
    monkeypatch.setattr("public_lookup.receipts.actions.new_reference", lambda letter: next(drawn))

    assert a_proof(client, licence.number).number == "V-0000-0000"


# --- years later ---


def test_its_number_says_years_later_what_the_register_said(
    client: Client, licence: Licence, receipt: Receipt, set_clock: SetClock
) -> None:
    revoked(licence)
    rename(licence.organisation, NOW + timedelta(days=2), legal_name="Quite Another Ltd")
    set_clock(YEARS_LATER)

    for typed in (receipt.number, receipt.number.lower(), receipt.number.replace("-", " ")):
        answer = client.post("/verify/", {"code": typed}, follow=True)
        said = answer.content.decode()
        assert "Genuine: this is what the register said" in said
        today, then = said.split('class="govuk-inset-text"')
        assert "Harvest Hands Ltd was licensed on 2 November 2026 at 10am." in then and "Quite Another" not in then
        assert "We took the licence away" in today
        assert "kept in the register as it was" in said


def test_a_proof_of_who_is_licensed_no_more_says_that_first_and_has_no_colour(
    client: Client, licence: Licence, receipt: Receipt, set_clock: SetClock
) -> None:
    """Genuine as it is, it may be shown to somebody by whoever has lost the licence since."""
    assert "A past day." not in words(client, page_of(receipt))
    assert "app-outcome--yes" in words(client, page_of(receipt))
    revoked(licence)
    set_clock(NOW + timedelta(days=3))

    for said in (
        words(client, page_of(receipt)),
        words(client, f"/verify/{receipt.number}/"),
        said_of(client, json.dumps(receipt.sealed)),
    ):
        assert said.index("We took the licence away") < said.index("was licensed on 2 November 2026 at 10am.")
        assert "app-outcome--yes" not in said and "is licensed" not in said


def test_a_proof_of_this_morning_says_what_came_later_the_same_day(
    client: Client, licence: Licence, receipt: Receipt, set_clock: SetClock
) -> None:
    licences.suspend(licence, starts=day(0), until=day(9), because="Test.", by=a_decider(), at=NOW + timedelta(hours=1))
    set_clock(NOW + timedelta(hours=2))

    said = words(client, f"/verify/{receipt.number}/")

    assert said.index("The licence is suspended from") < said.index("was licensed on 2 November 2026 at 10am.")
    assert "A past day." not in said


def test_a_proof_stays_true_when_the_key_has_changed(client: Client, receipt: Receipt, settings: Settings) -> None:
    former = signing.public_key(settings.SIGNING_KEY)
    settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS = signing.new_private_key(), [former]
    assert judge(receipt.sealed).verdict is RecordVerdict.GENUINE

    # Even if that key was withdrawn altogether: we have kept what we gave.
    settings.FORMER_PUBLIC_KEYS = []
    assert judge(receipt.sealed).verdict is RecordVerdict.GENUINE
    assert "not what we signed" in said_of(client, altered(receipt, lambda record: record.update(of="elsewhere")))


def test_an_entry_that_was_changed_behind_our_back_is_said_to_be(
    client: Client, receipt: Receipt, licence: Licence
) -> None:
    from tests import database  # noqa: PLC0415

    with database.triggers_away():
        Entry.objects.filter(listing=licence.listing).update(valid_until=day(10))

    said = words(client, f"/verify/{receipt.number}/")

    assert "is not in the register as it was then" in said and "Genuine" in said


# --- altered, not ours ---


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["answered"].update(standing="licensed_with_conditions"),
        lambda record: record["answered"].update(valid_until="2036-11-01"),
        lambda record: record.update(taken_at="2026-11-02T10:00:00.000001Z"),
        lambda record: record["entry"].update(number=record["entry"]["number"] + 1),
        lambda record: record.update(added=1),
        lambda record: record.update(odd=1.5),
        # The same to Python, and not to whoever reads it.
        lambda record: record["answered"].update(licensed=1),
        lambda record: record["answered"].update(condition_count=False),
        lambda record: record["answered"].pop("name"),
    ],
)
def test_an_altered_proof_is_refused_and_the_true_one_shown(client: Client, receipt: Receipt, change: Any) -> None:
    said = said_of(client, altered(receipt, change))

    assert "Altered: do not rely on this" in said
    assert f"The proof that we gave under the number {receipt.number} says this" in said
    assert "Harvest Hands Ltd is licensed" in said


def test_every_altered_byte_of_its_json_is_refused(client: Client, receipt: Receipt) -> None:
    """Never "genuine", whatever single byte was changed."""
    text = signing.canonical(receipt.sealed)
    for at in range(0, len(text), 7):
        other = text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :]
        sealed = documents.sealed_in(other)
        assert sealed is None or judge(sealed).verdict is not RecordVerdict.GENUINE, other[max(0, at - 20) : at + 20]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"standing":"licensed"', '"standing":"revoked","standing":"licensed"'),
        ('{"key":', '{"note":"Valid for ever.","key":'),
    ],
)
def test_what_can_be_read_in_two_ways_is_confirmed_by_nobody(
    client: Client, receipt: Receipt, tmp_path: Path, was: str, becomes: str
) -> None:
    text = signing.canonical(receipt.sealed).decode()
    file = tmp_path / "proof.json"
    file.write_text(text.replace(was, becomes, 1))
    assert file.read_text() != text

    assert client.post("/verify/file/", {"text": file.read_text()}).status_code == 422
    assert verify_offline(tmp_path, file)[0] == 1


def test_a_proof_that_somebody_else_signed_is_not_ours(client: Client, receipt: Receipt) -> None:
    forged = signing.seal(signing.new_private_key(), {**receipt.record, "receipt": "V-0000-0000"})

    assert "Not one of ours" in said_of(client, json.dumps(forged))


def test_what_our_key_signed_and_we_have_not_kept_is_not_called_genuine(client: Client, receipt: Receipt) -> None:
    stolen = signing.seal(settings.SIGNING_KEY, {**receipt.record, "receipt": "V-0000-0000"})
    replaced = signing.seal(settings.SIGNING_KEY, {**receipt.record, "taken_at": YEARS_LATER})

    for one in (stolen, replaced):
        assert "we have not kept it" in said_of(client, json.dumps(one))


def test_a_number_that_was_altered_or_never_given_is_told_apart(client: Client, receipt: Receipt) -> None:
    other = receipt.number[:-1] + ("0" if receipt.number[-1] != "0" else "1")

    for typed in (other, "V-0000-0000"):
        answer = client.post("/verify/", {"code": typed})
        assert answer.status_code == 422
        assert "We have given no proof of check with this number" in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()
    assert client.get("/verify/V-0000-0000/").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"record": 1, "key": "", "signature": ""}',
        b"[" * 100_000,
        b"%PDF-1.7",
        b"\xff\xfe\x00",
    ],
)
def test_what_holds_no_signed_record_is_said_to_hold_none(client: Client, content: bytes) -> None:
    answer = client.post("/verify/file/", {"file": SimpleUploadedFile("proof.json", content)})

    assert answer.status_code == 422
    assert "Altered" not in answer.content.decode()


def test_a_file_or_its_text_and_not_both(client: Client, receipt: Receipt) -> None:
    text = json.dumps(receipt.sealed)
    for given in ({}, {"text": text, "file": SimpleUploadedFile("a.json", text.encode())}):
        assert client.post("/verify/file/", given).status_code == 422
    big = SimpleUploadedFile("a.pdf", b"%PDF-" + b" " * documents.MOST_BYTES)
    assert "smaller than 2 MB" in client.post("/verify/file/", {"file": big}).content.decode()


def test_a_hostile_file_costs_little_time() -> None:
    """A regular expression would take hours over these, and unpacking them all of the memory."""
    import time  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    def streams(text: bytes, times: int) -> bytes:
        return b"%PDF-" + (b"stream\n" + zlib.compress(text) + b"\nendstream") * times

    lists = b'{"record":[' + b"[]," * 80_000 + b"0]}"
    for hostile in (
        b"%PDF-" + b"stream\n" * 250_000,
        streams(b"{" + b" " * 100_000_000, times=15),
        streams(lists, times=500),
    ):
        begun = time.process_time()
        assert documents.sealed_in(hostile) is None
        assert time.process_time() - begun < 0.5


def test_a_record_is_not_looked_for_behind_many_values(receipt: Receipt) -> None:
    """Values are counted as bytes are, and a paper of ours has none before its record but what draws it."""

    def paper(before: bytes, times: int) -> bytes:
        inside = [before] * times + [signing.canonical(receipt.sealed)]
        return b"%PDF-" + b"".join(b"stream\n" + one + b"\nendstream" for one in inside)

    assert documents.sealed_in(paper(b"{ 1 exch sub }", times=100)) == receipt.sealed
    assert documents.sealed_in(paper(b'{"record":[' + b"0," * 400 + b"0]}", times=100)) is None


# --- the paper, and without us ---


def verify_offline(folder: Path, *things: Path) -> tuple[int, str]:
    keys = folder / "jwks.json"
    keys.write_text(json.dumps(signing.key_set(settings.SIGNING_KEY)))
    command = [sys.executable, "-I", "-S", settings.BASE_DIR / "docs" / "verify.py", "--keys", keys, *things]
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_the_json_is_confirmed_without_us_until_a_byte_is_another(
    client: Client, receipt: Receipt, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    answer = client.get(f"{page_of(receipt)}proof.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{receipt.number}.json"'
    file.write_bytes(answer.content)

    status, said = verify_offline(tmp_path, file)
    assert status == 0
    assert "proof of check" in said and "Harvest Hands Ltd" in said
    assert "On 2 November 2026, when this proof was made: LICENSED" in said

    file.write_bytes(answer.content.replace(b'"licensed"', b'"revoked!"', 1))
    assert verify_offline(tmp_path, file)[0] == 1


@pytest.mark.pdf
def test_the_paper_carries_what_was_signed_and_is_confirmed_by_us_and_without_us(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path
    licence = a_condition(a_holder("Ŵyl Hands Ltd")).licence
    receipt = a_proof(client, licence.number)
    # Printed after the key was changed, it still carries the signature of the day.
    keys = signing.public_key(settings.SIGNING_KEY), signing.new_private_key()
    settings.FORMER_PUBLIC_KEYS, settings.SIGNING_KEY = [keys[0]], keys[1]
    answer = client.get(f"{page_of(receipt)}proof.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert client.get(f"{page_of(receipt)}proof.pdf").content == answer.content
    paper = tmp_path / "proof.pdf"
    paper.write_bytes(answer.content)

    assert documents.sealed_in(answer.content) == receipt.sealed
    uploaded = client.post("/verify/file/", {"file": SimpleUploadedFile("proof.pdf", answer.content)})
    assert "Genuine: this is what the register said" in uploaded.content.decode()
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True, text=True).stdout
    assert receipt.number in text and "Ŵyl Hands Ltd" in text and "Licensed, with conditions" in text
    assert receipt.record["entry"]["hash"] in "".join(text.split())


def test_a_certificate_that_we_signed_leads_to_the_register(client: Client, licence: Licence) -> None:
    sealed = signing.seal(
        settings.SIGNING_KEY, {"kind": "certificate", "certificate_of": licence.number, "name": "Harvest Hands Ltd"}
    )

    said = said_of(client, json.dumps(sealed))

    assert "Genuine: we signed this" in said and f'href="/check/{licence.number}/"' in said
    assert "Harvest Hands Ltd is licensed" in said
    licences.suspend(licence, starts=day(0), until=day(9), because="Test.", by=a_decider(), at=NOW)
    assert "The licence is suspended from" in said_of(client, json.dumps(sealed))


def test_an_applicants_proof_says_that_it_is_not_licensed(client: Client) -> None:
    receipt = a_proof(client, an_applicant("Meadow Staff").number)

    assert "It is not licensed" in words(client, f"/verify/{receipt.number}/")
