"""The thread of messages, as the applicant and as the authority see it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.applications.models import Application
from licensing.messages import actions as messages
from licensing.messages.models import Message
from registry.accounts.models import User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, a_request, an_application_checked, decided, paced
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXT = "Shall we send the lease of the hostel too?"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def application() -> Application:
    return stories.an_application_being_assessed()


@pytest.fixture
def applicant(application: Application) -> User:
    return stories.holder_of(application.organisation)


def thread(application: Application) -> str:
    return f"/apply/{application.reference}/messages/"


def case(application: Application, end: str = "") -> str:
    return f"/staff/applications/{application.reference}/{end}"


def test_an_applicant_writes_and_the_officer_finds_it_answers_and_is_read(
    application: Application, applicant: User
) -> None:
    by, officer = signed_in(applicant), signed_in(person("case_officer", name="Owain Glyn"))

    assert by.post(thread(application), {"text": TEXT, "seen": "0"}).headers["Location"] == thread(application)

    assert TEXT in words(officer.get("/staff/messages/"))
    assert "1 message not read" in words(officer.get("/staff/messages/"))
    assert "Message not read" in words(officer.get("/staff/applications/"))
    assert TEXT in words(officer.get(case(application)))
    officer.post(case(application, "messages/"), {"text": "No need.", "seen": "1"})
    assert "Every message has been read" in words(officer.get("/staff/messages/"))
    page = words(by.get(thread(application)))
    assert "No need." in page and "Case officer" in page and "Owain Glyn" not in page
    assert "1 message that you have not read" in words(by.get(f"/apply/{application.reference}/"))
    by.post(f"{thread(application)}read/", {"seen": "2"})
    assert "You have read every message" in words(by.get(f"/apply/{application.reference}/"))


def test_looking_is_not_reading(application: Application, applicant: User) -> None:
    messages.reply(application, text=TEXT, by=person("case_officer"), at=NOW)

    signed_in(applicant).get(thread(application))

    assert Message.objects.unread_by_applicants().exists()


def test_nothing_typed_is_said_beside_the_box_with_422(application: Application, applicant: User) -> None:
    for client, address in (
        (signed_in(applicant), thread(application)),
        (signed_in(person("case_officer")), case(application, "messages/")),
    ):
        answer = client.post(address, {"text": "  ", "seen": "nonsense"})
        assert answer.status_code == 422
        assert "Write your message." in words(answer)


def test_too_long_a_message_is_kept_and_refused(application: Application, applicant: User) -> None:
    answer = signed_in(applicant).post(thread(application), {"text": "x" * 5001})

    assert answer.status_code == 422
    assert "x" * 5001 in words(answer)


def test_a_stranger_an_other_employer_and_staff_without_cases_see_no_thread(application: Application) -> None:
    assert Client().get(thread(application)).status_code == 302
    assert signed_in(person("applicant")).get(thread(application)).status_code == 404
    assert signed_in(person("applicant")).post(f"{thread(application)}read/").status_code == 404
    assert signed_in(person("inspector")).get("/staff/messages/").status_code == 403
    assert signed_in(person("manager")).get(case(application, "messages/")).status_code == 403


def test_after_closing_the_box_is_gone_and_the_page_says_why() -> None:
    granted = decided(a_grant_proposed()).application
    assert granted

    page = words(signed_in(stories.holder_of(granted.organisation)).get(thread(granted)))

    assert "The application is closed" in page
    assert "<textarea" not in page


@pytest.mark.both
def test_the_list_costs_the_same_for_one_message_and_for_many(
    application: Application, applicant: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    officer = signed_in(person("case_officer"))
    for number in range(8):
        messages.write(application, text=f"Message {number}", by=applicant, at=NOW)

    with django_assert_max_num_queries(12):
        assert "8 messages not read" in words(officer.get("/staff/messages/"))
    assert "0 messages not read" in words(officer.get("/staff/messages/?officer=mine"))
    assert officer.get("/staff/messages/?officer=somebody").status_code == 422


# --- where it stands ---


def test_the_page_says_whose_turn_it_is_the_steps_and_when_to_expect_a_decision() -> None:
    paced(*range(10, 30))
    application = stories.an_application_submitted()
    by = signed_in(stories.holder_of(application.organisation))

    page = words(by.get(f"/apply/{application.reference}/"))

    assert "Whose turn it is" in page and "Pay the fee. We begin when it has arrived." in page
    assert "Other authorities reply" in page and "Still to come" in page
    assert "20 cases of this kind that were decided in the last year" in page
    assert "by 27 November 2026" in page
    assert "by 27 November 2026" in words(by.get(f"/apply/{application.reference}/submitted/"))


def test_the_page_lists_the_to_dos_of_this_application_only() -> None:
    asked = a_request()
    by = stories.holder_of(asked.application.organisation)
    stories.an_application(stories.a_provider("Second Ltd", by=by))

    page = signed_in(by).get(f"/apply/{asked.application.reference}/")

    assert [duty.text for duty in page.context["duties"]] == ["Answer our question"]


def test_the_page_asks_the_database_a_known_number_of_times(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    application = an_application_checked()
    by = signed_in(stories.holder_of(application.organisation))
    by.get("/apply/")

    with django_assert_max_num_queries(38):
        by.get(f"/apply/{application.reference}/")
