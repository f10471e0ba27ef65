"""Files that share something are found and weighed; a name alone, or what many share, is nothing."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from registry import matching
from registry.matching import Likeness, Resemblance, weights
from registry.matching.models import TraitKind
from registry.organisations import actions as people
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import an_organisation, day

pytestmark = pytest.mark.django_db

BORN = date(1979, 5, 14)
HOME = {"line_1": "3 Heol Las", "town": "Llanelli", "postcode": "SA15 2AB"}
YARD = {"line_1": "Unit 4, Station Yard", "town": "Carmarthen", "postcode": "SA31 1AB"}


_mailboxes = count(1)


def a_firm(
    legal_name: str, *, lead: dict[str, Any] | None = None, vehicles: Iterable[str] = (), **particulars: Any
) -> Organisation:
    """A firm with the particulars, and somebody who runs it; whoever opens its file has a mailbox as everybody has."""
    firm = an_organisation(legal_name, by=person("applicant", email=f"{next(_mailboxes)}@gmail.com"), **particulars)
    if lead is not None:
        called = {"full_name": "Gethin Parry", "date_of_birth": BORN, **lead}
        people.name(firm, kind=called.pop("role", "director"), particulars=called, since=day(0), by=None, at=NOW)
    if vehicles:
        people.write_down(firm, facts={"vehicles": [{"registration": one} for one in vehicles]}, source="test", at=NOW)
    return firm


def alike(firm: Organisation, **options: Any) -> list[Likeness]:
    return matching.alike([firm.pk], **options)[firm.pk]


def signals(firm: Organisation) -> list[tuple[TraitKind, Resemblance, int]]:
    (found,) = alike(firm, least=1)
    return [(one.kind, one.how, one.points) for one in found.signals]


def test_a_firm_that_comes_back_is_found_by_what_is_left_of_it() -> None:
    before = a_firm("Abercwm Labour Ltd", lead={}, telephone="+441632960123", vehicles=["AB12 CDE"])
    a_firm("Somebody Else Ltd", lead={"full_name": "Nia Rees"}, telephone="+441632960777")
    again = a_firm(
        "Green Valley Staff", lead={"date_of_birth": date(1979, 5, 24)}, telephone="01632 960123", vehicles=["ab12cde"]
    )

    (found,) = alike(again)

    assert (found.organisation, found.other) == (again.pk, before.pk)
    assert {(one.kind, one.how) for one in found.signals} == {
        (TraitKind.BORN, Resemblance.SLIP),
        (TraitKind.TELEPHONE, Resemblance.SAME),
        (TraitKind.VEHICLE, Resemblance.SAME),
    }
    assert found.points == sum(one.points for one in found.signals)
    assert found.points >= weights.STRONG


def test_the_evidence_says_whose_it_is() -> None:
    before = a_firm("Abercwm Labour Ltd", lead={})
    again = a_firm("Green Valley Staff", lead={})

    (found,) = alike(again)

    (signal,) = found.signals
    assert signal.mine == tuple(again.roles.values_list("person", flat=True))
    assert signal.theirs == tuple(before.roles.values_list("person", flat=True))


def test_likeness_is_mutual() -> None:
    before = a_firm("Abercwm Labour Ltd", lead={}, telephone="+441632960123")
    again = a_firm("Green Valley Staff", lead={}, telephone="+441632960123")

    (one,), (other,) = alike(before), alike(again)

    assert one.points == other.points
    assert [(s.kind, s.points) for s in one.signals] == [(s.kind, s.points) for s in other.signals]


@pytest.mark.parametrize("legal_name", ["Abercwm Labour Ltd", "ABERCWM LABOUR", "Abercwm Labor Ltd"])
def test_the_name_of_a_firm_alone_is_worthless(legal_name: str) -> None:
    a_firm("Abercwm Labour Ltd")

    assert alike(a_firm(legal_name)) == []


def test_namesakes_of_other_birthdays_are_not_alike() -> None:
    a_firm("Abercwm Labour Ltd", lead={})

    assert alike(a_firm("Green Valley Staff", lead={"date_of_birth": date(1984, 11, 2)}), least=1) == []


def test_what_many_share_is_worth_less_and_in_the_end_nothing() -> None:
    """The telephone of an agent, the address of an office by the hour."""
    first = a_firm("Firm 0", telephone="+441632960123", address=YARD, lead={})
    again = a_firm("Green Valley Staff", telephone="+441632960123", address=YARD, lead={})
    alone = signals(again)
    for nth in range(1, 9):
        a_firm(f"Firm {nth}", telephone="+441632960123", address=YARD)
    found = {one.other: one for one in alike(again, least=1)}[first.pk]

    assert {kind: points for kind, _how, points in alone}[TraitKind.TELEPHONE] == weights.POINTS[TraitKind.TELEPHONE]
    telephone = next(one for one in found.signals if one.kind == TraitKind.TELEPHONE)
    assert telephone.others == 8
    assert 0 < telephone.points < weights.POINTS[TraitKind.TELEPHONE] / 2


def test_a_second_thing_of_one_sort_counts_half() -> None:
    a_firm("Abercwm Labour Ltd", telephone="+441632960123", address=YARD)
    again = a_firm("Green Valley Staff", telephone="+441632960123", address=YARD)

    assert signals(again) == [
        (TraitKind.TELEPHONE, Resemblance.SAME, weights.POINTS[TraitKind.TELEPHONE]),
        (TraitKind.ADDRESS, Resemblance.SAME, round(weights.POINTS[TraitKind.ADDRESS] / 2)),
    ]


def test_who_changes_employer_brings_their_own_telephone_and_home_and_no_more() -> None:
    """It is surely the same person, who books workers for one firm after another: that links no firms."""
    own = {
        "role": "named_individual",
        "telephone": "+447700900123",
        "email": "gethin@gmail.com",
        "address": HOME,
        "nino": "AB123456C",
    }
    a_firm("Abercwm Labour Ltd", lead=own)

    assert alike(a_firm("Green Valley Staff", lead=own)) == []


def test_a_family_under_one_roof_is_not_a_firm_come_back() -> None:
    a_firm("Abercwm Labour Ltd", lead={"address": HOME, "telephone": "+441632960123"})
    child = {
        "full_name": "Rhys Parry",
        "date_of_birth": date(2001, 2, 3),
        "address": HOME,
        "telephone": "+441632960123",
    }

    assert alike(a_firm("Parry Harvest", lead=child)) == []


def test_the_same_company_number_is_the_same_company() -> None:
    a_firm("Abercwm Labour Ltd", company_number="00445790")

    (found,) = alike(a_firm("Another Name Ltd", company_number="00445790"))

    assert found.points >= weights.STRONG


def test_whoever_has_the_mailbox_has_the_domain() -> None:
    a_firm("Abercwm Labour Ltd", email="office@dyffryn.example", website="https://dyffryn.example")
    again = a_firm("Green Valley Staff", email="office@dyffryn.example", website="https://dyffryn.example")

    assert [kind for kind, _how, _points in signals(again)] == [TraitKind.EMAIL]


def test_where_a_firm_was_before_it_moved_is_not_forgotten() -> None:
    before = a_firm("Abercwm Labour Ltd", telephone="+441632960123", lead={})
    people.update(before, changes={"telephone": "+441632960999"}, by=None, at=NOW)

    assert TraitKind.TELEPHONE in {
        kind for kind, _how, _points in signals(a_firm("New", telephone="+441632960123", lead={}))
    }


def test_what_is_only_told_can_be_compared_before_it_is_in_the_file() -> None:
    before = a_firm("Abercwm Labour Ltd", lead={})
    holder = a_firm("Green Valley Staff")
    told = matching.told_of_person(1, {"full_name": "Gethin Parry", "date_of_birth": "1979-05-14"}, runs=True)

    found = matching.alike([holder.pk], besides={holder.pk: [told]})[holder.pk]

    assert [one.other for one in found] == [before.pk]
    assert found[0].signals[0].mine == (-1,)
    assert alike(holder) == []


def test_particulars_that_are_only_told_are_compared_too() -> None:
    before = a_firm("Abercwm Labour Ltd", telephone="+441632960123", email="office@dyffryn.example")
    holder = a_firm("Green Valley Staff")
    told = matching.told_of_organisation({"telephone": "01632 960123", "email": "office@dyffryn.example"})

    found = matching.alike([holder.pk], besides={holder.pk: [told]})[holder.pk]

    assert [one.other for one in found] == [before.pk]


def test_many_are_asked_about_in_the_same_statements_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    firms = [a_firm(f"Firm {nth}", lead={}, telephone="+441632960123") for nth in range(4)]

    with django_assert_num_queries(5):
        found = matching.alike([one.pk for one in firms])
    with django_assert_num_queries(5):
        matching.alike([firms[0].pk])

    assert {len(one) for one in found.values()} == {3}


def test_nobody_is_like_a_firm_of_which_nothing_is_known() -> None:
    assert alike(a_firm("Nothing Ltd")) == []


def test_a_signal_keeps_its_key_as_long_as_it_is_the_same_thing() -> None:
    a_firm("Abercwm Labour Ltd", lead={}, telephone="+441632960123")
    again = a_firm("Green Valley Staff", lead={}, telephone="+441632960123")

    def keys() -> set[tuple[TraitKind, int]]:
        return {(one.kind, one.key) for one in alike(again)[0].signals}

    before = keys()
    a_firm("Third", telephone="+441632960123")

    assert keys() == before
