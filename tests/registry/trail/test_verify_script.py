"""docs/verify.py, as somebody runs it who has nothing but Python: what we signed passes, and nothing else does."""

import gzip
import json
import subprocess
import sys
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from public_lookup import jobs
from public_lookup.private.queries import snapshot
from registry import signing
from registry.papers import printed
from registry.register.models import Entry
from tests.conftest import NOW
from tests.registry.stories import a_licence, an_organisation

SCRIPT = settings.BASE_DIR / "docs" / "verify.py"
RECORD = {"kind": "receipt", "number": "R-0001", "asked": "Ŵyl Hands", "on": date(2026, 11, 2)}
MARK = signing.CertificateMark("ABCD0001", date(2026, 11, 2), date(2027, 11, 1), 17, "Ŵyl Hands Ltd")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(signing.key_set(settings.SIGNING_KEY)))
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(signing.seal(settings.SIGNING_KEY, RECORD), indent=2))
    return path


def run(keys: Path, *things: Path | str) -> tuple[int, str]:
    """Without site packages and without our code on the path."""
    command = [sys.executable, "-I", "-S", SCRIPT, "--keys", keys, *things]
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=keys.parent)
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def a_register(tmp_path: Path, *, made_at: str = "2999-01-01T00:00:00.000000Z", body: bytes = b'{"a":1}\n') -> Path:
    header = {"kind": "snapshot", "sha256": signing.digest_of_bytes(b'{"a":1}\n'), "valid_until": made_at}
    path = tmp_path / "register.ndjson.gz"
    sealed = signing.canonical(signing.seal(settings.SIGNING_KEY, header))
    path.write_bytes(gzip.compress(sealed + b"\n" + body))
    return path


def test_what_was_signed_is_genuine(keys: Path, record: Path, tmp_path: Path) -> None:
    mark = signing.mark(settings.SIGNING_KEY, MARK)

    status, said = run(keys, record, a_register(tmp_path), mark, f"https://register.example/c/K7Q2M9XD/#{mark}")

    assert status == 0
    assert said.count("GENUINE: ") == 4 and "NOT" not in said
    assert "asked: Ŵyl Hands" in said
    assert "valid from 2026-11-02 until 2027-11-01" in said
    assert "Ask the register what is so today" in said


def test_a_certificate_and_its_square_code_say_first_that_they_do_not_speak_of_today(
    keys: Path, tmp_path: Path
) -> None:
    """A firm whose licence is gone still has its certificate: "valid until" must not be the answer."""
    certificate = tmp_path / "certificate.json"
    record = {"kind": "certificate", "certificate_of": "ABCD0001", "valid_until": date(2027, 11, 1)}
    certificate.write_text(json.dumps(signing.seal(settings.SIGNING_KEY, record)))

    for thing in (certificate, signing.mark(settings.SIGNING_KEY, MARK)):
        status, said = run(keys, thing)
        assert status == 0
        assert said.splitlines()[2].strip().startswith("It does not say whether the licence holds today")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"R-0001"', '"R-0002"'),
        ("receipt", "certificate"),
        ('"asked"', '"answered"'),
        ('"record": {', '"record": {"added": 1,'),
        ('"key": "', '"key": "0'),
    ],
)
def test_an_altered_record_is_refused(keys: Path, record: Path, was: str, becomes: str) -> None:
    record.write_text(record.read_text().replace(was, becomes, 1))

    status, said = run(keys, record)

    assert status == 1
    assert said.startswith("NOT GENUINE")


def test_any_altered_character_of_a_square_code_is_refused(keys: Path) -> None:
    mark = signing.mark(settings.SIGNING_KEY, MARK)
    altered = [mark[:at] + ("2" if mark[at] != "2" else "3") + mark[at + 1 :] for at in range(3, len(mark), 5)]

    status, said = run(keys, *altered)

    assert status == 1
    assert said.count("NOT GENUINE") == len(altered) > 30


def test_a_record_signed_by_somebody_else_is_refused(keys: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.json"
    stranger.write_text(json.dumps(signing.seal(signing.new_private_key(), RECORD)))

    status, said = run(keys, stranger)

    assert status == 1
    assert "not among those that you gave" in said


def test_a_register_with_other_lines_than_were_signed_is_refused(keys: Path, tmp_path: Path) -> None:
    assert run(keys, a_register(tmp_path, body=b'{"a":2}\n'))[0] == 1
    assert run(keys, a_register(tmp_path, body=b""))[0] == 1


@pytest.mark.django_db
def test_the_copy_that_the_service_gives_out_is_genuine(keys: Path, tmp_path: Path) -> None:
    a_licence(an_organisation("Ŵyl Hands Ltd"))
    jobs.publish_snapshot(tmp_path, at=timezone.now())
    copies = [tmp_path / snapshot.NAME, tmp_path / f"{snapshot.NAME}.gz"]

    status, said = run(keys, *copies)

    assert (status, said.count("count: 1")) == (0, 2)
    copies[0].write_bytes(copies[0].read_bytes().replace(b"Hands", b"Hound"))
    assert run(keys, copies[0])[0] == 1


def test_an_old_register_says_nothing_about_today(keys: Path, tmp_path: Path) -> None:
    status, said = run(keys, a_register(tmp_path, made_at="2026-01-01T00:00:00.000000Z"))

    assert status == 0
    assert "nothing about today" in said


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"[1, 2]", b"{}", b"\x1f\x8bnot gzip", b"%PDF-1.7 nothing attached"]
)
def test_what_is_none_of_ours_cannot_be_told(keys: Path, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other"
    other.write_bytes(content)

    status, said = run(keys, other, tmp_path / "missing.json")

    assert status == 2
    assert said.count("CANNOT TELL") == 2


def test_keys_that_cannot_be_read_are_said_to_be_none(record: Path) -> None:
    assert run(record, record) == (2, f"{record}: these are no keys\n")


def test_a_record_is_found_whatever_byte_its_stream_ends_with(keys: Path, tmp_path: Path) -> None:
    """One of 256 ends like the line before `endstream` does."""
    packed = (
        zlib.compress(signing.canonical(signing.seal(settings.SIGNING_KEY, {**RECORD, "nth": nth})))
        for nth in range(9999)
    )
    stream = next(one for one in packed if one.endswith(b"\r"))
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(b"%PDF-1.7\n1 0 obj <<>> stream\n" + stream + b"\nendstream endobj\n%%EOF\n")

    status, said = run(keys, paper)
    assert status == 2 and said.startswith("CANNOT CONFIRM") and "The record inside is genuine" in said


@pytest.mark.pdf
@pytest.mark.django_db
def test_a_certificate_is_genuine_until_a_byte_of_its_record_is_another(
    keys: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path
    licence = a_licence(an_organisation("Ŵyl Hands Ltd"), at=NOW - timedelta(hours=1))
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(printed.certificate(entry, language="en-gb", at=NOW))

    status, said = run(keys, paper)

    assert (status, said.count(licence.number)) == (0, 1)
    assert "Ŵyl Hands Ltd" in said
    paper.write_bytes(paper.read_bytes().replace(b"endstream", b"endstrea_"))
    assert run(keys, paper)[0] == 2
