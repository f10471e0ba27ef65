"""Legal forms by country: spellings of one form are one, any other form is another business."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import names
from registry.names.forms import table
from registry.names.letters import words

FORMS = sorted({form.code for form in table().spellings.values()})
SPELLINGS = {code: [text for text, form in table().spellings.items() if form.code == code] for code in FORMS}
WORDS = st.text(alphabet=string.ascii_lowercase, min_size=2, max_size=12)
CORES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def says(name: str) -> str:
    return names.taken_apart(name).says


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nathwani Picking Teams Ltd", "Nathwani Picking Teams Limited"),
        ("Nathwani Picking Teams LIMITED", "nathwani picking teams cyf."),
        ("Nathwani Picking Teams Cyfyngedig", "Nathwani Picking-Teams Ltd."),
        ("Dyffryn LLP", "Dyffryn Partneriaeth Atebolrwydd Cyfyngedig"),
        ("Dyffryn PAC", "Dyffryn L.L.P."),
        ("Dyffryn ccc", "Dyffryn Public Limited Company"),
        ("Praca sp. z o.o.", "Praca Spółka z ograniczoną odpowiedzialnością"),
        ("Praca Sp.z.o.o", "Praca spzoo"),
        ("Praca S.A.", "Praca Spółka Akcyjna"),
        ("Munca S.R.L.", "Muncă SRL"),
        ("Агро ООД", "Agro OOD"),
        ("ТОВ Агро", "Товариство з обмеженою відповідальністю Агро"),
    ],
)
def test_spellings_of_one_form_are_one(one: str, other: str) -> None:
    assert names.is_same(one, other)
    assert names.is_same(other, one)


@pytest.mark.parametrize("form", ["LLP", "plc", "CIC", "sp. z o.o.", "GmbH", "S.A.", "LP", "SIA", "Pvt Ltd", "Inc"])
def test_a_name_with_another_form_is_another_name(form: str) -> None:
    assert not names.is_same(f"Nathwani Picking Teams {form}", "Nathwani Picking Teams Ltd")
    assert names.other_form(f"Nathwani Picking Teams {form}", "Nathwani Picking Teams Ltd")
    assert not names.is_same(f"Nathwani Picking Teams {form}", "Nathwani Picking Teams")


def test_a_name_without_a_form_may_be_the_one_with_it_and_not_the_other_way_round() -> None:
    assert names.is_same("Nathwani Picking Teams", "Nathwani Picking Teams Ltd")
    assert not names.is_same("Nathwani Picking Teams Ltd", "Nathwani Picking Teams")
    assert names.other_form("Nathwani Picking Teams Ltd", "Nathwani Picking Teams") == ("Ltd", "")


def test_what_may_be_initials_or_a_word_stays_in_the_name() -> None:
    assert not names.is_same("Singh", "Singh AS")
    assert names.is_same("Green AG", "Green AG Ltd")
    assert names.fold("Workers Unlimited") == "workers unlimited"
    assert names.is_same("SIA Security", "SIA Security Ltd")


@pytest.mark.parametrize(
    ("typed", "name"), [("Ганни", "Ганні"), ("Смирновь", "Смирнов"), ("राम", "रामा"), ("سادق", "صادق")]
)
def test_letters_that_are_one_in_latin_are_two_in_their_own_script(typed: str, name: str) -> None:
    assert not names.is_same(typed, name)
    assert names.is_same(typed, typed)


def test_a_form_is_left_out_of_the_letters_of_another_script() -> None:
    assert names.is_same("Агро", "Агро ООД")
    assert names.is_same("Agro", "Агро ООД")


def test_each_spelling_belongs_to_one_form() -> None:
    assert table().spellings["ltd"].code == "gb-ltd"
    assert all(text and text == "".join(words(text)) for text in table().spellings)
    assert all(form.country.isupper() and len(form.country) == 2 for form in table().spellings.values())


@given(CORES, st.sampled_from(FORMS), st.sampled_from(FORMS), st.data())
def test_two_forms_are_never_one_name(core: str, one: str, other: str, data: st.DataObject) -> None:
    first = f"{core} {data.draw(st.sampled_from(SPELLINGS[one]))}"
    second = f"{core} {data.draw(st.sampled_from(SPELLINGS[other]))}"
    if says(core) or says(first) != one or says(second) != other:
        return  # the words drawn make another form with the spelling

    assert names.is_same(first, second) is (one == other)


@given(CORES, st.sampled_from(["", *FORMS]), st.data())
def test_a_leading_the_or_one_letter_makes_another_name(core: str, form: str, data: st.DataObject) -> None:
    name = f"{core} {SPELLINGS[form][0]}" if form else core
    place = data.draw(st.integers(0, len(core) - 1).filter(lambda place: core[place] != " "))
    letter = data.draw(st.sampled_from(string.ascii_lowercase).filter(lambda letter: letter != core[place]))
    others = [core[:place] + letter + core[place + 1 :], core[:place] + letter + core[place:], f"the {core}"]

    for other in others:
        if says(core) == says(other) == "" and "company" not in other and " co" not in f" {other}"[-3:]:
            assert not names.is_same(other, name), (other, name)
            assert not names.is_same(name, other), (name, other)


@given(CORES, st.sampled_from(FORMS))
def test_folding_twice_changes_nothing(core: str, form: str) -> None:
    once = names.fold(f"{core} {SPELLINGS[form][0]}")

    assert names.fold(once) == once
