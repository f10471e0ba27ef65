"""The forms in which particulars are compared: what people write differently and mean alike comes to the same."""

from datetime import date
from typing import Any

import pytest

from registry.matching import match_keys as traits
from registry.matching.models import TraitKind
from registry.organisations.models import Person

BORN = date(1979, 5, 14)


def of(**particulars: Any) -> set[traits.Trait]:
    return traits.of_particulars(particulars)


def kinds(found: set[traits.Trait]) -> set[TraitKind]:
    return {kind for kind, _text in found}


def person(full_name: str, **particulars: Any) -> set[traits.Trait]:
    return traits.of_person(Person(full_name=full_name, **{"date_of_birth": BORN, **particulars}))


def in_common(one: set[traits.Trait], other: set[traits.Trait]) -> set[TraitKind]:
    return kinds(one & other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"telephone": "+441632960123"}, {"telephone": "01632 960 123"}),
        ({"email": "Office@Dyffryn.example"}, {"email": "office@dyffryn.example"}),
        ({"website": "https://www.dyffryn.example/about"}, {"website": "dyffryn.example"}),
        ({"website": "https://dyffryn.example"}, {"email": "jobs@dyffryn.example"}),
        ({"company_number": "445790"}, {"company_number": "00445790"}),
        ({"vat_number": "980 7806 84"}, {"vat_number": "GB980780684"}),
        ({"paye_references": ["123/AB456"]}, {"paye_references": ["123 / ab456"]}),
        ({"legal_name": "Dyffryn Labour Ltd"}, {"trading_names": ["DYFFRYN-LABOUR Limited"]}),
        ({"legal_name": "Dyffryn Labour Ltd"}, {"former_names": ["Dyffryn Labour"]}),
    ],
)
def test_what_is_written_otherwise_and_meant_alike_is_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert of(**one) & of(**other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"line_1": "12 Station Yard", "postcode": "SA31 1AB"}, {"line_1": "Unit 12, The Yard", "postcode": "sa311ab"}),
        (
            {"line_1": "Hafod", "line_2": "12a Station Yard", "postcode": "SA31 1AB"},
            {"line_1": "12A Station Yard", "postcode": "SA31 1AB"},
        ),
        ({"line_1": "The Old Rectory", "postcode": "SA31 1AB"}, {"line_1": "Old Rectory, The", "postcode": "SA31 1AB"}),
    ],
)
def test_an_address_is_its_postcode_and_house(one: dict[str, str], other: dict[str, str]) -> None:
    same = one["line_1"] != "The Old Rectory"

    assert bool(of(address=one) & of(address=other)) == same


@pytest.mark.parametrize("address", [{}, {"line_1": "12 Station Yard"}, {"postcode": "SA31 1AB"}])
def test_half_an_address_is_none(address: dict[str, str]) -> None:
    assert of(address=address) == set()


def test_a_mailbox_of_everyone_says_who_and_not_which_firm() -> None:
    assert kinds(of(email="gethin@gmail.com")) == {TraitKind.EMAIL}
    assert kinds(of(email="gethin@dyffryn.example")) == {TraitKind.EMAIL, TraitKind.HOST}


@pytest.mark.parametrize(
    "called",
    [
        "Gethin Parry",
        "PARRY, Gethin",
        "Mr Gethin Parry",
        "Gethin Wyn Parry",
        "Gethin W. Parry",
        "Gethyn Parry",
    ],
)
def test_a_person_is_known_again_by_any_two_words_of_the_name_and_the_birthday(called: str) -> None:
    assert TraitKind.BORN in in_common(person("Gethin Parry"), person(called))


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Христо Желязков", "Hristo Zhelyazkov"),
        ("Христо Желязков", "Khristo Zheliazkov"),
        ("Дмитро Шевченко", "Dmytro Shevchenko"),
        ("Юрий Щукин", "Yuri Shchukin"),
        ("Małgorzata Dąbrowska", "Malgorzata Dabrowska"),
        ("Ștefan Țurcanu", "Stefan Turcanu"),
    ],
)
def test_a_transliterated_name_is_the_same_name(native: str, latin: str) -> None:
    assert TraitKind.BORN in in_common(person(native), person(latin))


def test_a_slip_in_the_birthday_leaves_the_year_or_the_day() -> None:
    known = person("Gethin Parry")

    assert in_common(known, person("Gethin Parry", date_of_birth=date(1979, 5, 24))) == {
        TraitKind.NAMED,
        TraitKind.YEAR,
    }
    assert in_common(known, person("Gethin Parry", date_of_birth=date(1978, 5, 14))) == {TraitKind.NAMED, TraitKind.DAY}
    assert in_common(known, person("Gethin Parry", date_of_birth=None)) == {TraitKind.NAMED}


def test_somebody_who_married_is_known_by_one_name_and_the_birthday() -> None:
    assert in_common(person("Mair Parry"), person("Mair Rees")) == {TraitKind.WORD}
    assert TraitKind.BORN in in_common(person("Mair Parry"), person("Mair Rees", former_name="Mair Parry"))


def test_the_last_letter_of_a_national_insurance_number_is_often_left_out() -> None:
    assert in_common(person("A B", nino="AB123456C"), person("C D", nino="AB123456D")) == {TraitKind.NINO}
    assert person("Gethin Parry", nino="not one") == person("Gethin Parry")


def test_facts_hold_vehicles_and_accounts_and_other_addresses() -> None:
    digest = traits.account_digest("20-00-00", "1234567")
    found = traits.of_facts(
        {
            "vehicles": [{"registration": "ab12 cde"}, {"registration": ""}],
            "bank_accounts": [digest],
            "trading_address": {"line_1": "Unit 4", "postcode": "SA31 1AB"},
            "mobile": "+447700900123",
            "worker_numbers_now": 14,
        }
    )

    assert kinds(found) == {TraitKind.VEHICLE, TraitKind.BANK, TraitKind.ADDRESS, TraitKind.TELEPHONE}
    assert digest == traits.account_digest("200000", "0123 4567")
    assert "1234567" not in digest


@pytest.mark.parametrize("value", [None, 4, "text", [None], [4], {"registration": "AB12 CDE"}])
def test_a_fact_of_another_shape_says_nothing(value: Any) -> None:
    assert {kind for kind, _text in traits.of_facts({"vehicles": value})} == set()


def test_what_is_kept_cannot_be_read_without_the_key(settings: Any) -> None:
    trait = (TraitKind.NINO, "AB123456")
    before = traits.key(trait)

    settings.NAMES_KEY = "another key"

    assert traits.key(trait) != before
    assert 0 <= before < 2**63
