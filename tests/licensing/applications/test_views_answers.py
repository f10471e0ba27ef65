"""Checking all answers, and handing in: everything missing at once, once, and readable afterwards."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.applications.actions import applications
from licensing.applications.models import Application
from registry.letters.models import Letter
from registry.register.models import Entry
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, an_application_checked, decided
from tests.people import signed_in
from tests.registry.uploads.corpus import jpeg
from tests.stories import (
    a_profile,
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


def test_the_check_shows_every_answer_with_a_link_that_says_what_it_changes() -> None:
    application = an_application_answered()

    words = applicant_of(application).get(f"/apply/{application.reference}/check-answers/").content.decode()

    for shown in ("Dyffryn Harvest", "01632 960123", "Gethin Parry", "£640,000", "Angharad Rees", "Registered company"):
        assert shown in words
    assert f"/apply/{application.reference}/steps/names/names/?then=check-answers" in words
    assert "your answer to “Legal name”" in words
    assert "Not provided" in words
    assert f'action="/apply/{application.reference}/submit/"' in words


def test_the_preview_shows_before_handing_in_what_the_register_shows_after_the_grant() -> None:
    draft = an_application_answered()
    client, address = applicant_of(draft), f"/apply/{draft.reference}/preview/"
    assert address in client.get(f"/apply/{draft.reference}/check-answers/").content.decode()

    before = client.get(address)

    assert not Entry.objects.exists()
    paid = an_application_paid(applications.submit(draft, by=holder_of(draft.organisation), at=NOW))
    granted = decided(a_grant_proposed(an_application_checked(an_application_being_assessed(paid))))
    assert granted.application and granted.application.licence
    licence = granted.application.licence
    after = client.get(f"/check/{licence.number}/").context["shown"]
    assert [(row.label, row.value) for row in before.context["shown"].rows] == [
        (row.label, row.value) for row in after.rows
    ]
    for field in ("name", "telephone", "email", "website", "address", "named_digests", "named_people"):
        assert getattr(before.context["entry"], field) == getattr(after.entry, field), field
    assert "Licensed" not in before.content.decode()


def test_the_preview_shows_names_that_are_not_right_yet_one_by_one() -> None:
    draft = an_application_answered()
    names = draft.answers.get(page="names")
    # As the page keeps it when one of the lines is too long.
    names.data |= {"trading_names": f"Bont Hands\n{'x' * 201}"}
    names.is_complete = False
    names.save()

    entry = applicant_of(draft).get(f"/apply/{draft.reference}/preview/").context["entry"]

    assert entry.trading_names == ["Bont Hands", "x" * 201]


def sections_of(page: str) -> dict[str, bool]:
    """Each section of the check by its letter, and whether it is open."""
    found = re.findall(r'id="section-(\w+)".*?<details class="[^"]*"( open)?>', page, re.DOTALL)
    return {letter: bool(is_open) for letter, is_open in found}


def test_the_check_folds_what_is_complete_and_opens_all_when_asked() -> None:
    application = an_application_answered()
    application.answers.filter(page="turnover").update(is_complete=False)
    client, check = applicant_of(application), f"/apply/{application.reference}/check-answers/"

    folded, all_of_it = (sections_of(client.get(address).content.decode()) for address in (check, f"{check}?all=yes"))

    assert [letter for letter, is_open in folded.items() if is_open] == ["G"]
    assert len(all_of_it) == len(folded) > 5
    assert all(all_of_it.values())


def test_what_need_not_be_answered_and_was_not_is_named_in_one_line() -> None:
    application = an_application_answered()

    words = applicant_of(application).get(f"/apply/{application.reference}/check-answers/").content.decode()

    answers, _documents = words.split('<h2 class="govuk-heading-m">Documents</h2>')
    assert "Not provided: Former names" in " ".join(answers.split())
    assert ">Not provided<" not in answers


def test_what_is_still_to_be_answered_is_named_in_one_line_with_a_link_to_its_page() -> None:
    application = an_application_answered()
    turnover = application.answers.get(page="turnover")
    application.answers.filter(page="turnover").update(data={**turnover.data, "turnover": ""})

    words = applicant_of(application).get(f"/apply/{application.reference}/check-answers/").content.decode()

    assert words.count("Still to be answered:") == 1
    assert "1 page to complete" in words


def test_the_check_says_the_fee() -> None:
    application = an_application_answered(profile=a_profile(turnover="6000000"))

    page = applicant_of(application).get(f"/apply/{application.reference}/check-answers/")

    words = page.content.decode()
    for said in ("£3,100", "£6,000,000", "£5 million to under £10 million", "28 April 2025", "£3,720"):
        assert said in words


def test_handing_in_leads_to_the_receipt() -> None:
    application = an_application_answered()

    answer = applicant_of(application).post(f"/apply/{application.reference}/submit/")

    application.refresh_from_db()
    assert answer.headers["Location"] == f"/apply/{application.reference}/submitted/"
    assert application.status == "submitted"


@pytest.mark.both
def test_handing_in_twice_shows_the_receipt_of_the_first_time() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    first, second = (client.post(f"/apply/{application.reference}/submit/") for _press in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Letter.objects.filter(reference=application.reference).count() == 1
    assert Entry.objects.count() == 1


def test_who_goes_back_hands_nothing_in() -> None:
    application = an_application_answered()

    page = applicant_of(application).post(f"/apply/{application.reference}/submit/", {"go_back": "1"})

    application.refresh_from_db()
    assert (page.status_code, application.status) == (200, "draft")


def test_handing_in_what_is_incomplete_says_every_page_with_a_link_to_it() -> None:
    application = an_application()

    page = applicant_of(application).post(f"/apply/{application.reference}/submit/")

    words = page.content.decode()
    problems = page.context["problems"]
    application.refresh_from_db()
    assert page.status_code == 422
    assert application.status == "draft"
    assert len(problems) > 20
    assert "<title>Error: " in words
    for problem in problems:
        assert problem["href"].startswith(f"/apply/{application.reference}/")
        assert f'href="{problem["href"]}"' in words


def test_a_missing_document_is_said_to_be_and_uploading_it_leads_back_to_the_check() -> None:
    profile = a_profile(accommodation=True)
    application = an_application_answered(profile=profile, evidence=False)
    client, check = applicant_of(application), f"/apply/{application.reference}/check-answers/"

    words = client.get(check).content.decode()
    leads = f"/apply/{application.reference}/documents/housing/?then=check-answers"
    answer = client.post(leads, {"documents": SimpleUploadedFile("photo.jpg", jpeg()), "on": "1"})

    assert words.count("Still to be uploaded") == 1
    assert leads in words
    assert answer.headers["Location"] == check
    assert "Still to be uploaded" not in client.get(check).content.decode()


def test_several_things_chosen_are_a_list() -> None:
    application = an_application_answered()

    words = applicant_of(application).get(f"/apply/{application.reference}/check-answers/").content.decode()

    assert "<li>England</li><li>Wales</li>" in words


def test_each_problem_leads_to_a_page_that_opens() -> None:
    application = an_application()
    client = applicant_of(application)

    problems = client.post(f"/apply/{application.reference}/submit/").context["problems"]

    assert {client.get(problem["href"], follow=True).status_code for problem in problems} == {200}


def test_asking_for_the_address_hands_nothing_in() -> None:
    """The page that says what is missing stands there: it may be reloaded, or read in another language."""
    application = an_application_answered()

    answer = applicant_of(application).get(f"/apply/{application.reference}/submit/")

    assert answer.headers["Location"] == f"/apply/{application.reference}/check-answers/"
    application.refresh_from_db()
    assert application.status == "draft"


def test_a_forged_post_hands_nothing_in() -> None:
    application = an_application_answered()
    client = Client(enforce_csrf_checks=True)
    client.force_login(holder_of(application.organisation))

    assert client.post(f"/apply/{application.reference}/submit/").status_code == 403
    application.refresh_from_db()
    assert application.status == "draft"


def test_going_back_after_handing_in_shows_the_answers_without_a_button() -> None:
    application = an_application_submitted()

    words = applicant_of(application).get(f"/apply/{application.reference}/check-answers/").content.decode()

    assert "Dyffryn Harvest" in words
    assert "Send the application" not in words
    assert "?then=check-answers" not in words


def test_the_check_costs_the_same_however_much_was_answered(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    empty, whole = an_application(legal_name="Empty Ltd"), an_application_answered()
    # Whoever has given a company number is looked up in the snapshot of companies; where there is none, that is two queries.
    for application, looked_up in ((empty, 0), (whole, 2)):
        client = applicant_of(application)
        client.get(f"/apply/{application.reference}/check-answers/")
        with django_assert_num_queries(13 + looked_up):  # one is the version of what is sent
            client.get(f"/apply/{application.reference}/check-answers/")
