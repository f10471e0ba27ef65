"""The files of organisations."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.organisations import actions as facts
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import a_licence, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in(person("case_officer"))


def found(client: Client, **query: str) -> list[str]:
    return [one.legal_name for one in client.get("/staff/organisations/", query).context["page"].rows]


def test_organisations_are_found_by_any_name_and_by_number(officer: Client) -> None:
    an_organisation("Meadow Hands Ltd", trading_names=["Glasfryn"], company_number="01234567", utr="1955839661")
    an_organisation("Other People Ltd")

    for typed in ("meadow", "MEADOW HANDS", "glasfryn", "01234567", "0123 4567", "1955839661"):
        assert found(officer, q=typed) == ["Meadow Hands Ltd"], typed
    assert found(officer, q="nobody of this name") == []
    assert found(officer) == ["Meadow Hands Ltd", "Other People Ltd"]


@pytest.mark.parametrize(
    "typed", ["Medow Hands", "meadowhands limited", "Meadow Hadns", "Meedoh Hands", "Медоу Хандс", "hands meadow"]
)
def test_organisations_are_found_however_they_are_spelt(officer: Client, typed: str) -> None:
    an_organisation("Meadow Hands Ltd")
    an_organisation("Orchard Crew Ltd")

    assert found(officer, q=typed) == ["Meadow Hands Ltd"]


@pytest.mark.parametrize(
    "typed", ["+44 1632 960123", "(01632) 960-123", "meadow.example", "office@meadow.example", "HR1 1AA"]
)
def test_organisations_are_found_by_all_that_is_known_of_them(officer: Client, typed: str) -> None:
    an_organisation(
        "Meadow Hands Ltd",
        telephone="+441632960123",
        website="https://meadow.example",
        email="office@meadow.example",
        address={"town": "Hereford", "postcode": "HR1 1AA"},
    )
    an_organisation("Orchard Crew Ltd")

    assert found(officer, q=typed) == ["Meadow Hands Ltd"]


def test_organisations_are_filtered_by_licence_and_kind(officer: Client) -> None:
    holder = an_organisation("Holder Ltd", legal_status="company")
    an_organisation("Hopeful", legal_status="sole_trader")
    licence = a_licence(holder)

    assert found(officer, holds="licence") == ["Holder Ltd"]
    assert found(officer, holds="none") == ["Hopeful"]
    assert found(officer, legal_status="sole_trader") == ["Hopeful"]
    assert found(officer, q=licence.number.lower()) == ["Holder Ltd"]


def test_a_filter_that_does_not_exist_is_said(officer: Client) -> None:
    page = officer.get("/staff/organisations/", {"holds": "everything"})

    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()


def test_a_list_of_organisations_costs_a_known_number_of_queries(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        a_licence(an_organisation(f"Provider {number:02} Ltd"))

    # session, user, groups, two kinds of permissions, count, order, page, their licences, saved views
    with django_assert_num_queries(10):
        page = officer.get("/staff/organisations/")

    assert "30 organisations" in page.content.decode()
    assert len(page.context["page"].rows) == 25
    assert found(officer, page="2") == [f"Provider {number} Ltd" for number in range(25, 30)]


def test_a_file_shows_who_they_are_and_what_was_done(officer: Client) -> None:
    licence = a_licence(an_organisation("Meadow Hands Ltd", company_number="01234567"))

    page = officer.get(f"/staff/organisations/{licence.organisation.reference}/")

    words = page.content.decode()
    assert page.status_code == 200
    assert all(
        text in words for text in ("Meadow Hands Ltd", "01234567", licence.number, "File opened", "Licence issued")
    )


def test_a_file_shows_the_latest_of_each_fact_and_none_that_is_restricted(officer: Client) -> None:
    organisation = an_organisation()
    facts.write_down(organisation, facts={"worker_numbers": 14}, source="application A-1", at=NOW)
    facts.write_down(organisation, facts={"worker_numbers": 40}, source="application A-2", at=NOW)
    facts.write_down(organisation, facts={"tip": "CANARY"}, source="a caller", at=NOW, handling={"only": "analysts"})

    page = officer.get(f"/staff/organisations/{organisation.reference}/")

    assert [(fact.key, fact.value, fact.source) for fact in page.context["file"].facts] == [
        ("worker_numbers", 40, "application A-2")
    ]
    assert "CANARY" not in page.content.decode()


def test_no_file_is_not_found(officer: Client) -> None:
    assert officer.get("/staff/organisations/O-0000-0000/").status_code == 404


@pytest.mark.parametrize("role", ["applicant", "labour_user", "inspector", "source_handler", "people_administrator"])
def test_files_are_for_those_who_hold_the_permission(role: str) -> None:
    organisation = an_organisation()
    client = signed_in(person(role))

    assert client.get("/staff/organisations/").status_code == 403
    assert client.get(f"/staff/organisations/{organisation.reference}/").status_code == 403
