"""The index finds names by equality, by their beginning and by their words, on both engines alike."""

from collections.abc import Callable

import numpy as np
import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry import index, names
from registry.actions import listings, organisations
from registry.errors import Refused
from registry.index import PUBLIC, STAFF, How, find
from registry.models import IndexedName, IndexedWord, Posting
from tests.conftest import NOW
from tests.races import at_once
from tests.registry.stories import a_licence, an_organisation

pytestmark = pytest.mark.django_db


def subjects(text: str, space: str = PUBLIC) -> list[int]:
    return [found.subject for found in find(text, space)]


def add_all(*legal_names: str) -> None:
    for subject, name in enumerate(legal_names, start=1):
        index.add(PUBLIC, subject, [("legal", name)])


def test_the_same_name_is_found_exactly_whatever_its_spaces_case_and_legal_form() -> None:
    add_all("Harvest Hands Ltd", "Harvest Handsome Ltd")

    for typed in [
        "Harvest Hands Ltd",
        "harvest hands",
        "HARVESTHANDS limited",
        "  Harvest-Hands  ",
        "Harvest Hands plc",
    ]:
        first = find(typed, PUBLIC)[0]
        assert (first.subject, first.how) == (1, How.EXACT), typed


def test_a_name_that_only_begins_so_is_not_exact() -> None:
    add_all("Harvest Hands Ltd")

    (found,) = find("Harvest Han", PUBLIC)

    assert found == index.Found(1, "Harvest Hands Ltd", "legal", How.BEGINNING)


def test_words_are_found_in_any_order_and_by_their_beginnings() -> None:
    add_all("Green Valley Labour Supplies Ltd", "Valley Packers", "Green Fields")

    assert subjects("labour valley") == [1]
    assert subjects("suppl gree") == [1]
    assert subjects("valley") == [2, 1]


def test_every_word_typed_must_be_there_when_some_name_has_them_all() -> None:
    add_all("Oak Labour", "Ash Labour", "Oak Tree Labour")

    assert set(subjects("labour oak")) == {1, 3}


def test_names_that_share_the_rare_words_are_offered_when_none_has_them_all() -> None:
    add_all("Kestrel Labour", "Merlin Labour", "Osprey Labour")

    assert subjects("Kestrel Harvest") == [1]
    assert subjects("Buzzard Harvest") == []


def test_a_word_that_no_name_holds_does_not_make_common_words_enough() -> None:
    add_all(*(f"Labour {word}" for word in ["Alpha", "Bravo", "Charlie", "Delta"]))

    assert subjects("Zulu Yankee labour") == []


def test_another_script_is_found_by_its_transliteration() -> None:
    add_all("Wesoły Żniwiarz", "Балкан Персонал")

    assert find("wesoly zniwiarz", PUBLIC)[0].how == How.EXACT
    assert find("balkan personal", PUBLIC)[0].how == How.EXACT


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", '"', "\\", "\x00", "*", "🙂"])
def test_a_text_without_letters_finds_nothing(typed: str) -> None:
    add_all("Harvest Hands")

    assert find(typed, PUBLIC) == []


def test_more_than_a_hundred_characters_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        find("a" * 101, PUBLIC)

    assert [reason.code for reason in refused.value.reasons] == ["too_long"]


def test_the_spaces_do_not_see_each_other() -> None:
    index.add(PUBLIC, 1, [("legal", "Harvest Hands")])
    index.add(STAFF, 9, [("legal", "Secret Hands")])

    assert subjects("hands", PUBLIC) == [1]
    assert subjects("hands", STAFF) == [9]


def test_adding_keeps_the_names_that_are_there_and_adds_none_twice() -> None:
    index.add(PUBLIC, 1, [("legal", "Old Name Ltd")])
    index.add(PUBLIC, 1, [("legal", "New Name Ltd"), ("former", "Old Name Ltd"), ("legal", "New Name Ltd")])
    index.add(PUBLIC, 1, [("legal", "New Name Ltd")])

    assert [(found.text, found.kind) for found in find("old name", PUBLIC)] == [
        ("Old Name Ltd", "legal"),
        ("Old Name Ltd", "former"),
    ]
    assert IndexedWord.objects.get(space=PUBLIC, word="name").frequency == 3


def test_replacing_forgets_what_is_no_longer_so() -> None:
    index.replace(STAFF, 1, [("legal", "Old Hands"), ("trading", "Kept Hands")])
    index.replace(STAFF, 1, [("legal", "New Hands"), ("trading", "Kept Hands")])

    assert subjects("old", STAFF) == []
    assert subjects("new hands", STAFF) == [1]
    assert subjects("kept", STAFF) == [1]
    assert not IndexedWord.objects.filter(word="old").exists()
    assert IndexedWord.objects.get(word="hands").frequency == 2


def test_no_more_than_the_limit_come_back() -> None:
    add_all(*(f"Hands {number:03}" for number in range(30)))

    assert len(find("hands", PUBLIC, limit=7)) == 7


def test_a_change_that_is_rolled_back_leaves_no_trace() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        index.add(PUBLIC, 1, [("legal", "Harvest Hands")])
        _ = 1 / 0

    assert find("harvest", PUBLIC) == []
    assert not IndexedWord.objects.exists()


