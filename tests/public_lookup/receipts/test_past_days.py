"""A paper about a past day cannot be taken for one about today: the answer of the day on which it was made comes first."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries.receipts import RecordVerdict, judge
from registry import signing
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.papers import pdf
from registry.register.actions import publishing
from tests.benchmarks.flips import run_offline
from tests.conftest import NOW, SetClock
from tests.public_lookup.receipts.world import a_proof, without_today
from tests.public_lookup.stories import a_holder, one_of_each_standing
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db

PAST = "2026-11-02"
THEN = "Harvest Hands Ltd was licensed on 2 November 2026."
#: What must be on no paper of a firm whose licence is gone: the words of one that holds, and the end of its term.
OF_TODAY = ("Licensed until", "is licensed", "outcome-yes", "outcome--yes")


@pytest.fixture
def revoked(set_clock: SetClock) -> Licence:
    licence = a_holder("Harvest Hands Ltd")
    set_clock(NOW + timedelta(days=1))
    licences.revoke(licence, takes_effect=day(2), because="Test.", by=a_decider(), at=NOW + timedelta(days=1))
    set_clock(NOW + timedelta(days=3))
    return licence


@pytest.fixture
def suspended(set_clock: SetClock) -> Licence:
    licence = a_holder("Harvest Hands Ltd")
    set_clock(NOW + timedelta(days=3))
    at = NOW + timedelta(days=3)
    licences.suspend(licence, starts=day(3), until=day(9), because="Test.", by=a_decider(), at=at)
    return licence


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(signing.key_set(project.SIGNING_KEY)))
    return path


@pytest.fixture(autouse=True)
def _papers_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the printer is given: its words and its classes, not the PDF that it makes of them."""
    monkeypatch.setattr(pdf, "_print_sealed", lambda html, *_args, **_options: html.encode())


def paper_of(client: Client, receipt: Receipt, language: str = "") -> str:
    return words(client, f"{language}/proofs/{receipt.number}/{receipt.key}/proof.pdf").partition("<body")[2]


def page_of(client: Client, receipt: Receipt, language: str = "") -> str:
    return words(client, f"{language}/proofs/{receipt.number}/{receipt.key}/")


def verified(client: Client, receipt: Receipt) -> list[str]:
    """As `/verify/` answers the number, the file and its text."""
    file = client.post("/verify/file/", {"text": json.dumps(receipt.sealed)})
    return [words(client, f"/verify/{receipt.number}/"), " ".join(file.content.decode().split())]


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def offline(keys: Path, sealed: Any) -> tuple[int, list[str]]:
    file = keys.parent / "proof.json"
    file.write_text(json.dumps(sealed))
    status, said = run_offline(keys, file)
    return status, [line.strip() for line in said.splitlines()]


# --- the paper and the pages ---


@pytest.mark.parametrize(
    ("ended", "word"), [("revoked", "We took its licence away on 4 November 2026"), ("suspended", "Suspended from")]
)
def test_a_firm_that_lost_its_licence_gets_no_paper_that_says_licensed(
    client: Client, request: pytest.FixtureRequest, ended: str, word: str
) -> None:
    receipt = a_proof(client, request.getfixturevalue(ended).number, at=PAST)

    for said in (paper_of(client, receipt), page_of(client, receipt), *verified(client, receipt)):
        made = said.index("On 5 November 2026")
        assert made < said.index("Not licensed") < said.index(word)
        assert said.index(word) < said.index("As the register showed it on 2 November 2026") < said.index(THEN)
        assert not [words for words in OF_TODAY if words in said]


def test_the_box_of_the_past_day_is_grey_and_has_no_tick(client: Client, revoked: Licence) -> None:
    paper = paper_of(client, a_proof(client, revoked.number, at=PAST))

    today, then = paper.split('<div class="outcome outcome-past">')
    assert '<div class="outcome outcome-no">' in today and "<svg" in today
    assert THEN in then and "<svg" not in then.partition("</div>")[0]


def test_the_term_of_a_past_day_is_said_to_be_of_then(client: Client, revoked: Licence) -> None:
    of_past, of_today = a_proof(client, revoked.number, at=PAST), a_proof(client, revoked.number)

    for said in (paper_of(client, of_past), page_of(client, of_past)):
        assert "Term, as it was known then" in said
        assert "The licence covered" in said and "The licence covers" not in said
    assert "Term, as it was known then" not in paper_of(client, of_today) + page_of(client, of_today)


def test_an_ended_licence_has_no_telephone_to_call_on_a_proof_about_the_day_before(
    client: Client, revoked: Licence
) -> None:
    past = a_proof(client, revoked.number, at=PAST)
    assert past.record["answered"]["telephone"]

    assert "Telephone" not in page_of(client, past)
    assert "People who may act for them" not in page_of(client, past)


def test_a_proof_about_today_leads_with_today_and_has_one_box(client: Client) -> None:
    receipt = a_proof(client, a_holder("Harvest Hands Ltd").number)

    paper, page = paper_of(client, receipt), page_of(client, receipt)

    assert "today" not in receipt.record
    assert "On 2 November 2026, when this proof was made" in paper and '<div class="outcome outcome-yes">' in paper
    for said in (paper, page):
        assert "Harvest Hands Ltd is licensed, from" in said and "As the register showed it" not in said


