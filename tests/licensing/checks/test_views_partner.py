"""What somebody of another authority sees: the checks put to it, the facts they need, and its own answers."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from licensing.checks.models import Check
from registry import jobs
from registry.documents.models import Document
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.checks.agencies import a_check_put, a_partner, an_agency, answered
from tests.licensing.stories import later
from tests.people import person, signed_in
from tests.registry.uploads.pdfs import a_pdf, with_password

pytestmark = pytest.mark.django_db
LIST = "/partner/"
QUERIES_OF_THE_LIST = 14  # one asks for a passkey, two write down who was shown the names


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Documents are let through unscanned, so that they can be opened. The scanner has tests of its own."""
    settings.CLAMD_ADDRESS = "none"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page_of(check: Check) -> str:
    return reverse("partner_check", args=[check.reference])


def at_the_desk_of(check: Check) -> Client:
    return signed_in(a_partner(check.agency))


ANSWER = {
    "result": "adverse",
    "evidence": "Three returns are missing.",
    "may_be_shown_to_subject": "no",
    "may_be_passed_on": "no",
}


def test_the_list_shows_what_is_put_to_this_authority_and_nothing_else() -> None:
    police = an_agency("Police", codes=["police"])
    check = a_check_put()
    others = Check.objects.filter(agency=police)

    page = text_of(at_the_desk_of(check).get(LIST))

    assert check.reference in page
    assert others
    assert not any(other.reference in page for other in others)


def test_the_page_tells_what_the_check_needs_and_no_more() -> None:
    check = a_check_put()
    application = check.application
    assert application

    page = text_of(at_the_desk_of(check).get(page_of(check)))

    for needed in ("Dyffryn Labour Ltd", "1955839661", "00445790", "Are returns missing?"):
        assert needed in page
    for needless in (application.reference, stories.PRINCIPAL, "Gethin Parry", "640000", "office@dyffryn.example"):
        assert needless not in page


def test_the_answer_is_kept_with_its_restriction_and_its_files() -> None:
    check = a_check_put()
    client = at_the_desk_of(check)

    answer = client.post(page_of(check), {**ANSWER, "documents": [SimpleUploadedFile("letter.pdf", a_pdf())]})

    assert answer.headers["Location"] == page_of(check)
    assert jobs.check_documents(at=NOW) == 1
    reply = check.replies.get()
    assert (reply.result, reply.may_be_shown_to_subject, reply.may_be_passed_on) == ("adverse", False, False)
    document = Document.objects.get(about=reply.reference)
    page = text_of(client.get(page_of(check)))
    assert "Three returns are missing." in page
    served = client.get(reverse("partner_document", args=[check.reference, document.reference]))
    assert b"".join(served.streaming_content)  # type: ignore[attr-defined]


def test_the_authority_that_replied_reads_why_its_file_was_rejected() -> None:
    check = a_check_put()
    client = at_the_desk_of(check)
    locked = SimpleUploadedFile("letter.pdf", with_password("secret"))

    client.post(page_of(check), {**ANSWER, "documents": [locked]})
    jobs.check_documents(at=NOW)

    assert "The selected file is password protected." in text_of(client.get(page_of(check)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"result": ""}, "Choose your answer."),
        ({"evidence": ""}, "Say what the adverse reply was."),
        ({"may_be_passed_on": ""}, "Say whether it may be passed on."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(typed: dict[str, str], told: str) -> None:
    check = a_check_put()

    answer = at_the_desk_of(check).post(page_of(check), {**ANSWER, "restriction": "Kept words", **typed})

    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "Kept words" in text_of(answer)


def test_what_was_not_put_to_you_does_not_exist() -> None:
    check = a_check_put()
    other = signed_in(a_partner(an_agency("Police", codes=["police"])))

    for visitor in (other, signed_in(person("partner_agency"))):
        assert visitor.get(page_of(check)).status_code == 404
        assert visitor.post(page_of(check), ANSWER).status_code == 404


def test_an_answer_stays_on_the_list_for_two_months(set_clock: SetClock) -> None:
    check = a_check_put()
    answered(check)
    client = at_the_desk_of(check)
    assert check.reference in text_of(client.get(LIST))

    set_clock(later(61))

    assert check.reference not in text_of(signed_in(a_partner(check.agency)).get(LIST))


def test_somebody_of_no_authority_is_told_so() -> None:
    assert "You answer for no authority yet" in text_of(signed_in(person("partner_agency")).get(LIST))


def test_the_list_costs_the_same_however_long_it_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency = an_agency()
    for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
        a_check_put(agency, stories.an_application_being_assessed(legal_name=name))
    client = signed_in(a_partner(agency))

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "found"), [("q=dyffryn", 1), ("q=nobody", 0), ("state=open", 1), ("state=overdue", 0)]
)
def test_the_list_is_narrowed(query: str, found: int) -> None:
    check = a_check_put()

    assert text_of(at_the_desk_of(check).get(f"{LIST}?{query}")).count(check.reference) == 2 * found


def test_the_clock_is_the_readers(set_clock: SetClock) -> None:
    check = a_check_put()
    set_clock(later(30))

    assert "Overdue" in text_of(at_the_desk_of(check).get(page_of(check)))
