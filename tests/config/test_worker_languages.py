"""What workers read, in every language that has a catalogue: whole, true to the English, and said to be a draft."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from config import catalogues
from config.translators import places
from registry import schemes
from tests.config.catalogue import Message, read
from tests.public_lookup.stories import a_holder, one_of_each_standing

pytestmark = pytest.mark.once

LOCALE: Path = settings.LOCALE_PATHS[0]
WORKERS = [code for code, _name in settings.LANGUAGES if code not in settings.SITE_LANGUAGES]
EXPECTED = {
    "pl", "ro", "bg", "lt", "lv", "pt", "sk", "ru", "uk", "uz", "tg", "ky", "kk", "ne", "hi", "id", "vi", "ar",
}  # fmt: skip


def catalogue_of(language: str) -> dict[tuple[str, str], Message]:
    return read(LOCALE / language / "LC_MESSAGES" / "django.po")


def test_a_language_is_added_by_adding_its_catalogue() -> None:
    folders = {folder.name for folder in LOCALE.iterdir() if (folder / "LC_MESSAGES" / "django.po").exists()}

    assert {code for code, _name in settings.LANGUAGES} == folders | {settings.LANGUAGE_CODE}
    assert set(WORKERS) >= EXPECTED


@pytest.mark.parametrize("language", WORKERS)
def test_every_message_that_a_worker_meets_is_translated(language: str) -> None:
    catalogue = catalogue_of(language)

    assert len(catalogue) > 300
    assert [key for key, message in catalogue.items() if key[1] and not message.is_translated] == []


@pytest.mark.parametrize("language", WORKERS)
def test_no_language_lacks_what_another_has(language: str) -> None:
    """All are made from the same messages: one that was not made anew is found here."""
    assert catalogue_of(language).keys() == catalogue_of(WORKERS[0]).keys()


@pytest.mark.parametrize("language", WORKERS)
def test_what_is_translated_is_what_the_pages_say(language: str) -> None:
    """Letter by letter, quotation marks too: the Welsh is collected from the pages themselves, the rest from the packs."""
    said = catalogue_of("cy").keys() | {("", words) for words in catalogues.pack_words()}

    assert catalogue_of(language).keys() <= said


@pytest.mark.parametrize("language", WORKERS)
def test_a_translation_leaves_open_what_the_english_leaves_open(language: str) -> None:
    wrong = [
        (message.key, form)
        for message in catalogue_of(language).values()
        if message.parts["msgid"]
        for form in message.forms
        if not places(form) <= places(message.parts["msgid"]) | places(message.parts.get("msgid_plural", ""))
        or ("msgid_plural" not in message.parts and places(form) != places(message.parts["msgid"]))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", WORKERS)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as opened:
        compiled = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
    for (about, english), message in catalogue_of(language).items():
        if english:
            key = f"{about}\x04{english}" if about else english
            said = (
                [compiled[key, n] for n in range(len(message.forms))]
                if "msgid_plural" in message.parts
                else [compiled[key]]
            )
            assert said == message.forms


@pytest.mark.parametrize("language", WORKERS)
def test_the_words_of_the_packs_are_said_in_it_too(language: str) -> None:
    catalogue = catalogue_of(language)

    assert [words for words in catalogues.pack_words() if not catalogue["", words].is_translated] == []


@pytest.mark.parametrize("language", WORKERS)
@pytest.mark.django_db
def test_each_standing_is_said_in_it(language: str) -> None:
    """On the page of each entry: the outcome, and what the scheme says of it, none of it in English."""
    numbers = one_of_each_standing()

    for number in list(numbers.values())[:9]:
        answer = Client().get(f"/{language}/check/{number}/")
        page = answer.content.decode()
        with translation.override(language):
            # From the catalogue, not from the page.
            draft = translation.gettext(
                "This translation has not been checked by a translator yet. Where it differs, the English counts."
            )
        assert f'<html lang="{language}"' in page
        assert draft in page
        for english in ("Licensed", "Not licensed", "may not supply workers", "Ring this number"):
            assert english not in re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize("language", WORKERS)
def test_a_worker_reads_in_it_and_staff_do_not(language: str) -> None:
    client = Client()

    assert client.get(f"/{language}/").status_code == 200
    for address in ("/staff/", "/apply/", "/terms/"):
        answer = client.get(f"/{language}{address}?a=1")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{address}?a=1"
    assert not client.cookies


def test_the_language_that_a_browser_asks_for_is_offered_in_its_own_words() -> None:
    page = Client().get("/check/", headers={"accept-language": "pl,en;q=0.5"}).content.decode()

    with translation.override("pl"):
        offer = translation.gettext("This page is in English too")
    assert f'hreflang="pl">{offer}</a>' in page
    assert "Accept-Language" in Client().get("/check/").headers["Vary"]


@pytest.mark.parametrize("asked", ["", "en-GB,en", "xx", "de"])
def test_nothing_is_offered_to_a_browser_that_asks_for_english_or_for_what_we_lack(asked: str) -> None:
    assert "app-language__offer" not in Client().get("/check/", headers={"accept-language": asked}).content.decode()


def test_a_page_for_others_offers_only_the_languages_of_the_whole_service() -> None:
    page = Client().get("/terms/", headers={"accept-language": "pl"}).content.decode()

    assert "/pl/terms/" not in page
    assert "app-language__offer" not in page


def test_a_catalogue_that_was_reviewed_is_shown_without_the_note(settings: Settings, tmp_path: Path) -> None:
    catalogues.is_draft.cache_clear()
    source = LOCALE / "pl" / "LC_MESSAGES" / "django.mo"
    copy = tmp_path / "pl" / "LC_MESSAGES" / "django.mo"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes().replace(b"X-Needs-Review: yes", b"X-Needs-Review: no "))
    settings.LOCALE_PATHS = [tmp_path]

    assert catalogues.is_draft("pl") is False
    catalogues.is_draft.cache_clear()


def test_what_no_catalogue_says_stays_english_and_is_never_a_guess() -> None:
    assert catalogues.translated("A sentence that no catalogue has", "pl") == "A sentence that no catalogue has"
    assert (
        schemes.said(schemes.Text({"en": "A sentence that no catalogue has"}), "pl")
        == "A sentence that no catalogue has"
    )


@pytest.mark.django_db
def test_what_was_posted_goes_along_into_every_language() -> None:
    a_holder("Harvest Hands Ltd")

    page = Client().post("/check/", {"q": "harvest", "trace": "no"}).content.decode()

    assert set(re.findall(r'action="/(\w\w)/check/"', page)) >= {"cy", *WORKERS}
