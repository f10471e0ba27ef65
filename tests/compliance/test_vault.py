"""Passphrases that cannot be read back, and seals that open for one purpose only."""

import math
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from compliance import vault
from tests.conftest import NOW


def test_a_passphrase_is_beyond_guessing() -> None:
    words = vault.words()

    assert len(set(words)) == len(words)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert vault.WORDS_IN_A_PASSPHRASE * math.log2(len(words)) >= 60


def test_every_word_of_a_passphrase_is_drawn_anew() -> None:
    drawn = {vault.new_passphrase() for _again in range(50)}

    assert len(drawn) == 50
    assert {len(passphrase.split()) for passphrase in drawn} == {6}


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

    assert vault.open_ticket(ticket, at=NOW) == vault.open_ticket(ticket, at=NOW)
    assert vault.open_ticket("forged", at=NOW) != vault.open_ticket("forged", at=NOW)
