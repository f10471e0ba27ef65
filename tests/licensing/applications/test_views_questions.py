"""One page after the other: saving, coming back, lists, and being told what is wrong."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.applications.models import Answer, Application
from registry.organisations.models import Organisation
from tests.people import person, signed_in
from tests.stories import (
    TYPED_OF_A_PERSON,
    an_application,
    an_application_answered,
    an_application_submitted,
    holder_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMES = {"legal_name": "Dyffryn Labour Ltd", "trading_names": "Dyffryn Harvest\r\nDH", "former_names": ""}
DIRECTOR = {
    "full_name": "Mair Ó Séaghdha-Łukasz",
    "date_of_birth_day": "3", "date_of_birth_month": "February", "date_of_birth_year": "1971",
    "address_line_1": "1 High Street", "address_town": "Bangor", "address_postcode": "LL57 1AA", "address_country": "wales",
    **TYPED_OF_A_PERSON,
}  # fmt: skip


def applicant_of(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def kept(application: Application, page: str, item: str = "") -> Mapping[str, Any]:
    data: Mapping[str, Any] = Answer.objects.get(application=application, page=page, item=item).data
    return data


def test_saving_keeps_the_answers_and_leads_to_the_next_page() -> None:
    application = an_application()

    answer = applicant_of(application).post(f"/apply/{application.reference}/names/", NAMES)

    assert answer.headers["Location"] == f"/apply/{application.reference}/previous-names/"
    assert kept(application, "names") == {
        "legal_name": "Dyffryn Labour Ltd",
        "trading_names": ["Dyffryn Harvest", "DH"],
    }


def test_the_last_page_leads_to_the_check() -> None:
    application = an_application_answered()
    declared = {"declaration": ["true", "told", "standards", "changes", "no_supply"], "signature": "Angharad Rees"}

    answer = applicant_of(application).post(f"/apply/{application.reference}/declaration/", declared)

    assert answer.headers["Location"] == f"/apply/{application.reference}/check-answers/"


def test_what_is_wrong_is_said_twice_and_everything_typed_is_kept() -> None:
    application = an_application()

    page = applicant_of(application).post(
        f"/apply/{application.reference}/contact/",
        {"telephone": "12", "email": "nobody", "website": "www.dyffryn.example", "contact_preference": "post"},
    )

    words = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: " in words
    assert words.count("Enter a telephone number, like 01632 960 001") == 2
    assert 'href="#id_telephone"' in words
    for typed in ('value="12"', 'value="nobody"', 'value="www.dyffryn.example"', 'value="post" checked'):
        assert typed in words
    assert not application.answers.exists()


@pytest.mark.parametrize(
    "page", ["names", "tax", "address", "principal-authority", "sectors", "turnover", "declaration"]
)
def test_an_empty_answer_is_told_what_is_missing(page: str) -> None:
    application = an_application()

    answer = applicant_of(application).post(f"/apply/{application.reference}/{page}/", {})

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_saving_for_later_keeps_what_is_not_yet_right_and_shows_it_again() -> None:
    application = an_application()
    client = applicant_of(application)
    address = f"/apply/{application.reference}/tax/"

    answer = client.post(address, {"vat_number": "12 34", "vat_registered": "yes", "later": "1"})

    assert answer.headers["Location"] == f"/apply/{application.reference}/"
    saved = Answer.objects.get(application=application, page="tax")
    assert (saved.is_complete, saved.data) == (False, {"vat_number": "12 34", "vat_registered": True})
    words = client.get(address).content.decode()
    assert 'value="12 34"' in words
    assert "This page is not completed yet" in words


def test_saving_for_later_with_all_in_order_completes_the_page() -> None:
    application = an_application()

    applicant_of(application).post(f"/apply/{application.reference}/names/", NAMES | {"later": "1"})

    assert Answer.objects.get(application=application, page="names").is_complete


def test_saving_nothing_for_later_keeps_nothing() -> None:
    application = an_application()

    applicant_of(application).post(f"/apply/{application.reference}/tax/", {"later": "1"})

    assert not application.answers.exists()


def test_a_page_says_why_we_ask() -> None:
    application = an_application()

    words = applicant_of(application).get(f"/apply/{application.reference}/tax/").content.decode()

    assert "HM Revenue and Customs tells us whether tax and National Insurance are in order." in words
    assert "novalidate" in words and " required" not in words


def test_what_the_file_knows_is_not_asked_twice() -> None:
    application = an_application(legal_name="Known Already Ltd")

    words = applicant_of(application).get(f"/apply/{application.reference}/names/").content.decode()

    assert 'value="Known Already Ltd"' in words
    assert not application.answers.exists()


def test_a_page_is_in_the_language_of_its_address() -> None:
    application = an_application()

    words = applicant_of(application).get(f"/cy/apply/{application.reference}/tax/").content.decode()

    assert "Beth yw rhifau treth y sefydliad?" in words


def test_changing_from_the_check_leads_back_to_it() -> None:
    application = an_application_answered()

    answer = applicant_of(application).post(f"/apply/{application.reference}/names/?then=check-answers", NAMES)

    assert answer.headers["Location"] == f"/apply/{application.reference}/check-answers/"


def test_changing_from_the_check_leads_to_a_question_that_arises() -> None:
    application = an_application_answered()

    answer = applicant_of(application).post(
        f"/apply/{application.reference}/transport/?then=check-answers",
        {"transport": "yes", "transport_vehicles": "1", "transport_deducted": "no", "transport_choose": "yes"},
    )

    assert answer.headers["Location"] == f"/apply/{application.reference}/vehicles/?then=check-answers"


def test_where_to_go_afterwards_is_not_for_a_link_to_say() -> None:
    application = an_application_answered()

    answer = applicant_of(application).post(f"/apply/{application.reference}/names/?then=//evil.example", NAMES)

    assert answer.headers["Location"].startswith(f"/apply/{application.reference}/")


def test_a_page_that_the_answers_do_not_call_for_leads_to_the_tasks_and_saves_nothing() -> None:
    application = an_application()
    client = applicant_of(application)
    address = f"/apply/{application.reference}/company/"

    assert client.get(address).headers["Location"] == f"/apply/{application.reference}/"
    client.post(address, {"company_number": "00445790"})

    assert not application.answers.exists()


def test_a_page_that_no_pack_knows_is_not_found() -> None:
    application = an_application()

    assert applicant_of(application).get(f"/apply/{application.reference}/nothing/").status_code == 404


def test_what_was_handed_in_is_not_changed_by_its_pages() -> None:
    application = an_application_submitted()
    client = applicant_of(application)

    answer = client.post(f"/apply/{application.reference}/names/", NAMES | {"legal_name": "Changed"})

    assert answer.headers["Location"] == f"/apply/{application.reference}/"
    assert kept(application, "names")["legal_name"] == "Dyffryn Labour Ltd"


@pytest.mark.parametrize(
    ("page", "queries"), [("names", 9), ("directors", 9), ("directors/item-1", 9), ("declaration", 10)]
)
def test_a_question_page_costs_the_same_however_much_was_answered(
    page: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    application = an_application_answered()
    client = applicant_of(application)
    client.get(f"/apply/{application.reference}/{page}/")

    # One of them: which parts named persons answer themselves. Where it is signed: whether this person may.
    with django_assert_num_queries(queries):
        client.get(f"/apply/{application.reference}/{page}/")


# --- lists ---


@pytest.mark.both
def test_a_list_grows_by_one_however_often_the_button_is_pressed() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    who = client.get(f"/apply/{application.reference}/directors/add/").headers["Location"]
    fresh = client.post(who, {"person": "other"}).headers["Location"]
    first, second = client.post(fresh, DIRECTOR), client.post(fresh, DIRECTOR)

    assert first.headers["Location"] == second.headers["Location"] == f"/apply/{application.reference}/directors/"
    assert application.answers.filter(page="directors").count() == 2
    assert "Mair Ó Séaghdha-Łukasz" in client.get(f"/apply/{application.reference}/directors/").content.decode()


def test_looking_at_the_page_to_add_adds_nothing() -> None:
    application = an_application_answered()

    applicant_of(application).get(f"/apply/{application.reference}/directors/add/", follow=True)

    assert application.answers.filter(page="directors").count() == 1


def test_a_thing_of_a_list_that_is_wrong_is_told_and_kept() -> None:
    application = an_application_answered()

    page = applicant_of(application).post(
        f"/apply/{application.reference}/directors/new/", DIRECTOR | {"date_of_birth_month": "Brumaire"}
    )

    words = page.content.decode()
    assert page.status_code == 422
    assert "must be a real date" in words
    assert 'value="Brumaire"' in words and "Mair Ó Séaghdha-Łukasz" in words
    assert application.answers.filter(page="directors").count() == 1


def test_a_thing_of_a_list_is_changed_in_its_place() -> None:
    application = an_application_answered()

    applicant_of(application).post(f"/apply/{application.reference}/directors/item-1/", DIRECTOR)

    assert kept(application, "directors", "item-1")["date_of_birth"] == "1971-02-03"


def test_removing_asks_first_and_then_removes() -> None:
    application = an_application_answered()
    client = applicant_of(application)
    address = f"/apply/{application.reference}/directors/item-1/remove/"

    assert "Remove Gethin Parry from the application?" in client.get(address).content.decode()
    assert application.answers.filter(page="directors").count() == 1
    client.post(address)

    assert application.answers.filter(page="directors").count() == 0
    assert client.post(address).headers["Location"] == f"/apply/{application.reference}/directors/"


def test_a_full_list_takes_no_more() -> None:
    application = an_application_answered()
    client = applicant_of(application)
    address = f"/apply/{application.reference}/alternative-representative/"
    client.post(f"{address}one/", DIRECTOR)

    assert "No more can be added: 1 at most." in client.get(address).content.decode()
    page = client.post(f"{address}two/", DIRECTOR)

    assert page.status_code == 422
    assert "Give at most 1." in page.content.decode()
    assert application.answers.filter(page="alternative-representative").count() == 1


def test_a_list_says_how_many_are_still_needed() -> None:
    application = an_application_answered()
    application.answers.filter(page="directors").delete()

    words = applicant_of(application).get(f"/apply/{application.reference}/directors/").content.decode()

    assert "At least 1 more is needed." in words


@pytest.mark.parametrize("item", ["x" * 13, "names-are-too-long"])
def test_a_name_of_a_thing_that_is_too_long_is_not_found(item: str) -> None:
    application = an_application_answered()

    assert applicant_of(application).get(f"/apply/{application.reference}/directors/{item}/").status_code == 404


def test_a_page_that_is_no_list_has_no_things() -> None:
    application = an_application()
    client = applicant_of(application)

    assert client.get(f"/apply/{application.reference}/names/one/").status_code == 404
    assert client.get(f"/apply/{application.reference}/names/add/").status_code == 302


@pytest.mark.both
def test_another_employer_with_an_application_of_its_own_sees_neither() -> None:
    mine, other = an_application(legal_name="Mine Ltd"), an_application(legal_name="Other Ltd")

    assert applicant_of(mine).post(f"/apply/{other.reference}/names/", NAMES).status_code == 404
    assert Organisation.objects.acted_for_by(person("applicant")).count() == 0
    assert not other.answers.exists()
