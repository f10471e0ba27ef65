"""Seals that open for one purpose only, and tickets whose words stay the same."""

from collections import Counter
from datetime import timedelta

import pytest

from compliance import passphrases, vault
from tests.conftest import NOW


def test_words_of_a_ticket_are_drawn_evenly_and_stay_the_same() -> None:
    """So many seeds give nearly every word, and none much more often than another."""
    drawn = [word for seed in range(2_000) for word in vault.Ticket("once", str(seed)).passphrase().split()]

    counts = Counter(drawn)
    assert len(counts) > 0.98 * len(passphrases.words())
    assert max(counts.values()) < 30
    assert vault.Ticket("once", "a").passphrase() == vault.Ticket("twice", "a").passphrase()


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
