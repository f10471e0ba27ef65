"""The premises, for staff."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.organisations import actions as organisations
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import a_listed_place, a_place_supplied, a_row, an_edition, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in(person("case_officer"))


def found(client: Client, **query: str) -> list[str]:
    return [place.name for place in client.get("/staff/premises/", query).context["page"].rows]


def words(client: Client, reference: str) -> str:
    return " ".join(client.get(f"/staff/premises/{reference}/").content.decode().split())


@pytest.fixture
def three() -> None:
    an_edition(
        a_row(),
        a_row(approval_number="2444", trading_name="Selsea Ltd", town="Llanelli", postcode="", country="Jersey"),
        a_row(
            approval_number="HF 0011",
            trading_name="Windrush Egg",
            town="Tintagel",
            postcode="PL34 0BU",
            country="England",
            local_authority="Cornwall",
        ),
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Hafod Packing Ltd", "Selsea Ltd", "Windrush Egg"]),
        ({"q": "packing hafod"}, ["Hafod Packing Ltd"]),
        ({"q": "hf 001"}, ["Hafod Packing Ltd"]),
        ({"q": "hf001"}, ["Hafod Packing Ltd"]),
        ({"q": "2444"}, ["Selsea Ltd"]),
        ({"place": "car"}, ["Hafod Packing Ltd", "Selsea Ltd"]),
        ({"place": "TINTAGEL"}, ["Windrush Egg"]),
        ({"place": "cornw"}, ["Windrush Egg"]),
        ({"postcode": "pl34"}, ["Windrush Egg"]),
        ({"postcode": "SA31 1AB"}, ["Hafod Packing Ltd"]),
        ({"nation": "other"}, ["Selsea Ltd"]),
        ({"nation": "wales", "q": "windrush"}, []),
        ({"place": "?"}, []),
    ],
)
def test_premises_are_found_by_what_is_known_of_them(
    three: None, officer: Client, query: dict[str, str], names: list[str]
) -> None:
    assert found(officer, **query) == names


@pytest.mark.parametrize("query", [{"nation": "atlantis"}, {"q": "x" * 101}])
def test_a_filter_that_cannot_be_read_is_said(officer: Client, query: dict[str, str]) -> None:
    page = officer.get("/staff/premises/", query)

    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()


def test_a_list_of_premises_costs_a_known_number_of_queries(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    an_edition(*(a_row(approval_number=f"HF {number:03}", trading_name=f"Farm {number:03}") for number in range(30)))

    # session, user, groups, two kinds of permissions, count, order, page, saved views
    with django_assert_num_queries(9):
        page = officer.get("/staff/premises/")

    assert len(page.context["page"].rows) == 25


def test_a_place_shows_where_it_comes_from_and_what_changed(officer: Client) -> None:
    place = a_listed_place()
    an_edition(a_row(town="Barry"), at=NOW + timedelta(days=30))

    page = words(officer, place.reference)

    assert all(text in page for text in ("HF 001", "Carmarthenshire", "Packing Centre", "Open licence", "a-list.csv"))
    assert "Address: Unit 4, Station Yard, Carmarthen, SA31 1AB → Unit 4, Station Yard, Barry, SA31 1AB" in page
    assert "does not name it any more" not in page


def test_a_place_that_is_listed_no_longer_says_so(officer: Client) -> None:
    place = a_listed_place()
    an_edition(a_row(approval_number="HF 002"), at=NOW + timedelta(days=30))

    assert "The newest edition of the list does not name it any more." in words(officer, place.reference)


def test_a_place_and_the_file_of_who_supplies_it_lead_to_each_other(officer: Client) -> None:
    organisation = an_organisation("Meadow Hands Ltd")
    place = a_place_supplied(organisation)

    assert f"/staff/organisations/{organisation.reference}/" in words(officer, place.reference)
    file = officer.get(f"/staff/organisations/{organisation.reference}/").content.decode()
    assert f"/staff/premises/{place.reference}/" in file
    assert "Places of supply" in file


def test_an_inspector_sees_how_many_supply_a_place_and_not_who() -> None:
    place = a_place_supplied(an_organisation("Meadow Hands Ltd"))

    page = words(signed_in(person("inspector")), place.reference)

    assert "1 organisation has named it as a place of supply." in page
    assert "Meadow Hands" not in page


def test_where_workers_live_is_for_those_who_see_the_file(officer: Client) -> None:
    organisation = an_organisation()
    home = {"kind": "premises", "name": "Glan Hostel", "address": {"town": "Barry", "postcode": "CF62 5AA"}}
    (place,) = organisations.name_premises(organisation, premises=[home], by=None, at=NOW)
    inspector = signed_in(person("inspector"))

    assert found(officer, q="glan hostel") == found(officer, postcode="cf62") == ["Glan Hostel"]
    assert "and in no published list" in words(officer, place.reference)
    assert found(inspector) == found(inspector, q="glan hostel") == []
    assert inspector.get(f"/staff/premises/{place.reference}/").status_code == 404


@pytest.mark.parametrize("role", ["applicant", "labour_user", "source_handler", "people_administrator"])
def test_premises_are_for_those_who_work_on_cases_or_inspections(role: str) -> None:
    place, client = a_listed_place(), signed_in(person(role))

    assert client.get("/staff/premises/").status_code == 403
    assert client.get(f"/staff/premises/{place.reference}/").status_code == 403
