"""A PDF that we gave is confirmed only as it was made: any change of what people see is found, by us and without us."""

import io
import json
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from public_lookup.receipts.models import Receipt
from registry import schemes, signing
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.papers import pades, pdf, printed
from registry.trail.actions import events as trail
from registry.trail.queries import beginnings
from tests.benchmarks.flips import count_missed, run_offline
from tests.conftest import LONDON, NOW, SetClock
from tests.public_lookup.receipts.world import a_proof
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider, a_licence, an_organisation, day

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]

CHANGED = "This paper was changed since we made it"
UNSEALED = "This paper has no seal"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(signing.key_set(settings.SIGNING_KEY)))
    return path


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd")


@pytest.fixture
def receipt(client: Client, licence: Licence) -> Receipt:
    return a_proof(client, licence.number)


@pytest.fixture
def proof(client: Client, receipt: Receipt) -> bytes:
    return bytes(client.get(f"/proofs/{receipt.number}/{receipt.key}/proof.pdf").content)


def uploaded(content: bytes) -> str:
    answer = Client().post("/verify/file/", {"file": SimpleUploadedFile("proof.pdf", content)})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def offline(keys: Path, content: bytes) -> tuple[int, str]:
    (keys.parent / "shown.pdf").write_bytes(content)
    return run_offline(keys, keys.parent / "shown.pdf")


def painted_over(content: bytes) -> bytes:
    """The page of a proof with other words on it, and the attached record left as it was."""
    paper = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        words = b"q 1 1 1 rg 0 0 600 850 re f Q BT /F1 30 Tf 100 700 Td (LICENSED until 2030) Tj ET"
        document.pages[0].contents_add(document.make_stream(words))
        document.save(paper)
    return paper.getvalue()


def without_seal(content: bytes) -> bytes:
    return re.sub(rb"(?m)^%Seal-1 .*\n", b"", content)


def test_a_proof_as_it_was_made_is_genuine_here_and_offline(proof: bytes, keys: Path) -> None:
    assert "Genuine: this is what the register said" in uploaded(proof)
    status, said = offline(keys, proof)
    assert (status, said.startswith("GENUINE")) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        painted_over,
        lambda proof: painted_over(without_seal(proof)),
        lambda proof: proof + b"\n",
        lambda proof: proof + b"1 0 obj << >> endobj\nstartxref\n9\n%%EOF\n",
        without_seal,
    ],
)
def test_a_page_that_was_painted_over_is_said_to_be_altered(proof: bytes, keys: Path, change: object) -> None:
    shown = change(proof)  # type: ignore[operator]

    said = uploaded(shown)
    assert CHANGED in said and "Altered: do not rely on this" in said
    assert "Genuine:" not in said and "Harvest Hands Ltd" in said, "what was signed is shown beside it"
    status, words = offline(keys, shown)
    assert status == 1 and words.startswith("ALTERED") and "this paper was changed since we made it" in words
    assert "The record inside is genuine" in words


def test_a_seal_of_another_key_or_of_another_paper_is_none(client: Client, proof: bytes, keys: Path) -> None:
    other = a_proof(client, a_holder("Meadow Staff Ltd").number)
    borrowed = client.get(f"/proofs/{other.number}/{other.key}/proof.pdf").content
    (line,) = re.findall(rb"(?m)^%Seal-1 .*$", borrowed)

    shown = re.sub(rb"(?m)^%Seal-1 .*$", line, proof)

    assert CHANGED in uploaded(shown) and offline(keys, shown)[0] == 1
    stranger = painted_over(without_seal(proof))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "SIGNING_KEY", signing.new_private_key())
        shown = pades.sealed_and_signed(stranger)
    assert CHANGED in uploaded(shown) and offline(keys, shown)[0] == 1


def test_a_paper_from_before_the_seal_is_not_confirmed_and_its_record_is(
    receipt: Receipt, keys: Path, settings: Settings
) -> None:
    record = {key: value for key, value in receipt.record.items() if key not in ("paper", "receipt")}
    sealed = signing.seal(settings.SIGNING_KEY, {**record, "kind": "letter", "letter": "L-1", "subject": "Granted"})
    old = without_seal(
        pdf.pdf_of_sealed("registry/letters/bare.html", facts={}, sealed=sealed, language="en-gb", at=NOW)
    )

    said = uploaded(old)
    assert UNSEALED in said and "Genuine:" not in said and "Altered" not in said
    status, words = offline(keys, old)
    assert status == 2 and "made before papers were sealed" in words


# --- papers of before an upgrade ---

CONFIRMED = "Signed record confirmed. This paper was made before we sealed papers: compare it with what is below."


def without_a_word_of_seals(settings: Settings, record: dict[str, Any]) -> bytes:
    """A paper as the release of before made it: its record does not know that papers can be sealed."""
    sealed = signing.seal(settings.SIGNING_KEY, record)
    return without_seal(
        pdf.pdf_of_sealed("registry/letters/bare.html", facts={}, sealed=sealed, language="en-gb", at=NOW)
    )


def of_before(settings: Settings, **other: object) -> bytes:
    letter = {"kind": "letter", "letter": "L-1", "subject": "Your licence is granted", "at": NOW.isoformat(), **other}
    return without_a_word_of_seals(settings, {name: value for name, value in letter.items() if value is not None})


def test_a_paper_signed_before_this_installation_sealed_is_confirmed_for_what_is_signed(settings: Settings) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW + timedelta(days=3))

    said = uploaded(of_before(settings))

    assert CONFIRMED in said and "It is our letter L-1: Your licence is granted." in said
    assert UNSEALED not in said and "Genuine:" not in said and "Report a false" not in said


