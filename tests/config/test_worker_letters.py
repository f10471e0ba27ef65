"""Every mail, text message and paper that a worker can receive, in every language of its page: no English is left in any.

Each is asked for on a page of that language and compared with the same one asked for in English.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from public_lookup import jobs
from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.texts import TextMessage
from public_lookup.receipts.models import Receipt
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.papers import pdf, words
from registry.register.actions import listings
from tests.config.catalogue import left_in_english
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.public_lookup.receipts.world import a_proof
from tests.public_lookup.stories import a_holder, an_applicant, rename
from tests.registry.stories import SCHEME, a_condition, a_decider, day

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENGLISH = project.LANGUAGE_CODE
OTHERS = [code for code, _name in project.LANGUAGES if code != ENGLISH]
LATER = NOW + timedelta(days=1)
CONNECTIONS = cycle(range(1, 255))
TELEPHONE = "+4477009001{:02}"
NAMES = (
    "Plain Hands",
    "Hopeful Hands",
    "Renamed Hands",
    "Hereford",
    "Herefordshire",
    "Orchard Lane",
    "HR1 1AA",
    "Acas",
    "Crimestoppers",
    "Samaritans",
)

#: The letters of the public pages, by who gets them. A new one is entered here, and walked below if workers get it.
OF_WORKERS = {"confirm.html", "changed.html", "receipt.html", "poster.html"}
#: Sheets of which each part is in the language that was chosen: tests/public_lookup/materials reads them.
SHEETS = {"material.html"}
OF_LABOUR_USERS = {
    "check_made.html",
    "checked.html",
    "webhook_paused.html",
    "supplier_asked.html",
    "supplier_pack.html",
}  # asked for behind a sign-in
#: Of the statistics and of materials, which are in our own languages.
OF_READERS = {"release_confirm.html", "release_out.html", "news_confirm.html", "news_digest.html"}


@pytest.fixture(autouse=True)
def text_sender(settings: Settings, tmp_path: Path) -> None:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path


def test_every_letter_of_the_public_pages_is_known_to_be_of_workers_or_not() -> None:
    folder = project.BASE_DIR / "public_lookup/templates/public_lookup/letters"

    assert {file.name for file in folder.iterdir()} == OF_WORKERS | SHEETS | OF_LABOUR_USERS | OF_READERS


def address_in(language: str, address: str) -> str:
    return address if language == ENGLISH else f"/{language}{address}"


def post(language: str, address: str, **typed: str) -> Any:
    # From a connection of its own, which no limit has counted.
    connection = f"198.51.100.{next(CONNECTIONS)}"
    answer = Client().post(address_in(language, address), typed, REMOTE_ADDR=connection)
    assert answer.status_code in (200, 303), (language, address, answer.status_code)
    return answer


def mailbox(language: str) -> str:
    return f"reader-{language}@mail.example"


def assert_no_english(said: dict[str, list[str]], *names: str) -> None:
    """What was said in each language, in the same order; in none of them a sentence as in English."""
    english = said.pop(ENGLISH)
    assert english
    for language, texts in said.items():
        assert len(texts) == len(english), language
        left = [left_in_english(one, other, *NAMES, *names) for one, other in zip(english, texts, strict=True)]
        assert not any(left), (language, left)


def as_lines(text: str) -> str:
    """Plain text as a page, so that each of its lines is compared."""
    return "".join(f"<p>{line.removeprefix('- ')}</p>" for line in text.splitlines())


def mails(template: str) -> dict[str, list[str]]:
    """The subject and both forms of every mail of this template, by language."""
    said: dict[str, list[str]] = {}
    for letter in Letter.objects.filter(template__endswith=f"/{template}").order_by("pk"):
        assert f'<html lang="{letter.language}"' in words.render(letter)
        mail = f"<h1>{letter.subject}</h1>{as_lines(words.text(letter))}{words.fragment(letter)}"
        said.setdefault(letter.language, []).append(mail)
    return said


def followers(licence: Licence | None = None, **wish: str) -> None:
    """One in each language asks on the page of that language, and confirms."""
    what = {"number": licence.number} if licence else wish
    for language in (ENGLISH, *OTHERS):
        post(language, "/follow/", **what, email=mailbox(language))
    for follow in Follow.objects.filter(confirmed_at=None):
        post(follow.language, f"/follow/{follow.key}/")


def by_text(licence: Licence) -> None:
    for number, language in enumerate((ENGLISH, *OTHERS)):
        telephone = TELEPHONE.format(number)
        post(language, "/follow/", number=licence.number, telephone=telephone)
        (code,) = re.findall(r"\d{6}", TextMessage.objects.get(number=telephone, is_code=True).words)
        post(language, "/follow/texts/", telephone=telephone, code=code)


# --- what is mailed ---


@pytest.mark.parametrize(
    "wish", [{"place": "Hereford"}, {"sector": "horticulture"}, {"place": "Hereford", "sector": "horticulture"}, {}]
)
def test_the_mail_that_asks_to_confirm(wish: dict[str, str]) -> None:
    followers(None if wish else a_holder("Plain Hands"), **wish)

    assert_no_english(mails("confirm.html"))


def revoke(licence: Licence, **when: Any) -> None:
    licences.revoke(
        licence, takes_effect=when.get("takes_effect", LATER.date()), because="Test.", by=a_decider(), at=LATER
    )


def suspend(licence: Licence) -> None:
    until = LATER.date() + timedelta(days=9)
    licences.suspend(licence, starts=LATER.date(), until=until, because="Test.", by=a_decider(), at=LATER)


HAPPENS: dict[str, Callable[[Licence], object]] = {
    "condition": a_condition,
    "revoked": revoke,
    "losing": lambda licence: revoke(licence, takes_effect=day(30)),
    "suspended": suspend,
    "surrendered": lambda licence: licences.surrender(
        licence, takes_effect=LATER.date(), because="Test.", by=a_decider(), at=LATER
    ),
    "ended": lambda licence: licences.end(
        licence, ended_from=LATER.date(), because="Test.", by=person("case_officer"), at=LATER
    ),
    "renamed": lambda licence: rename(licence.organisation, LATER, legal_name="Renamed Hands"),
    "telephone": lambda licence: rename(licence.organisation, LATER, telephone="+441632960199"),
}


@pytest.mark.parametrize("happens", HAPPENS)
def test_the_mail_and_the_text_message_that_tell_of_a_change(happens: str, set_clock: SetClock) -> None:
    licence = a_holder("Plain Hands")
    followers(licence)
    by_text(licence)
    set_clock(LATER)

    HAPPENS[happens](licence)
    jobs.tell_followers(at=LATER)

    assert_no_english(mails("changed.html"))
    assert_no_english(text_messages(is_code=False))


def text_messages(*, is_code: bool) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for message in TextMessage.objects.filter(is_code=is_code).order_by("pk"):
        language = (ENGLISH, *OTHERS)[int(message.number[-2:])]
        said.setdefault(language, []).append(f"<p>{message.words}</p>")
    return said


def test_the_mail_about_an_applicant_who_is_refused_or_taken_off(set_clock: SetClock) -> None:
    entry = an_applicant("Hopeful Hands")
    for language in (ENGLISH, *OTHERS):
        post(language, "/follow/", number=entry.number, email=mailbox(language))
    for follow in Follow.objects.all():
        post(follow.language, f"/follow/{follow.key}/")
    set_clock(LATER)

    listings.show_refusal(
        entry.listing.organisation, scheme=SCHEME, refused_from=LATER.date(), by=person("decision_maker"), at=LATER
    )
    jobs.tell_followers(at=LATER)

    assert_no_english(mails("changed.html"))


# --- what is sent to a telephone ---


def test_the_code_and_the_message_that_there_is_more(set_clock: SetClock) -> None:
    licence = a_holder("Plain Hands")
    by_text(licence)
    codes = text_messages(is_code=True)
    set_clock(LATER)
    for number in range(5):
        rename(licence.organisation, LATER + timedelta(minutes=number), telephone=f"+44163296019{number}")
        jobs.tell_followers(at=LATER + timedelta(minutes=number))

    assert_no_english(codes)
    told = text_messages(is_code=False)
    assert {len(messages) for messages in told.values()} == {5}
    assert_no_english(told)


# --- what is printed ---


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the printer is given, as a page: the PDF itself is read elsewhere."""
    made: list[str] = []

    def keep(template: str, *, facts: dict[str, Any], language: str, at: Any, **_more: Any) -> bytes:
        with translation.override(language):
            made.append(
                render_to_string(template, {"layout": words.BARE, "language": language, "at": at, **facts, **_more})
            )
        return b"%PDF"

    monkeypatch.setattr(pdf, "pdf_of_sealed", keep)
    monkeypatch.setattr(pdf, "pdf", keep)
    yield made


def test_the_proof_of_check(printed: list[str], client: Client) -> None:
    licence = a_condition(a_holder("Plain Hands")).licence
    revoked = a_holder("Gone Hands")
    licences.revoke(revoked, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    for number, asked in ((licence.number, {}), (revoked.number, {}), (licence.number, {"at": "2026-11-02"})):
        receipt = a_proof(client, number, **asked)

        assert_no_english(printed_in_each(receipt, printed), "Gone Hands", "Keep records of hours.", receipt.number)


def printed_in_each(receipt: Receipt, printed: list[str]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for language in (ENGLISH, *OTHERS):
        answer = Client().get(address_in(language, f"/proofs/{receipt.number}/{receipt.key}/proof.pdf"))
        assert answer.status_code == 200
        said[language] = [printed.pop()]
    return said


def test_the_poster(printed: list[str]) -> None:
    number = a_holder("Plain Hands").number
    said: dict[str, list[str]] = {}
    for language in (ENGLISH, *OTHERS):
        for address in ("/check/poster/poster.pdf", f"/check/{number}/poster/poster.pdf"):
            assert Client().get(address_in(language, address)).status_code == 200
            said.setdefault(language, []).append(printed.pop())

    assert_no_english(said)
