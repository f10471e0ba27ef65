"""The door, the tasks, the receipt, and where an application stands."""

from datetime import timedelta

import pytest
from django.test import Client

from licensing.applications.actions import applications
from licensing.applications.models import Application
from registry.organisations.models import Organisation
from tests.conftest import NOW, SetClock
from tests.licensing.stories import QUESTION, a_licence, a_refusal_proposed, a_request, notified, paced
from tests.people import person, signed_in
from tests.stories import (
    SCHEME,
    a_provider,
    an_application,
    an_application_answered,
    an_application_being_assessed,
    an_application_paid,
    an_application_submitted,
    holder_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def applicant_of(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def states(client: Client, application: Application) -> dict[str, str]:
    page = client.get(f"/apply/{application.reference}/")
    return {task["code"]: task["state"] for group in page.context["groups"] for task in group["tasks"]}


def test_anyone_may_read_what_a_licence_costs_before_signing_in(client: Client) -> None:
    page = client.get("/apply/")

    words = page.content.decode()
    assert page.status_code == 200
    assert "£400" in words or "Under £1 million" in words
    assert "/apply/start/" in words
    for said in ("About 35 minutes for a company with two directors", "<li>VAT number</li>", "How long we take"):
        assert said in words
    assert 'href="/standards/gla-food/"' in words
    assert not client.cookies


@pytest.mark.both
def test_how_long_decisions_take_is_said_only_when_there_are_enough(client: Client) -> None:
    paced(*range(10, 19))
    few = client.get("/apply/").content.decode()
    paced(*range(10, 30))
    enough = client.get("/apply/").content.decode()

    assert "not enough cases yet to say" in few and "working days from submission" not in few
    assert "of 20 that were decided, half took up to 19 working days from submission" in enough
    assert "eight in ten took 11 to 27." in enough


def test_starting_leads_to_the_tasks_of_a_new_organisation() -> None:
    by = person("applicant")

    answer = signed_in(by).post(
        "/apply/start/", {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": "Newydd Labour Ltd"}
    )

    started = Application.objects.get()
    assert answer.headers["Location"] == f"/apply/{started.reference}/"
    assert started.organisation.legal_name == "Newydd Labour Ltd"


def test_starting_for_an_organisation_that_one_acts_for() -> None:
    provider = a_provider()

    signed_in(holder_of(provider)).post(
        "/apply/start/", {"scheme": SCHEME, "organisation": provider.reference, "legal_name": ""}
    )

    assert Application.objects.get().organisation == provider


def test_starting_in_the_name_of_a_licensed_firm_is_told_to_ask_for_an_invitation() -> None:
    licence = a_licence()
    clerk = signed_in(person("applicant"))
    typed = {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": licence.organisation.legal_name}
    before = Application.objects.count()

    told = clerk.post("/apply/start/", typed)

    assert told.status_code == 422
    assert f"holds licence {licence.number}. If you work for it, ask its principal authority" in told.content.decode()
    assert Application.objects.count() == before
    assert clerk.post("/apply/start/", {**typed, "is_another": "on"}).status_code == 302


def test_starting_without_a_name_says_so_and_opens_nothing() -> None:
    page = signed_in(person("applicant")).post(
        "/apply/start/", {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": "  "}
    )

    assert page.status_code == 422
    assert "Legal name of the organisation – enter an answer" in page.content.decode()
    assert not Organisation.objects.exists()


def test_starting_a_second_time_says_that_there_is_one() -> None:
    application = an_application()

    page = applicant_of(application).post(
        "/apply/start/", {"scheme": SCHEME, "organisation": application.organisation.reference, "legal_name": ""}
    )

    assert page.status_code == 422
    assert "There is an open application" in page.content.decode()


def test_starting_for_the_organisation_of_another_is_no_choice() -> None:
    other = a_provider("Other Ltd")

    page = signed_in(person("applicant")).post(
        "/apply/start/", {"scheme": SCHEME, "organisation": other.reference, "legal_name": ""}
    )

    assert page.status_code == 422
    assert "Other Ltd" not in page.content.decode()
    assert not Application.objects.exists()


def test_the_tasks_say_what_is_done_begun_and_left() -> None:
    application = an_application()
    applications.save_page(
        application, page="names", data={"legal_name": "Dyffryn"}, is_complete=True, by=application.started_by, at=NOW
    )
    applications.save_page(
        application, page="tax", data={"utr": "12"}, is_complete=False, by=application.started_by, at=NOW
    )

    found = states(applicant_of(application), application)

    assert found["A"] == "in_progress"
    assert found["B"] == "not_started"
    assert found["D"] == "optional"
    assert found["H"] == "not_started"  # what is agreed to; the declaration after it waits for all else


def test_the_tasks_are_few_and_say_what_is_left_and_lead_to_it() -> None:
    application = an_application_answered()
    application.answers.filter(page__in=["turnover", "declaration"]).delete()

    page = applicant_of(application).get(f"/apply/{application.reference}/")

    words = " ".join(page.content.decode().split())
    assert "5 of 7 required sections completed." in words and "left for you. 2 pages are still" in words
    assert "About 1 minute left" in words and f"/apply/{application.reference}/steps/turnover/" in words
    assert states(applicant_of(application), application)["H"] == "cannot_start"
    assert words.count('<li class="govuk-task-list__item') < 15
    assert f"/apply/{application.reference}/check-answers/?section=A#section-A" in words


def test_the_declaration_can_be_signed_when_all_else_is_answered() -> None:
    application = an_application_answered()
    application.answers.get(page="declaration").delete()

    assert states(applicant_of(application), application)["H"] == "in_progress"


def test_the_receipt_says_the_reference_leads_to_what_to_pay_and_keeps_its_address() -> None:
    application = an_application_submitted()
    client = applicant_of(application)

    words = client.get(f"/apply/{application.reference}/submitted/").content.decode()

    assert application.reference in words
    assert f'href="/apply/{application.reference}/payments/"' in words
    assert client.get(f"/apply/{application.reference}/submitted/").status_code == 200
    to_pay = client.get(f"/apply/{application.reference}/payments/").content.decode()
    assert str(application.payment_reference) in to_pay
    assert "Bank transfer" in to_pay


def test_the_receipt_of_a_paid_application_asks_for_no_money() -> None:
    application = an_application_paid()

    words = applicant_of(application).get(f"/apply/{application.reference}/submitted/").content.decode()

    assert "The fee has been paid." in words


def test_there_is_no_receipt_for_a_draft() -> None:
    application = an_application()

    assert applicant_of(application).get(f"/apply/{application.reference}/submitted/").status_code == 404


def test_where_it_stands_is_told_without_naming_who_works_on_it() -> None:
    officer = person("case_officer", name="Carys Casework")
    application = an_application_being_assessed(case_officer=officer)

    page = applicant_of(application).get(f"/apply/{application.reference}/")

    words = page.content.decode()
    assert [told.title for told in page.context["timeline"]] == [
        "We began to assess it", "A payment arrived", "You submitted it", "You started the application",
    ]  # fmt: skip
    assert "Carys" not in words
    assert "Being assessed" in words


def test_what_is_proposed_is_not_told_before_it_is_notified() -> None:
    decision = a_refusal_proposed()
    assert decision.application
    address = f"/apply/{decision.application.reference}/"
    client = applicant_of(decision.application)

    before = client.get(address).content.decode()
    notified(decision)
    after = client.get(address).content.decode()

    assert decision.reference not in before
    assert decision.reference in after


def test_withdrawing_asks_first_and_then_does_it() -> None:
    application = an_application_submitted()
    client = applicant_of(application)

    asked = client.get(f"/apply/{application.reference}/withdraw/")
    application.refresh_from_db()
    assert (asked.status_code, application.status) == (200, "submitted")

    client.post(f"/apply/{application.reference}/withdraw/", {"because": "Not needed"})
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_withdrawing_twice_says_why_not_and_keeps_what_was_typed() -> None:
    application = an_application_submitted()
    client = applicant_of(application)
    client.post(f"/apply/{application.reference}/withdraw/", {"because": ""})

    page = client.post(f"/apply/{application.reference}/withdraw/", {"because": "Once more"})

    assert page.status_code == 422
    assert "This step is not possible now" in page.content.decode()
    assert "Once more" in page.content.decode()


def test_a_question_is_answered_on_its_page(set_clock: SetClock) -> None:
    request = a_request()
    client = applicant_of(request.application)
    address = f"/apply/{request.application.reference}/requests/{request.reference}/answer/"

    assert QUESTION in client.get(address).content.decode()
    assert client.post(address, {"answer_1": " "}).status_code == 422
    set_clock(NOW + timedelta(hours=3))
    client.post(address, {"answer_1": "Here it is."})

    request.refresh_from_db()
    assert (request.items.get().answer, request.answered_at) == ("Here it is.", NOW + timedelta(hours=3))
    assert "Here it is." in client.get(address).content.decode()


@pytest.mark.both
@pytest.mark.parametrize("page", ["/apply/{}/", "/licences/"])
def test_whoever_is_waited_for_reads_that_it_is_them(page: str) -> None:
    application = a_request().application

    words = applicant_of(application).get(page.format(application.reference)).content.decode()

    assert "Waiting for you" in words
    assert "Waiting for the applicant" not in words


def test_a_question_is_answered_once() -> None:
    request = a_request()
    client = applicant_of(request.application)
    address = f"/apply/{request.application.reference}/requests/{request.reference}/answer/"
    client.post(address, {"answer_1": "First."})

    page = client.post(address, {"answer_1": "Second."})

    request.refresh_from_db()
    assert page.status_code == 422
    assert request.items.get().answer == "First."


PAGES = [
    "", "names/", "directors/", "directors/add/", "directors/item-1/", "directors/item-1/remove/", "check-answers/",
    "submitted/", "withdraw/", "submit/",
]  # fmt: skip


@pytest.mark.both
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_the_applicants_alone(page: str, client: Client) -> None:
    application = an_application_submitted()
    address = f"/apply/{application.reference}/{page}"

    assert client.get(address).headers["Location"].startswith("/account/login/")
    assert signed_in(person("applicant")).get(address).status_code == 404
    for role in ("decision_maker", "labour_user", "auditor"):
        assert signed_in(person(role)).get(address).status_code == 403
    # Case officers type in paper on these pages, and find there no application but one that came on paper.
    assert signed_in(person("case_officer")).get(address).status_code == (403 if page == "submitted/" else 404)


@pytest.mark.both
@pytest.mark.parametrize("page", ["submit/", "withdraw/", "names/", "directors/item-1/", "directors/item-1/remove/"])
def test_nobody_else_changes_anything(page: str) -> None:
    application = an_application_answered()
    address = f"/apply/{application.reference}/{page}"

    assert signed_in(person("applicant")).post(address, {"because": "x"}).status_code == 404
    assert signed_in(person("case_officer")).post(address, {"because": "x"}).status_code == 404
    assert signed_in(person("decision_maker")).post(address, {"because": "x"}).status_code == 403
    application.refresh_from_db()
    assert application.status == "draft"
    assert application.answers.filter(page="directors").exists()
