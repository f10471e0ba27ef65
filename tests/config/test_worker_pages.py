"""Statements, proofs and the mailbox in every language of workers: nothing on a page is left in English."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from compliance import passphrases, vault
from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from public_lookup.receipts.models import Receipt
from registry import signing
from registry.templatetags.registry_parts import day
from tests.compliance.reports.test_views_intake import TOLD
from tests.config.catalogue import left_in_english
from tests.conftest import NOW
from tests.people import person
from tests.public_lookup.receipts.world import a_proof, altered
from tests.public_lookup.stories import a_holder

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORKERS = [code for code, _name in settings.LANGUAGES if code not in settings.SITE_LANGUAGES]
PROGRAM = "python3 verify.py --keys jwks.json proof.pdf"
# The same in some of the languages: names, and words that they have borrowed.
SAME = ("Email", "Cookies", "Contact", "Wales", PROGRAM)
ENTRY = ("Plain Hands", "Hereford", "Herefordshire", "1 Orchard Lane", "HR1 1AA", "HTTP")
STATEMENTS = ("/privacy/", "/cookies/", "/contact/", "/accessibility/")
WHOLE = "This is a summary for workers. The full text is in English:"


def read(language: str, address: str, file: str = "") -> str:
    """The page as it answers; by a post of a file if there is one."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    if not file:
        return page_of(Client().get(f"{prefix}{address}"), language)
    content = SimpleUploadedFile("proof.json", file.encode())
    return page_of(Client().post(f"{prefix}{address}", {"file": content}), language)


def page_of(answer: Any, language: str) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    page = str(answer.content.decode())
    assert f'<html lang="{language}"' in page
    return page


def assert_no_english(address: str, *names: str, file: str = "") -> None:
    english = read(settings.LANGUAGE_CODE, address, file)
    left = {
        language: left_in_english(english, read(language, address, file), *SAME, *ENTRY, *names) for language in WORKERS
    }
    assert {language: found for language, found in left.items() if found} == {}


@pytest.mark.parametrize("address", STATEMENTS)
def test_a_statement_is_said_to_workers(address: str) -> None:
    assert_no_english(address, settings.CONTACT_EMAIL, "English")


@pytest.mark.parametrize("address", STATEMENTS)
@pytest.mark.parametrize("language", WORKERS)
def test_a_summary_leads_to_the_whole_text_in_english_and_back(language: str, address: str) -> None:
    page = read(language, address)
    with translation.override(language):
        is_summary = translation.gettext(WHOLE) in page

    assert is_summary == (address != "/contact/")
    assert f'href="{address}" hreflang="en-gb" lang="en">English</a>' in page
    assert f'href="/{language}{address}"' in read(settings.LANGUAGE_CODE, address)


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_whoever_reads_the_whole_text_is_told_of_no_summary(language: str) -> None:
    for address in STATEMENTS:
        with translation.override(language):
            assert translation.gettext(WHOLE) not in read(language, address)


def test_what_a_worker_must_know_of_privacy_is_in_the_summary() -> None:
    """What we keep, who sees it, how long, how to reach us and how to complain."""
    page = read("pl", "/privacy/")

    with translation.override("pl"):
        for said in (
            "You do not have to say who you are. If you do, your name is kept apart from what you told us, and only a few people may see it.",
            "If you are not content with our answer, you can complain to the Information Commissioner:",
            "Telephone:",
        ):
            assert translation.gettext(said) in page
    assert "30 dni" in page and settings.CONTACT_EMAIL in page


# --- proofs ---


@pytest.fixture
def receipt(client: Client) -> Receipt:
    return a_proof(client, a_holder("Plain Hands").number)


def test_the_page_of_a_proof_is_said_to_workers(receipt: Receipt, client: Client) -> None:
    past = a_proof(client, receipt.licence_number, at="2026-11-02")
    for one in (receipt, past):
        names = (one.number, one.record["entry"]["hash"])
        assert_no_english(f"/proofs/{one.number}/{one.key}/", *names, one.key)
        assert_no_english(f"/verify/{one.number}/", *names)


