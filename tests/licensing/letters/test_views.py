"""Letters as staff read them, and the list of those that no mail server took."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from registry.letters.letters import sending
from registry.letters.models import Letter
from tests import stories
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

LIST = "/staff/letters/"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def a_refused_letter(name: str = "Refused") -> Letter:
    application = stories.an_application_submitted(legal_name=f"{name} Ltd", email=f"gone-{name.lower()}@x.example")
    letter = Letter.objects.about(application.reference).get()
    sending.send(letter, at=NOW)
    return letter


@pytest.fixture(autouse=True)
def picky(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.registry.letters.test_letters.Picky"


def test_a_refused_letter_is_found_read_and_sent_again() -> None:
    letter, officer = a_refused_letter(), signed_in(person("case_officer"))

    assert letter.number in words(officer.get(LIST))
    page = words(officer.get(f"{LIST}{letter.number}/"))
    assert "We have received your application" in page
    assert "550" in page and "gone-refused@x.example: refused for good" in page
    sent = officer.post(
        f"{LIST}{letter.number}/send-again/", {"address": "office@x.example", "because": "A typing error."}
    )
    assert sent.headers["Location"] == f"{LIST}{letter.number}/"
    assert "Every message has arrived, or is on its way" in words(officer.get(LIST))


def test_every_letter_of_a_case_can_be_read_and_kept() -> None:
    letter, manager = a_refused_letter(), signed_in(person("manager"))

    assert f"{LIST}{letter.number}/" in words(manager.get(f"/staff/applications/{letter.reference}/"))
    assert manager.get(f"{LIST}{letter.number}/").status_code == 200
    assert manager.get(f"{LIST}{letter.number}/pdf/").status_code in (200, 503)


def test_nonsense_is_kept_and_said_beside_the_box() -> None:
    letter, officer = a_refused_letter(), signed_in(person("case_officer"))

    answer = officer.post(
        f"{LIST}{letter.number}/send-again/", {"address": "not an address", "because": "A typing error."}
    )

    assert answer.status_code == 422
    assert "not an address" in words(answer) and "Enter an email address" in words(answer)


def test_strangers_and_applicants_see_none() -> None:
    letter = a_refused_letter()

    assert Client().get(LIST).status_code == 302
    assert signed_in(person("applicant")).get(f"{LIST}{letter.number}/").status_code == 403
    assert signed_in(person("manager")).get(f"{LIST}{letter.number}/send-again/").status_code == 403


def test_what_was_written_to_a_person_and_not_to_an_organisation_is_nobodys_to_read() -> None:
    letter = sending.queue(
        "registry/letters/letter.html", to="somebody@x.example", subject="x", facts={}, about="R-1", at=NOW
    )

    assert signed_in(person("case_officer")).get(f"{LIST}{letter.number}/").status_code == 404


def test_the_list_costs_the_same_for_one_letter_and_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = signed_in(person("case_officer"))
    for name in ("One", "Two", "Three"):
        a_refused_letter(name)

    with django_assert_max_num_queries(12):
        assert "3 messages" in words(officer.get(LIST))
    assert "3 messages" in words(officer.get(f"{LIST}?why=refused"))
    assert "0 messages" in words(officer.get(f"{LIST}?why=no_address"))