def test_names_in_far_apart_chunks_are_found_together() -> None:
    IndexedName.objects.bulk_create(
        [IndexedName(pk=3 * 65_536 + 5, space="x", subject=0, kind="legal", text="-", folded="-", squashed="-")]
    )
    index.add(PUBLIC, 1, [("legal", "Harvest Hands")])
    IndexedName.objects.filter(space="x").delete()
    row = IndexedName.objects.get(space=PUBLIC)

    assert Posting.objects.filter(chunk=row.pk >> 16).count() == 2
    assert subjects("hands") == [1]


def test_finding_asks_five_times_however_many_words_are_typed(django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    add_all(*(f"{word} labour supply services" for word in ["alpha", "bravo", "charlie", "delta"]))

    with django_assert_num_queries(5):
        assert find("services supply labour alpha one", PUBLIC)


class TestAgainstAnotherImplementation(TestCase):
    """The index against a plain scan of every name."""

    NAMES = st.lists(
        st.lists(st.sampled_from(["green", "greenfield", "grain", "oak", "oakley", "labour", "labours", "hands", "co", "ltd"]), min_size=1, max_size=4)
        .map(" ".join),
        min_size=1,
        max_size=12,
    )  # fmt: skip

    @settings(max_examples=80, deadline=None)
    @given(
        NAMES,
        st.lists(st.sampled_from(["green", "gree", "oak", "lab", "labour", "hands", "han"]), min_size=1, max_size=3),
    )
    def test_every_name_with_all_the_words_is_found(self, register: list[str], typed: list[str]) -> None:
        for subject, name in enumerate(register):
            index.replace(PUBLIC, subject, [("legal", name)])

        found = {one.subject for one in find(" ".join(typed), PUBLIC)}
        squashed = names.squash(" ".join(typed))
        beginning = {n for n, name in enumerate(register) if names.squash(name).startswith(squashed)}
        complete = {
            n
            for n, name in enumerate(register)
            if all(
                any(word.startswith(token) for word in names.tokens(name)) for token in names.tokens(" ".join(typed))
            )
        }

        assert beginning | complete <= found
        if complete:
            assert found == beginning | complete


def test_the_register_can_be_found_up_to_its_last_entry() -> None:
    assert index.is_at_last_entry()
    licence = a_licence(an_organisation("Harvest Hands Ltd"))
    assert index.is_at_last_entry()

    index.replace(PUBLIC, licence.listing_id, [])

    assert not index.is_at_last_entry()


def test_rebuilding_gives_the_index_that_the_actions_wrote() -> None:
    licence = a_licence(an_organisation("Harvest Hands Ltd", trading_names=["Orchard Crew"]))
    organisations.update(licence.organisation, changes={"legal_name": "Meadow Crew"}, by=None, at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW)
    a_licence(an_organisation("Harvest Help"))
    written = as_words()

    IndexedWord.objects.all().delete()
    IndexedName.objects.all().delete()
    assert find("harvest", PUBLIC) == []
    call_command("rebuild_index", verbosity=0)

    assert as_words() == written
    assert {found.text for found in find("harvest", PUBLIC)} == {"Harvest Hands Ltd", "Harvest Help"}
    assert {found.text for found in find("crew", STAFF)} == {"Meadow Crew", "Orchard Crew"}


def test_rebuilding_twice_changes_nothing() -> None:
    a_licence(an_organisation("Harvest Hands Ltd"))
    call_command("rebuild_index", verbosity=0)
    once = as_words()

    call_command("rebuild_index", verbosity=0)

    assert as_words() == once


def as_words() -> dict[tuple[str, str], tuple[int, list[tuple[int, str, str]]]]:
    """The whole index: for each word of a space its frequency, and whose names hold it."""
    names = {row.pk: (row.subject, row.kind, row.text) for row in IndexedName.objects.all()}
    words = {}
    for word in IndexedWord.objects.prefetch_related("postings"):
        ids = [int(i) for posting in word.postings.all() for i in np.frombuffer(posting.names, dtype="<u4")]
        words[word.space, word.word] = (word.frequency, sorted(names[i] for i in ids))
    return words


@pytest.mark.django_db(transaction=True)
def test_names_added_at_once_are_all_found() -> None:
    def adding(subject: int) -> Callable[[], None]:
        return transaction.atomic(lambda: index.add(PUBLIC, subject, [("legal", f"Shared Words {subject}")]))

    results = at_once(*[adding(subject) for subject in range(1, 9)])

    assert results == []
    assert IndexedWord.objects.get(space=PUBLIC, word="shared").frequency == 8
    assert sorted(subjects("words shared")) == list(range(1, 9))


def test_adding_many_gives_the_index_that_adding_one_by_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_CHUNK_BITS", 2)
    subjects = [(n, [("legal", f"Harvest {word} Ltd"), ("former", f"{word} Labour")]) for n, word in enumerate("abcde")]
    for subject, named in subjects:
        index.add(PUBLIC, subject, named)
    index.add(STAFF, 1, [("legal", "Harvest Staff")])

    assert index.add_many(STAFF, subjects[1:]) == 8

    written = as_words()
    assert written[STAFF, "b"] == written[PUBLIC, "b"]
    assert written[STAFF, "harvest"][0] == 5
