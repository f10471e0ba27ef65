"""Passphrases that cannot be read back, and seals that open for one purpose only."""

import math
import unicodedata
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from compliance import vault
from tests.conftest import NOW

LISTS = sorted(file.stem for file in (Path(vault.__file__).parent / "passphrase_words").glob("*.txt"))
OLD_KEY = "97454d625f35f12c3908a7b34ecc67fa3a99feae18b5e5ba7da9c8db7890b745"


@pytest.mark.parametrize("language", LISTS)
def test_a_passphrase_is_beyond_guessing(language: str) -> None:
    words = vault.words(language)

    assert len(words) >= 512
    assert vault.length_of_passphrase(language) * math.log2(len(words)) >= 62
    assert len({vault.new_passphrase(language) for _again in range(50)}) == 50


@pytest.mark.parametrize("language", LISTS)
def test_the_words_of_a_list_are_told_apart_however_they_are_typed(language: str) -> None:
    """One word each, in small letters, and no two alike without their accents."""
    words = vault.words(language)

    assert [word for word in words if word != word.casefold() or len(vault.folded(word)) != 1] == []
    folded = [vault.folded(word)[0] for word in words]
    assert [word for word, count in Counter(folded).items() if count > 1] == []
    assert [word for word in folded if not 2 <= len(word) <= 9] == []


@pytest.mark.parametrize("language", LISTS)
def test_a_passphrase_is_typed_without_accents_in_capitals_and_with_hyphens(language: str) -> None:
    passphrase = vault.new_passphrase(language)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", passphrase) if not unicodedata.combining(sign))

    for typed in (passphrase.upper(), passphrase.replace(" ", "-"), unicodedata.normalize("NFD", passphrase), plain):
        assert vault.mailbox_key(typed) == vault.mailbox_key(passphrase)
    assert vault.unknown_words(passphrase) == []


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("łoś żółw", "los zolw"),
        ("đèn đường", "den duong"),
        ("oʻrmon gʻoz", "o'rmon g’oz"),
        ("мʼяч ґудзик їжак", "мяч гудзик ижак"),
        ("ёлка", "елка"),
        ("өзен қоңыр тұз", "озен коныр туз"),
        ("ҷӯй ҳавз", "чуй хавз"),
        ("ऊँट मेज़", "ऊंट मेज"),
        ("أسد شجرة مستشفى", "اسد شجره مستشفي"),
    ],
)
def test_words_open_the_mailbox_from_a_keyboard_that_lacks_their_letters(shown: str, typed: str) -> None:
    assert vault.mailbox_key(typed) == vault.mailbox_key(shown)


def test_signs_of_vowels_count_where_they_are_written_around_a_letter() -> None:
    assert vault.mailbox_key("काला") != vault.mailbox_key("कला")


def test_every_language_of_the_site_has_a_list_and_any_other_is_given_english_words(settings: Settings) -> None:
    codes = {code.split("-")[0] for code, _name in settings.LANGUAGES}

    assert len(codes) >= 20
    assert {code for code in codes if vault.language_of_words(code) != code} == set()
    assert vault.language_of_words("en-gb") == vault.language_of_words("xx") == "en"


def test_words_of_a_ticket_are_drawn_evenly_and_stay_the_same() -> None:
    """So many seeds give nearly every word, and none much more often than another."""
    drawn = [word for seed in range(2_000) for word in vault.Ticket("once", str(seed)).passphrase().split()]

    counts = Counter(drawn)
    assert len(counts) > 0.98 * len(vault.words())
    assert max(counts.values()) < 30
    assert vault.Ticket("once", "a").passphrase() == vault.Ticket("twice", "a").passphrase()


def test_keys_made_of_english_words_before_there_were_other_lists_still_open(settings: Settings) -> None:
    settings.NAMES_KEY = "a key of names, for this test alone"

    for typed in ("acid acorn acre acts afar affix", " ACID-acorn, acre.  acts afar affix"):
        assert vault.mailbox_key(typed) == OLD_KEY


@pytest.mark.parametrize(
    "typed", ["Acid ACORN acre", " acid-acorn,  acre. ", "acid\nacorn\tacre", "ａｃｉｄ acorn acre"]
)
def test_how_it_is_typed_does_not_count(typed: str) -> None:
    assert vault.mailbox_key(typed) == vault.mailbox_key("acid acorn acre")


def test_a_guess_costs_memory_and_time() -> None:
    """The source is read, as the tests themselves check words cheaply."""
    assert "\nWORK = 2**14 " in Path(vault.__file__).read_text()


def test_the_order_of_the_words_counts() -> None:
    assert vault.mailbox_key("acorn acid acre") != vault.mailbox_key("acid acorn acre")


def test_the_key_says_nothing_without_the_secret(settings: Settings) -> None:
    before = vault.mailbox_key("acid acorn acre")
    settings.NAMES_KEY = "another key"

    assert "acid" not in before
    assert vault.mailbox_key("acid acorn acre") != before


def test_a_seal_opens_for_its_purpose_only_and_not_when_altered() -> None:
    sealed = vault.seal("contact", {"telephone": "07700 900123"}, at=NOW)

    assert "07700" not in sealed
    assert vault.unseal("contact", sealed, at=NOW) == {"telephone": "07700 900123"}
    for wrong in (sealed[:-4] + "AAAA", "", "Zzz é"):
        with pytest.raises(vault.NotOpened):
            vault.unseal("contact", wrong, at=NOW)
    with pytest.raises(vault.NotOpened):
        vault.unseal("mailbox", sealed, at=NOW)


def test_a_seal_grows_too_old() -> None:
    sealed = vault.seal("mailbox", {"reference": "R-1"}, at=NOW)
    within = timedelta(minutes=30)

    assert vault.unseal("mailbox", sealed, at=NOW + within, within=within)
    with pytest.raises(vault.NotOpened):
        vault.unseal("mailbox", sealed, at=NOW + within + timedelta(seconds=2), within=within)


def test_a_ticket_keeps_its_words_and_a_forged_one_brings_new_ones() -> None:
    ticket = vault.new_ticket(at=NOW)

    assert vault.open_ticket(ticket, at=NOW).passphrase() == vault.open_ticket(ticket, at=NOW).passphrase()
    assert vault.open_ticket(ticket, at=NOW) == vault.open_ticket(ticket, at=NOW)
    assert vault.open_ticket("forged", at=NOW) != vault.open_ticket("forged", at=NOW)
