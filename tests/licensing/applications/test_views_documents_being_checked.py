"""A request takes a file and reads nothing in it; the worker checks it, and the page then says what was found."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from licensing.applications.models import Application
from registry import jobs
from registry.documents.models import Document
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.people import signed_in
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"


@pytest.fixture
def draft() -> Application:
    return stories.an_application()


def applicant(application: Application) -> Client:
    return signed_in(stories.holder_of(application.organisation))


def page(application: Application) -> str:
    return reverse("document_page", args=[application.reference, "agreement"])


def uploaded(application: Application, content: bytes) -> Document:
    answer = applicant(application).post(page(application), {"documents": [SimpleUploadedFile("a.pdf", content)]})
    assert answer.status_code == 302
    return Document.objects.get()


def test_a_request_reads_nothing_in_the_file(draft: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four crafted files stopped the look-up for a minute: they were scrubbed in the request."""
    monkeypatch.setattr("registry.uploads.documents._MADE_ANEW", {})
    began = time.process_time()

    document = uploaded(draft, pdfs.with_small_streams(2_000_000))

    assert time.process_time() - began < 5
    assert (document.status, document.digest) == ("received", "")
    words = applicant(draft).get(page(draft)).content.decode()
    assert "We are checking this file." in words
    assert 'data-live="3"' in words


def test_the_page_is_right_once_the_worker_has_checked_the_file(draft: Application) -> None:
    document = uploaded(draft, pdfs.with_open_action("/JavaScript", **pdfs.SCRIPT))

    assert jobs.check_documents(at=NOW) == 1

    document.refresh_from_db()
    browser = applicant(draft)
    words = browser.get(page(draft)).content.decode()
    assert 'data-live=""' in words
    served = b"".join(browser.get(reverse("own_document", args=[draft.reference, document.reference])))
    assert len(served) == document.size
    assert b"JavaScript" not in served
    assert Event.objects.get(reference=document.reference, verb="release").facts["digest"] == document.digest


@pytest.mark.parametrize(
    ("content", "fault", "sentence"),
    [
        (pdfs.with_password("secret"), "password", "The selected file is password protected."),
        (pdfs.a_pdf()[:200], "damaged", "The selected file could not be read"),
    ],
    ids=["password", "damaged"],
)
def test_the_page_says_what_was_wrong_and_takes_another(
    draft: Application, content: bytes, fault: str, sentence: str
) -> None:
    document = uploaded(draft, content)

    assert jobs.check_documents(at=NOW) == 1

    document.refresh_from_db()
    assert (document.status, document.fault) == ("rejected", fault)
    words = applicant(draft).get(page(draft)).content.decode()
    assert sentence in words
    assert "We deleted this file. Upload another one." in words


def test_a_file_that_breaks_the_check_is_tried_again_after_a_minute_and_delays_no_other(
    draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(draft, pdfs.a_pdf())
    calls: list[bytes] = []

    def broken(content: bytes) -> None:
        calls.append(content)
        raise MemoryError

    monkeypatch.setattr("registry.uploads.judged", broken)
    assert jobs.check_documents(at=NOW) == 0
    assert jobs.check_documents(at=NOW) == 0
    assert len(calls) == 1

    jobs.check_documents(at=NOW + jobs.CHECKED_AGAIN)
    assert len(calls) == 2
