"""Words that cannot be guessed and are typed in any way, and the digests that are kept of them."""

import hashlib
import math
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from compliance import passphrases

LISTS = sorted(file.stem for file in (Path(passphrases.__file__).parent / "passphrase_words").glob("*.txt"))
OLD_KEY = "97454d625f35f12c3908a7b34ecc67fa3a99feae18b5e5ba7da9c8db7890b745"


@pytest.mark.parametrize("language", LISTS)
def test_a_passphrase_is_beyond_guessing(language: str) -> None:
    words = passphrases.words(language)

    assert len(words) >= 512
    assert passphrases.length_of_passphrase(language) * math.log2(len(words)) >= 62
    assert len({passphrases.new_passphrase(language) for _again in range(50)}) == 50


@pytest.mark.parametrize("language", LISTS)
def test_the_words_of_a_list_are_told_apart_however_they_are_typed(language: str) -> None:
    """One word each, in small letters, and no two alike without their accents."""
    words = passphrases.words(language)

    assert [word for word in words if word != word.casefold() or len(passphrases.folded(word)) != 1] == []
    folded = [passphrases.folded(word)[0] for word in words]
    assert [word for word, count in Counter(folded).items() if count > 1] == []
    assert [word for word in folded if not 2 <= len(word) <= 9] == []


@pytest.mark.parametrize("language", LISTS)
def test_a_passphrase_is_typed_without_accents_in_capitals_and_with_hyphens(language: str) -> None:
    passphrase = passphrases.new_passphrase(language)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", passphrase) if not unicodedata.combining(sign))

    for typed in (passphrase.upper(), passphrase.replace(" ", "-"), unicodedata.normalize("NFD", passphrase), plain):
        assert passphrases.mailbox_key(typed) == passphrases.mailbox_key(passphrase)
    assert passphrases.unknown_words(passphrase) == []


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
    assert passphrases.mailbox_key(typed) == passphrases.mailbox_key(shown)


def test_signs_of_vowels_count_where_they_are_written_around_a_letter() -> None:
    assert passphrases.mailbox_key("काला") != passphrases.mailbox_key("कला")


def test_every_language_of_the_site_has_a_list_and_any_other_is_given_english_words(settings: Settings) -> None:
    codes = {code.split("-")[0] for code, _name in settings.LANGUAGES}

    assert len(codes) >= 20
    assert {code for code in codes if passphrases.language_of_words(code) != code} == set()
    assert passphrases.language_of_words("en-gb") == passphrases.language_of_words("xx") == "en"


def test_keys_made_before_the_work_was_done_five_times_still_open(settings: Settings) -> None:
    settings.NAMES_KEY = "a key of names, for this test alone"

    for typed in ("acid acorn acre acts afar affix", " ACID-acorn, acre.  acts afar affix"):
        assert passphrases.former_mailbox_key(typed) == OLD_KEY
    assert len(OLD_KEY) == passphrases.FORMER_LENGTH != len(passphrases.mailbox_key("acid acorn acre"))


@pytest.mark.parametrize(
    "typed", ["Acid ACORN acre", " acid-acorn,  acre. ", "acid\nacorn\tacre", "ａｃｉｄ acorn acre"]
)
def test_how_it_is_typed_does_not_count(typed: str) -> None:
    assert passphrases.mailbox_key(typed) == passphrases.mailbox_key("acid acorn acre")


def test_a_guess_costs_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source is read for the memory, as the tests themselves check words cheaply."""
    asked: list[dict[str, int]] = []
    digest = hashlib.scrypt

    def watched(*words: Any, **costs: Any) -> bytes:
        asked.append(costs)
        return digest(*words, **costs)

    monkeypatch.setattr(hashlib, "scrypt", watched)

    assert "\nWORK, TIMES = 2**14, 5\n" in Path(passphrases.__file__).read_text()
    assert passphrases.mailbox_key("acid acorn acre").startswith("5$")
    assert [(one["r"], one["p"]) for one in asked] == [(8, 5)]


def test_the_order_of_the_words_counts() -> None:
    assert passphrases.mailbox_key("acorn acid acre") != passphrases.mailbox_key("acid acorn acre")


def test_the_key_says_nothing_without_the_secret(settings: Settings) -> None:
    before = passphrases.mailbox_key("acid acorn acre")
    settings.NAMES_KEY = "another key"

    assert "acid" not in before
    assert passphrases.mailbox_key("acid acorn acre") != before