def test_a_certificate_of_before_shows_what_the_register_says_today(settings: Settings, licence: Licence) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW)
    record = {
        "kind": "certificate",
        "certificate_of": licence.number,
        "name": "Harvest Hands Ltd",
        "at": NOW.isoformat(),
    }

    said = uploaded(without_a_word_of_seals(settings, record))

    assert CONFIRMED in said and licence.number in said


def test_a_paper_of_before_by_a_key_that_signed_then_is_confirmed_too(settings: Settings) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW)
    old = of_before(settings)
    settings.FORMER_PUBLIC_KEYS = [signing.public_key(settings.SIGNING_KEY)]
    settings.SIGNING_KEY = signing.new_private_key()

    assert CONFIRMED in uploaded(old)


@pytest.mark.parametrize(
    "record",
    [
        {"at": (NOW + timedelta(days=1)).isoformat()},
        {"at": "yesterday"},
        {"at": "2026-10-31T10:00:00"},
        {"at": "2026-13-31T10:00:00Z"},
        {"at": None},
        {"kind": "check_request"},
    ],
)
def test_what_is_later_says_no_day_or_is_no_paper_is_not_confirmed(settings: Settings, record: dict[str, str]) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW)

    said = uploaded(of_before(settings, **record))

    assert UNSEALED in said and CONFIRMED not in said


def test_a_paper_of_after_without_its_seal_stays_altered(proof: bytes) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW + timedelta(days=3))

    assert CHANGED in uploaded(without_seal(proof)) and CHANGED in uploaded(painted_over(without_seal(proof)))


def test_what_a_stranger_signed_with_a_day_of_before_is_not_ours(settings: Settings) -> None:
    trail.begin_rule(beginnings.SEALED_PAPERS, at=NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "SIGNING_KEY", signing.new_private_key())
        forged = of_before(settings)

    assert "Not one of ours" in uploaded(forged)


def test_certificates_and_letters_bear_the_seal_too(licence: Licence, keys: Path) -> None:
    entry = licence.listing.entries.get(shown_until=None)
    paper = printed.certificate(entry, language="en-gb", at=NOW)

    assert offline(keys, paper)[0] == 0 and "Genuine: we signed this" in uploaded(paper)
    assert offline(keys, painted_over(paper))[0] == 1 and CHANGED in uploaded(painted_over(paper))


def test_a_preview_bears_none(licence: Licence) -> None:
    made = pdf.pdf(
        "registry/letters/bare.html", facts={}, record={"kind": "preview"}, language="en-gb", at=NOW, unfinished=True
    )

    assert b"%Seal-1" not in made


def test_a_flipped_byte_anywhere_in_a_proof_is_found(proof: bytes, keys: Path) -> None:
    """A sample; `python -m tests.benchmarks.flips` flips 1,000, each judged by the page and by docs/verify.py."""
    assert count_missed(proof, keys, flips=150, seed=15) == 0


def test_the_line_is_before_the_end_of_the_file_where_pdf_a_allows_it(proof: bytes) -> None:
    assert re.search(rb"endobj\n\n?%Seal-1 [^\n]*\nstartxref\n\d+\n%%EOF\n$", proof)
    assert proof.count(b"%Seal-1 ") == proof.count(b"%%EOF") == 1


def test_the_paper_of_a_past_day_has_both_answers_on_its_one_page(
    client: Client, licence: Licence, set_clock: SetClock, keys: Path, tmp_path: Path
) -> None:
    """What is photographed and sent on is the first page: it has the answer of the day on which it was made."""
    licences.revoke(licence, takes_effect=day(1), because="Test.", by=a_decider(), at=NOW)
    set_clock(NOW + timedelta(days=3))
    receipt = a_proof(client, licence.number, at="2026-11-02")

    content = bytes(client.get(f"/proofs/{receipt.number}/{receipt.key}/proof.pdf").content)

    (tmp_path / "proof.pdf").write_bytes(content)
    command = ["pdftotext", "-l", "1", str(tmp_path / "proof.pdf"), "-"]
    said = " ".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    assert said.index("On 5 November 2026") < said.index("Not licensed") < said.index("As the register showed it on")
    assert "Answered by entry" in said and "Licensed until" not in said
    assert uploaded(content).index("We took the licence away") < uploaded(content).index("was licensed on 2 November")
    status, words = offline(keys, content)
    assert status == 0 and "WAS licensed on 2 November 2026" in words and "valid until" not in words


# --- whose name it bears ---


def test_a_proof_names_the_authority_of_the_day_on_which_it_is_made(
    client: Client, receipt: Receipt, licence: Licence, proof: bytes, tmp_path: Path
) -> None:
    """The licence was given by an authority that was replaced: whoever says so today is another."""
    assert receipt.record["authority"] == schemes.in_force("gla-food", NOW.date()).authority.name["en"]

    paper = tmp_path / "proof.pdf"
    paper.write_bytes(proof)
    words = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True, text=True).stdout
    assert words.startswith(receipt.record["authority"])


def test_a_proof_of_a_licence_given_by_an_authority_that_has_ended_names_the_one_of_today(
    client: Client, set_clock: SetClock
) -> None:
    before = datetime(2026, 3, 2, 10, tzinfo=LONDON)
    licence = a_licence(an_organisation("Harvest Hands Ltd"), starts=before.date(), at=before)
    set_clock(NOW)
    receipt = a_proof(client, licence.number)

    then, today = (schemes.in_force("gla-food", on.date()).authority.name["en"] for on in (before, NOW))
    assert then != today and receipt.record["answered"]["issued_by"] == then
    assert receipt.record["authority"] == today
    for address in (f"/proofs/{receipt.number}/{receipt.key}/", f"/verify/{receipt.number}/"):
        page = client.get(address).content.decode()
        assert today in page and then not in page
