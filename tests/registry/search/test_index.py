"""The index finds names by equality, by their beginning and by their words, on both engines alike."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry import names
from registry import search as index
from registry.errors import Refused
from registry.organisations import actions as organisations
from registry.register.actions import listings
from registry.search import PUBLIC, STAFF, IndexBehind, SearchMatch, find, finding
from registry.search.models import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from tests.conftest import NOW
from tests.races import at_once
from tests.registry.stories import a_licence, an_organisation

pytestmark = pytest.mark.django_db


def subjects(text: str, space: str = PUBLIC) -> list[int]:
    return [found.subject for found in find(text, space)]


def add_all(*legal_names: str) -> None:
    index.add_many(PUBLIC, [(subject, [("legal", name)]) for subject, name in enumerate(legal_names, start=1)])


def test_the_same_name_is_found_exactly_whatever_its_spaces_and_case() -> None:
    add_all("Harvest Hands Ltd", "Harvest Handsome Ltd")

    for typed in [
        "Harvest Hands Ltd",
        "harvest hands",
        "HARVESTHANDS limited",
        "  Harvest-Hands  ",
    ]:
        first = find(typed, PUBLIC)[0]
        assert (first.subject, first.how) == (1, SearchMatch.EXACT), typed


def test_the_same_name_with_another_legal_form_is_not_exact() -> None:
    add_all("Harvest Hands Ltd", "Meadow Crew AG", "Meadow Crew Ltd")

    for typed in ["Harvest Hands plc", "Harvest Hands LLP", "Harvest Hands sp. z o.o."]:
        first = find(typed, PUBLIC)[0]
        assert (first.subject, first.how) == (1, SearchMatch.OTHER_FORM), typed
    assert [(one.subject, one.how) for one in find("Meadow Crew", PUBLIC)] == [
        (3, SearchMatch.EXACT),
        (2, SearchMatch.WITH_FORM),
    ]
    assert {one.how for one in index.equal_to(["Meadow Crew"], PUBLIC)["Meadow Crew"]} == {
        SearchMatch.EXACT,
        SearchMatch.WITH_FORM,
    }


def test_a_name_that_only_begins_so_is_not_exact() -> None:
    add_all("Harvest Hands Ltd")

    (found,) = find("Harvest Han", PUBLIC)

    assert found == index.SearchHit(1, "Harvest Hands Ltd", "legal", SearchMatch.BEGINNING)


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

    assert find("wesoly zniwiarz", PUBLIC)[0].how == SearchMatch.EXACT
    assert find("balkan personal", PUBLIC)[0].how == SearchMatch.EXACT


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


def test_names_that_are_not_shown_take_no_place_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_MOST_CANDIDATES", 4)
    add_all(*(f"{letter} Hands {letter}" for letter in "ABCDEFGHI"), *(f"Crew {number}" for number in range(6)))

    def found(typed: str, shown: Callable[[Collection[int]], Collection[int]], limit: int = 100) -> set[int]:
        return {one.subject for one in find(typed, PUBLIC, limit, shown=shown)}

    # By words: the four oldest are compared, or the four oldest of those who are shown.
    assert found("hands", list) == {1, 2, 3, 4}
    assert found("hands", lambda subjects: [one for one in subjects if one > 2]) == {3, 4, 5, 6}
    assert {8, 9} <= found("hands", lambda subjects: [one for one in subjects if one > 7])  # then all are compared
    # By how they begin.
    assert found("crew", list, limit=3) == {10, 11, 12}
    monkeypatch.setattr(finding, "_MOST_CANDIDATES", 1)
    assert found("crew", lambda subjects: [one for one in subjects if one > 12], limit=3) == {13, 14, 15}


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

    assert Posting.objects.filter(chunk=row.pk >> 16).count() == 3  # its two words, and its length
    assert subjects("hands") == [1]


def test_finding_asks_six_times_however_many_words_are_typed(django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    add_all(*(f"{word} labour supply services" for word in ["alpha", "bravo", "charlie", "delta"]))

    with django_assert_num_queries(6):
        assert find("services supply labour alpha one", PUBLIC)


class TestAgainstAnotherImplementation(TestCase):
    """The index against a plain scan of every name."""

    NAMES = st.lists(
        st.lists(st.sampled_from(["green", "greenfield", "grain", "oak", "oakley", "labour", "labours", "hands", "co", "ltd"]), min_size=1, max_size=4)
        .map(" ".join),
        min_size=1,
        max_size=12,
    )  # fmt: skip

    @settings(max_examples=30, deadline=None)
    @given(
        NAMES,
        st.lists(st.sampled_from(["green", "gree", "oak", "lab", "labour", "hands", "han"]), min_size=1, max_size=3),
    )
    def test_every_name_with_all_the_words_is_found(self, register: list[str], typed: list[str]) -> None:
        for subject, name in enumerate(register):
            index.replace(PUBLIC, subject, [("legal", name)])

        holding_all = (SearchMatch.EXACT, SearchMatch.BEGINNING, SearchMatch.WORDS)
        found = {one.subject for one in find(" ".join(typed), PUBLIC) if one.how in holding_all}
        squashed = names.squash(" ".join(typed))
        beginning = {n for n, name in enumerate(register) if names.squash(name).startswith(squashed)}
        complete = {
            n
            for n, name in enumerate(register)
            if all(
                any(word.startswith(token) for word in names.tokens(name)) for token in names.tokens(" ".join(typed))
            )
        }

        assert found == beginning | complete


def test_the_register_can_be_found_up_to_its_last_entry() -> None:
    assert index.is_at_last_entry()
    licence = a_licence(an_organisation("Harvest Hands Ltd"))
    assert index.is_at_last_entry()

    index.replace(PUBLIC, licence.listing_id, [])

    assert not index.is_at_last_entry()


def test_names_that_are_hardly_alike_do_not_hide_that_the_index_is_behind() -> None:
    a_licence(an_organisation("International Harvesting and Packing Services of Northern Lincolnshire Zephyr"))
    newest = a_licence(an_organisation("Zephyr Kale"))
    index.replace(PUBLIC, newest.listing_id, [])

    with pytest.raises(IndexBehind):
        find("zephyr kale", PUBLIC)


def test_rebuilding_gives_the_index_that_the_actions_wrote() -> None:
    licence = a_licence(an_organisation("Harvest Hands Ltd", trading_names=["Orchard Crew"]))
    organisations.update(licence.organisation, changes={"legal_name": "Meadow Crew"}, by=None, at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW)
    a_licence(an_organisation("Harvest Help"))
    written = as_words()

    for table in (Misspelling, Posting, IndexedWord, IndexedName, IndexedClue):
        table.objects.all().delete()
    with pytest.raises(IndexBehind):
        find("harvest", PUBLIC)
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


Index = dict[str, object]


def as_words() -> dict[tuple[str, str], Index]:
    """The whole index: for each word of a space its frequency, whose names hold it, and its misspellings; and the clues."""
    names = {row.pk: (row.subject, row.kind, row.text) for row in IndexedName.objects.all()}
    words: dict[tuple[str, str], Index] = {}
    for word in IndexedWord.objects.prefetch_related("postings"):
        places = [(posting.chunk, np.frombuffer(posting.names, dtype="<u2")) for posting in word.postings.all()]
        ids = [(chunk << 16) + int(place) for chunk, blob in places for place in blob]
        keys = sorted(Misspelling.objects.filter(word=word).values_list("key", flat=True))
        words[word.space, word.word] = {
            "frequency": word.frequency, "names": sorted(names[i] for i in ids), "keys": keys
        }  # fmt: skip
    for space, key, kind, subject in IndexedClue.objects.order_by("subject").values_list(
        "space", "key", "kind", "subject"
    ):
        words.setdefault((space, f"{kind}:{key}"), {"of": []})["of"].append(subject)  # type: ignore[attr-defined]
    assert set(Misspelling.objects.values_list("word", flat=True)) <= set(
        IndexedWord.objects.values_list("pk", flat=True)
    )
    return words


@pytest.mark.django_db(transaction=True)
def test_names_added_at_once_are_all_found() -> None:
    def adding(subject: int) -> Callable[[], None]:
        return transaction.atomic(lambda: index.add(PUBLIC, subject, [("legal", f"Shared Words {subject}")]))

    results = at_once(*[adding(subject) for subject in range(1, 9)])

    assert results == []
    assert IndexedWord.objects.get(space=PUBLIC, word="shared").frequency == 8
    assert sorted(subjects("words shared")) == list(range(1, 9))


def test_adding_many_gives_the_index_that_adding_one_by_one_gives() -> None:
    IndexedName.objects.bulk_create(
        [IndexedName(pk=65_530, space="x", subject=0, kind="legal", text="-", folded="-", squashed="-")]
    )
    subjects = [
        (n, [("legal", f"Harvest {word} Ltd"), ("former", f"{word} Labour"), ("telephone", f"01632 96000{n}")])
        for n, word in enumerate(["alpha", "bravo", "charlie", "delta"])
    ]
    for subject, named in subjects:
        index.add(PUBLIC, subject, named)
    IndexedName.objects.filter(space="x").delete()
    one_by_one = as_words()

    assert index.rebuild(PUBLIC, subjects) == 8
    assert as_words() == one_by_one
    assert Posting.objects.filter(chunk=1).count() == 0

    index.add(STAFF, 9, [("legal", "Harvest Staff")])
    assert index.add_many(STAFF, subjects[1:]) == 6
    assert as_words()[STAFF, "bravo"]["names"] == one_by_one[PUBLIC, "bravo"]["names"]
    assert as_words()[STAFF, "harvest"]["frequency"] == 4


LETTERS = st.text(alphabet="abcdehilnorstwz", min_size=1, max_size=9)
SUBJECTS = st.lists(
    st.lists(st.lists(LETTERS, min_size=1, max_size=3).map(" ".join), max_size=2), min_size=1, max_size=4
)


class TestAgainstRebuilding(TestCase):
    """Whatever was added and replaced in whatever order, the tables are those that are written anew."""

    @settings(max_examples=15, deadline=None)
    @given(SUBJECTS, SUBJECTS)
    def test_the_tables_are_the_same(self, before: list[list[str]], after: list[list[str]]) -> None:
        def all_of(named: list[str]) -> list[tuple[str, str]]:
            return [("legal", name) for name in named] + [("place", name) for name in named]

        for subject, named in [*enumerate(before), *enumerate(after)]:
            index.replace(STAFF, subject, all_of(named))
        replaced = as_words()

        index.rebuild(STAFF, [(n, all_of(named)) for n, named in enumerate([*after, *before[len(after) :]])])

        assert as_words() == replaced


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("harvset hands", "Harvest Hands Ltd"),
        ("harvest hnads", "Harvest Hands Ltd"),
        ("harvesthand", "Harvest Hands Ltd"),
        ("hands harvest", "Harvest Hands Ltd"),
        ("har vest hands", "Harvest Hands Ltd"),
        ("Charvest Hends", "Harvest Hands Ltd"),
        ("Wisniewski i synowie", "Vishnievsky"),
        ("Szaw Lejbor", "Shaw Labour"),
        ("Щерев", "Sherev Staff"),
        ("Грыценко", "Hrytsenko Pickers"),
        ("Джонсън", "Johnson Crews"),
        ("बहादुर कामदार", "Bahadur Kamdar"),
        ("Παπαδόπουλος", "Papadopulos Crews"),
        ("Smith and Jones", "Smith & Jones Limited"),
        ("greenfield labour", "Green Field Labour"),
        ("green feild labor", "Greenfield Labour"),
    ],
)
def test_a_misspelt_name_is_found_and_is_not_exact(typed: str, name: str) -> None:
    add_all("Orchard Crew", name, "Meadow Staff", "Kestrel Teams Ltd")

    found = find(typed, PUBLIC)

    assert [one.text for one in found[:1]] == [name]
    assert (found[0].how == SearchMatch.EXACT) == (names.squash(typed) == names.squash(name))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100))
def test_whatever_is_typed_only_the_same_name_is_exact(db: None, typed: str) -> None:
    if not IndexedName.objects.exists():
        add_all("Harvest Hands Ltd", "Wesoły Żniwiarz", "Балкан Персонал", "0123 Crew", "a")

    for found in find(typed.replace("\x00", ""), PUBLIC):
        assert (found.how == SearchMatch.EXACT) == (names.squash(found.text) == names.squash(typed))


def test_what_a_search_costs_has_an_upper_bound() -> None:
    add_all(*(f"{a}{b}{c} labour services" for a in "abcde" for b in "abcde" for c in "abcdefgh"))
    typed = " ".join(["abcdefgh"[: 2 + n % 7] for n in range(40)])[:100]
    sizes: list[int] = []

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sizes.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        find(typed, PUBLIC)

    # One more where nobody is found: whether the index holds the newest entry.
    assert len(sizes) == 7
    assert max(sizes) < 1500


def test_beside_a_name_that_says_enough_stand_only_those_it_may_be_mistaken_for() -> None:
    add_all(
        "Marrowby Processing Staff", "Marowby Prosessing Staff", "Marrowby Processing Staff UK", "Staff of Marrowby"
    )

    assert subjects("Marrowby Processing Staff") == [1, 3, 2]


def test_beside_a_short_name_stand_all_who_share_its_words() -> None:
    add_all("Marrowby", "Staff of Marrowby")

    assert subjects("Marrowby") == [1, 2]