def test_the_way_to_a_proof_stays_in_the_language(client: Client) -> None:
    number = a_holder("Plain Hands").number

    answer = client.post(f"/pl/check/{number}/proof/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/pl/proofs/")
    page = page_of(answer, "pl")
    assert "/pl/proofs/" in page and "proof.json" in page
    (address,) = {part.split('"')[0] for part in page.split('href="') if part.split('"')[0].endswith("proof.json")}
    assert client.get(address).headers["Content-Type"] == "application/json"


def not_signed(receipt: Receipt) -> str:
    return altered(receipt, lambda record: record["answered"].update(name="Other Hands"))


def of_another_key(receipt: Receipt) -> str:
    return signing.canonical(signing.seal(signing.new_private_key(), {"kind": "receipt", "receipt": "x"})).decode()


def not_kept(receipt: Receipt) -> str:
    record = {**receipt.record, "receipt": "V-0000-0000"}
    return signing.canonical(signing.seal(settings.SIGNING_KEY, record)).decode()


def a_letter(receipt: Receipt) -> str:
    record = {"kind": "letter", "letter": "L-0000-0001", "subject": "Hello"}
    return signing.canonical(signing.seal(settings.SIGNING_KEY, record)).decode()


def something_else(receipt: Receipt) -> str:
    return signing.canonical(signing.seal(settings.SIGNING_KEY, {"kind": "poster"})).decode()


def as_given(receipt: Receipt) -> str:
    return signing.canonical(receipt.sealed).decode()


@pytest.mark.parametrize(
    "file", [as_given, not_signed, of_another_key, not_kept, a_letter, something_else, lambda receipt: "{}"]
)
def test_what_is_said_of_a_file_is_said_to_workers(receipt: Receipt, file: Callable[[Receipt], str]) -> None:
    assert_no_english(
        "/verify/file/",
        receipt.number,
        receipt.record["entry"]["hash"],
        "V-0000-0000",
        "L-0000-0001",
        "Hello",
        file=file(receipt),
    )


def test_the_pages_on_which_a_code_or_a_file_is_given_are_said_to_workers() -> None:
    assert_no_english("/verify/")
    assert_no_english("/verify/file/")


# --- the report and its mailbox ---


def a_report_sent(language: str) -> tuple[str, Report]:
    """The page after a report is sent from the page of this language, and the report."""
    told = {**TOLD, "contact": "mailbox", "step": "send", "ticket": vault.new_ticket(at=NOW)}
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    page = page_of(Client().post(f"{prefix}/report/", told), language)
    return page, Report.objects.latest("pk")


def words_on(page: str) -> str:
    found = re.search(r'translate="no">([^<>]+)</strong></div>', page)
    assert found
    return found[1]


def mailbox_of(language: str, report: Report, words: str) -> str:
    """Opened by the words as a telephone without the letters of the language types them."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    page = page_of(
        Client().post(f"{prefix}/report/mailbox/", {"passphrase": " ".join(passphrases.folded(words))}), language
    )
    assert report.reference in page
    return page


def test_a_report_its_words_and_its_mailbox_are_said_to_workers() -> None:
    analyst, own = person("intelligence_analyst"), (TOLD["text"], "Where is it?", "Said as the reporter reads it.")
    pages: dict[str, tuple[str, str]] = {}
    for language in (settings.LANGUAGE_CODE, *WORKERS):
        page, report = a_report_sent(language)
        words = words_on(page)
        assert set(words.split()) <= set(passphrases.words(passphrases.language_of_words(language)))
        with translation.override(language):
            assert day(report.tell_by) in page
        reports.begin(report, by=analyst, at=NOW)
        reports.ask(report, text=own[1], translation=own[2], translator="Interpreter 7", by=analyst, at=NOW)
        pages[language] = (page, mailbox_of(language, report, words))

    sent, opened = pages.pop(settings.LANGUAGE_CODE)
    left = {
        language: left_in_english(sent, page, *SAME) + left_in_english(opened, inside, *SAME, *own)
        for language, (page, inside) in pages.items()
    }
    assert {language: found for language, found in left.items() if found} == {}