def test_a_proof_about_an_earlier_hour_of_the_day_says_the_hour(client: Client, suspended: Licence) -> None:
    receipt = a_proof(client, suspended.number, at="2026-11-05T09:00:00Z")

    said = paper_of(client, receipt)

    assert said.index("Suspended from") < said.index("Harvest Hands Ltd was licensed on 5 November 2026 at 9am.")


def test_who_was_taken_off_the_register_is_not_on_it_first(client: Client, revoked: Licence) -> None:
    publishing.hide(revoked.listing, at=NOW + timedelta(days=3))
    receipt = a_proof(client, revoked.number, at=PAST)

    assert receipt.record["today"] == {"day": "2026-11-05", "answered": None, "entry": None}
    for said in (paper_of(client, receipt), page_of(client, receipt)):
        assert said.index("Not on the register") < said.index(THEN)


def test_a_past_day_is_in_the_past_in_the_languages_of_workers(client: Client, revoked: Licence) -> None:
    receipt = a_proof(client, revoked.number, at=PAST)

    for language, then in (("/ro", "Harvest Hands Ltd avea licență la 2 noiembrie 2026."), ("/cy", "Roedd gan")):
        for said in (paper_of(client, receipt, language), page_of(client, receipt, language)):
            assert then in said


# --- what is signed ---


def test_the_answer_of_the_day_of_making_is_signed_too(client: Client, revoked: Licence) -> None:
    record = a_proof(client, revoked.number, at=PAST).record

    assert record["today"]["day"] == "2026-11-05"
    assert record["today"]["answered"]["standing"] == "revoked" and not record["today"]["answered"]["licensed"]
    assert record["today"]["entry"]["number"] > record["entry"]["number"]
    assert record["answered"]["standing"] == "licensed"


def test_a_proof_from_before_is_genuine_and_says_first_what_the_register_said_when_it_was_made(
    client: Client, revoked: Licence, keys: Path, set_clock: SetClock
) -> None:
    old = without_today(a_proof(client, revoked.number, at=PAST))

    assert judge(old.sealed).verdict is RecordVerdict.GENUINE
    for said in (paper_of(client, old), *verified(client, old)):
        assert said.index("We took its licence away on 4 November 2026") < said.index(THEN)
        assert not [words for words in OF_TODAY if words in said]
    status, lines = offline(keys, old.sealed)
    assert status == 0 and "LICENSED" not in lines
    assert (
        lines[2].startswith("Made on 5 November 2026, about a past day.") and "look up the answer of today" in lines[2]
    )


def test_years_later_the_answer_of_the_reader_s_day_comes_before_both(client: Client, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    set_clock(NOW + timedelta(days=1))
    receipt = a_proof(client, licence.number, at=PAST)
    licences.revoke(licence, takes_effect=day(2), because="Test.", by=a_decider(), at=NOW + timedelta(days=1, hours=1))
    set_clock(NOW + timedelta(days=900))

    for said in verified(client, receipt):
        made = said.index("Harvest Hands Ltd was licensed on 3 November 2026 at 10am.")
        assert said.index("We took the licence away") < said.index("<h1"), "before “Genuine”"
        assert said.index("We took the licence away") < made < said.index(THEN)
        assert not [words for words in OF_TODAY if words in said]


# --- without us ---

ANSWERS = {
    "licensed": "LICENSED",
    "licensed_with_conditions": "LICENSED, WITH CONDITIONS",
    "revocation_to_come": "LOSING ITS LICENCE",
    "refused": "APPLIED, NOT LICENSED",
    "applied": "APPLIED, NOT LICENSED",
}


def test_verify_py_prints_one_of_the_seven_answers_and_no_living_panel_of_an_ended_licence(
    client: Client, keys: Path
) -> None:
    for standing, number in one_of_each_standing().items():
        sealed = a_proof(client, number).sealed
        status, lines = offline(keys, sealed)

        said = "\n".join(lines)
        assert status == 0 and lines[2].endswith(f", when this proof was made: {ANSWERS.get(standing, 'NOT LICENSED')}")
        assert "licensed: true" not in said and "standing:" not in said
        if not sealed["record"]["answered"]["licensed"]:
            assert not [words for words in ("valid until", "last day", "telephone", "named people") if words in said]


def test_verify_py_says_was_licensed_of_a_past_day_and_first_what_is_so_now(
    client: Client, revoked: Licence, keys: Path
) -> None:
    status, lines = offline(keys, a_proof(client, revoked.number, at=PAST).sealed)

    assert status == 0
    assert lines[2:4] == [
        "On 5 November 2026, when this proof was made: NOT LICENSED",
        "As the register showed it on 2 November 2026: WAS licensed on 2 November 2026",
    ]
    assert not [line for line in lines if "licensed: true" in line or "valid until" in line or "telephone" in line]


def test_verify_py_ends_with_words_on_what_is_nested_without_end(keys: Path) -> None:
    file = keys.parent / "deep.json"
    for nested in ("[" * 20_000, '{"record":' * 20_000):
        file.write_text(nested)
        status, said = run_offline(keys, file)
        assert status == 2 and said.startswith("CANNOT TELL") and "Traceback" not in said
