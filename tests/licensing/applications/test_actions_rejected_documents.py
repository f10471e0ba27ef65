"""A file that is rejected after the application was submitted: its applicant is told, and no licence rests on it unnoticed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.queries import readiness
from licensing.decisions.rules import proposals as rules
from registry import jobs
from registry.documents.models import Document
from registry.letters.models import Letter
from registry.papers import words as paper_words
from tests import stories
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)
TEMPLATE = "licensing/letters/file_rejected.html"


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"


@pytest.fixture
def later(set_clock: SetClock) -> Callable[[], None]:
    """Time goes on: what is uploaded from now on came after the submission."""
    return lambda: set_clock(LATER)


def applicant(application: Application) -> Client:
    return signed_in(stories.holder_of(application.organisation))


def page(application: Application, requirement: str = "housing") -> str:
    return reverse("document_page", args=[application.reference, requirement])


def upload(application: Application, content: bytes, requirement: str = "housing") -> int:
    files = {"documents": [SimpleUploadedFile("contract.pdf", content)]}
    return applicant(application).post(page(application, requirement), files).status_code


def submitted(*, also_good: bool = False) -> Application:
    """Its only required file, or one of two, cannot be read, and that is not known yet."""
    profile = stories.a_profile(legal_name="Dyffryn Labour Ltd", accommodation=True)
    application = stories.an_application_answered(profile=profile, evidence=False)
    assert upload(application, pdfs.with_password("secret")) == 302
    if also_good:
        assert upload(application, pdfs.a_pdf()) == 302
    return applications.submit(application, by=stories.holder_of(application.organisation), at=NOW)


def checked(application: Application) -> Application:
    while Document.objects.to_check(LATER).exists():
        jobs.check_documents(at=LATER)
    application.refresh_from_db()
    return application


def waits_for(application: Application) -> set[str]:
    return {reason.code for reason in rules.readiness_blockers(readiness.readiness(application), kind="grant")}


def test_the_applicant_is_told_by_letter_and_on_the_page_and_uploads_another(later: Callable[[], None]) -> None:
    application = checked(submitted())

    letter = Letter.objects.get(template=TEMPLATE)
    words = paper_words.text(letter)
    assert "We could not accept contract.pdf" in words
    assert "The selected file is password protected." in words
    assert "on the page of this application, under Documents" in words
    assert letter.reference == application.reference
    status = applicant(application).get(reverse("application_tasks", args=[application.reference])).content.decode()
    assert "The selected file is password protected." in status
    assert page(application) in status

    later()
    assert upload(application, pdfs.a_pdf()) == 302
    assert upload(application, pdfs.a_pdf()) == 422, "one file was rejected, so one can be replaced"
    assert (
        page(application)
        not in applicant(application).get(reverse("application_tasks", args=[application.reference])).content.decode()
    )


def test_one_of_several_files_can_be_replaced_too(later: Callable[[], None]) -> None:
    application = checked(submitted(also_good=True))
    later()

    assert upload(application, pdfs.a_pdf()) == 302
    assert upload(application, pdfs.a_pdf()) == 422


def test_a_draft_says_so_itself_and_no_letter_is_sent() -> None:
    application = stories.an_application()
    assert upload(application, pdfs.with_password("secret"), "agreement") == 302

    checked(application)

    assert not Letter.objects.filter(template=TEMPLATE).exists()


def test_no_licence_is_granted_on_a_file_that_was_rejected_or_is_being_checked(later: Callable[[], None]) -> None:
    application = submitted()
    assert "documents_unchecked" in waits_for(application)

    checked(application)
    assert "documents_rejected" in waits_for(application)
    assert "documents_unchecked" not in waits_for(application)

    later()
    assert upload(application, pdfs.a_pdf()) == 302
    assert "documents_rejected" not in waits_for(application)
    checked(application)
    assert not {"documents_unchecked", "documents_rejected"} & waits_for(application)


def test_the_case_page_says_why_and_that_it_is_missing() -> None:
    application = checked(submitted())
    stories.an_application_being_assessed(stories.an_application_paid(application))

    words = signed_in(person("case_officer")).get(reverse("application", args=[application.reference])).content.decode()

    assert "A required document was rejected, and the applicant has not replaced it." in words
    assert "The selected file is password protected." in words
    assert "Upload another one" not in words
