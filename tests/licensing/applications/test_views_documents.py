"""Documents as people hand them in and read them: pages, refusals, and who may not."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from licensing.applications.actions import applications
from licensing.applications.actions import documents as actions
from licensing.applications.models import Application
from registry import jobs
from registry import uploads as files
from registry.documents.models import Document
from registry.errors import Refused
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import a_request
from tests.people import person, signed_in
from tests.registry.uploads import pdfs
from tests.registry.uploads.corpus import HTML, jpeg, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Documents are let through unscanned, so that they can be opened. The scanner has tests of its own."""
    settings.CLAMD_ADDRESS = "none"


@pytest.fixture
def draft() -> Application:
    return stories.an_application()


def housing(application: Application) -> Application:
    """A draft of a firm that houses workers, which nobody has shown papers of."""
    profile = stories.a_profile(legal_name=application.organisation.legal_name, accommodation=True)
    stories.an_application_answered(application, profile=profile, evidence=False)
    return application


def applicant(application: Application) -> Client:
    return signed_in(stories.holder_of(application.organisation))


def page(application: Application, requirement: str = "agreement") -> str:
    return reverse("document_page", args=[application.reference, requirement])


def chosen(name: str = "photo.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def upload(application: Application, *several: SimpleUploadedFile, requirement: str = "agreement", **more: str) -> Any:
    posted = {"documents": list(several), **more}
    answer = applicant(application).post(page(application, requirement), posted)
    jobs.check_documents(at=NOW)
    return answer


def handed_in(application: Application) -> Document:
    upload(application, chosen())
    return Document.objects.latest("pk")


# --- handing in


@pytest.mark.both
def test_a_file_that_is_chosen_is_kept_and_shown(draft: Application) -> None:
    answer = upload(draft, chosen("Cytundeb Tŷ Gwyn.jpg"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == page(draft)
    words = applicant(draft).get(page(draft)).content.decode()
    assert "Cytundeb Tŷ Gwyn.jpg" in words
    assert "Not scanned (demo)" in words


def test_several_files_are_kept_at_once(draft: Application) -> None:
    upload(draft, chosen("one.jpg"), chosen("two.pdf", pdfs.a_pdf()))

    assert sorted(Document.objects.values_list("name", flat=True)) == ["one.jpg", "two.pdf"]


def test_of_several_files_those_that_are_right_are_kept_and_the_others_are_named(draft: Application) -> None:
    answer = upload(draft, chosen("one.jpg"), chosen("contract.docx", zipped()))

    assert answer.status_code == 422
    words = answer.content.decode()
    assert "contract.docx: The selected file must be a PDF, JPEG or PNG. Save it as a PDF and upload that." in words
    assert list(Document.objects.values_list("name", flat=True)) == ["one.jpg"]
    assert "one.jpg" in words


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (chosen("page.html", HTML), "The selected file must be a PDF, JPEG or PNG."),
        (chosen("empty.pdf", b""), "The selected file is empty."),
        (
            chosen("big.pdf", b"%PDF-" + bytes(files.InMemory.most_bytes)),
            "The selected file must be smaller than 10 MB.",
        ),
    ],
    ids=["type", "empty", "big"],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_sentence(
    draft: Application, file: SimpleUploadedFile, sentence: str
) -> None:
    answer = upload(draft, file)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Document.objects.exists()


def test_uploading_nothing_says_what_to_do(draft: Application) -> None:
    answer = upload(draft, upload="1")

    assert answer.status_code == 422
    assert "Select a file." in answer.content.decode()


def test_more_files_than_may_be_chosen_at_once_are_refused(draft: Application) -> None:
    answer = upload(draft, *(chosen(f"{number}.jpg") for number in range(6)))

    assert "You can only select up to 5 files at the same time." in answer.content.decode()


def test_going_on_without_a_file_leads_to_the_next_requirement(draft: Application) -> None:
    answer = upload(draft, on="1")

    assert answer.headers["Location"] == page(draft, "worker-terms")


def test_going_on_keeps_what_was_chosen(draft: Application) -> None:
    answer = upload(draft, chosen(), on="1")

    assert answer.headers["Location"] == page(draft, "worker-terms")
    assert Document.objects.count() == 1


def test_a_requirement_takes_no_more_files_than_the_pack_says(draft: Application) -> None:
    upload(draft, *(chosen(f"{number}.jpg") for number in range(5)))
    upload(draft, *(chosen(f"{number}.jpg") for number in range(4)))

    answer = upload(draft, chosen("ten.jpg"), chosen("eleven.jpg"))

    assert answer.status_code == 422
    assert "Upload at most 10 files here." in answer.content.decode()
    assert Document.objects.count() == 9


def test_while_the_scanner_is_down_the_page_says_that_the_file_is_being_checked(
    draft: Application, settings: Settings
) -> None:
    settings.CLAMD_ADDRESS = "/nowhere/clamd.ctl"
    document = handed_in(draft)

    words = applicant(draft).get(page(draft)).content.decode()

    assert "Being checked for viruses" in words
    assert "You do not have to wait." in words
    assert f'{reverse("own_document", args=[draft.reference, document.reference])}"' not in words
    assert applicant(draft).get(reverse("own_document", args=[draft.reference, document.reference])).status_code == 404


def test_a_file_is_removed_and_can_be_uploaded_again(draft: Application) -> None:
    document = handed_in(draft)
    client, address = applicant(draft), reverse("remove_document", args=[draft.reference, document.reference])

    assert "Remove photo.jpg?" in client.get(address).content.decode()
    assert client.post(address).headers["Location"] == page(draft)

    document.refresh_from_db()
    assert document.status == "removed"
    assert client.post(address).status_code == 404
    assert upload(draft, chosen()).status_code == 302


# --- what an application needs


def test_a_required_document_is_a_task_and_keeps_the_application_from_being_handed_in(draft: Application) -> None:
    housing(draft)

    words = applicant(draft).get(reverse("application_tasks", args=[draft.reference])).content.decode()
    assert page(draft, "housing") in words
    answer = applicant(draft).post(reverse("submit_application", args=[draft.reference]))

    assert answer.status_code == 422
    assert "Safety of the housing: upload a file." in answer.content.decode()
    assert page(draft, "housing") in answer.content.decode()


def test_with_it_the_application_is_handed_in(draft: Application) -> None:
    housing(draft)
    upload(draft, chosen(), requirement="housing")

    answer = applicant(draft).post(reverse("submit_application", args=[draft.reference]))

    assert answer.status_code == 302


def test_what_is_still_being_checked_is_handed_in_too(draft: Application, settings: Settings) -> None:
    """A scanner that is down is not the applicant's fault."""
    settings.CLAMD_ADDRESS = ""
    housing(draft)
    upload(draft, chosen(), requirement="housing")

    applications.submit(draft, by=stories.holder_of(draft.organisation), at=NOW)


def test_what_the_answers_do_not_call_for_is_not_asked(draft: Application) -> None:
    assert applicant(draft).get(page(draft, "housing")).status_code == 404
    assert applicant(draft).get(page(draft, "no-such-thing")).status_code == 404
    with pytest.raises(Refused):
        actions.hand_in(draft, requirement="housing", uploads=[], by=stories.holder_of(draft.organisation), at=NOW)


def test_once_handed_in_nothing_is_added_or_removed() -> None:
    application = stories.an_application_answered()
    document = handed_in(application)
    by = stories.holder_of(application.organisation)
    applications.submit(application, by=by, at=NOW)

    assert upload(application, chosen()).status_code == 422
    assert (
        applicant(application)
        .post(reverse("remove_document", args=[application.reference, document.reference]))
        .status_code
        == 422
    )
    assert Document.objects.there().count() == 1


# --- requests


def test_a_request_is_answered_with_documents() -> None:
    asked = a_request(stories.an_application_being_assessed())
    address = reverse("answer_request", args=[asked.application.reference, asked.reference])

    answer = applicant(asked.application).post(
        address, {"answer_1": "Here they are.", "files_1": [chosen("one.jpg"), chosen("two.jpg")]}
    )

    assert answer.status_code == 302
    assert set(Document.objects.values_list("requirement", flat=True)) == {asked.reference}
    case = reverse("application", args=[asked.application.reference])
    assert "one.jpg" in signed_in(person("case_officer")).get(case).content.decode()


def test_a_wrong_file_keeps_the_answer_that_was_typed() -> None:
    asked = a_request(stories.an_application_being_assessed())
    address = reverse("answer_request", args=[asked.application.reference, asked.reference])

    answer = applicant(asked.application).post(
        address, {"answer_1": "Here it is.", "files_1": [chosen("x.html", HTML)]}
    )

    assert answer.status_code == 422
    assert "Here it is." in answer.content.decode()
    assert not Document.objects.exists()


# --- reading


def case_with_a_document() -> tuple[Application, str]:
    application = stories.an_application_answered()
    document = handed_in(application)
    applications.submit(application, by=stories.holder_of(application.organisation), at=NOW)
    return application, reverse("case_document", args=[application.reference, document.reference])


@pytest.mark.both
def test_a_document_is_served_to_be_saved_and_nothing_else() -> None:
    application, address = case_with_a_document()
    own = reverse("own_document", args=[application.reference, address.split("/")[-2]])

    for client, where in ((applicant(application), own), (signed_in(person("case_officer")), address)):
        answer = client.get(where)
        content = io.BytesIO(b"".join(answer.streaming_content)).getvalue()  # type: ignore[attr-defined]
        assert (
            files.digest_of(files.StorageArea.KEPT, Document.objects.get().stored_as) == Document.objects.get().digest
        )
        assert content.startswith(b"\xff\xd8\xff")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_name_in_any_script_makes_one_header(draft: Application) -> None:
    upload(draft, chosen("договор\r\nX-Evil: 1‮gpj.jpg"))
    document = Document.objects.get()

    answer = applicant(draft).get(reverse("own_document", args=[draft.reference, document.reference]))

    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "X-Evil" not in answer.headers
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_case_page_shows_documents_by_requirement_with_their_digests() -> None:
    application, address = case_with_a_document()

    words = signed_in(person("case_officer")).get(reverse("application", args=[application.reference])).content.decode()

    document = Document.objects.get()
    assert address in words
    assert "Your agreement with labour users" in words
    assert document.digest in words
    assert document.original_digest in words


@pytest.mark.both
def test_the_inspector_of_the_case_reads_its_documents_and_another_does_not() -> None:
    application, address = case_with_a_document()
    inspector = person("inspector")
    inspection = an_inspection(organisation=application.organisation, case=application.reference, inspector=inspector)

    words = signed_in(inspector).get(reverse("inspection", args=[inspection.reference])).content.decode()
    assert address in words
    answer = signed_in(inspector).get(address)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[attr-defined]
    assert signed_in(person("inspector")).get(address).status_code == 404


@pytest.mark.parametrize("role", ["quality_reviewer", "intelligence_analyst", "people_administrator", "labour_user"])
def test_other_roles_read_no_documents(role: str) -> None:
    _application, address = case_with_a_document()

    assert signed_in(person(role)).get(address).status_code == 403


@pytest.mark.both
def test_another_employer_finds_nothing(draft: Application) -> None:
    document = handed_in(draft)
    other = signed_in(stories.holder_of(stories.a_provider("Another Ltd")))

    for name in ("own_document", "remove_document"):
        assert other.get(reverse(name, args=[draft.reference, document.reference])).status_code == 404
        assert other.post(reverse(name, args=[draft.reference, document.reference])).status_code in {404, 405}
    assert other.get(page(draft)).status_code == 404
    assert other.post(page(draft), {"documents": [chosen()]}).status_code == 404
    assert Document.objects.count() == 1


def test_a_document_of_another_case_is_not_found_through_ones_own(draft: Application) -> None:
    other = stories.an_application(legal_name="Another Ltd")
    document = handed_in(other)

    assert applicant(draft).get(reverse("own_document", args=[draft.reference, document.reference])).status_code == 404


def test_signed_out_nobody_reads_anything(draft: Application) -> None:
    document = handed_in(draft)

    answer = Client().get(reverse("own_document", args=[draft.reference, document.reference]))

    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_officers_read_nothing_of_a_draft(draft: Application) -> None:
    document = handed_in(draft)

    address = reverse("case_document", args=[draft.reference, document.reference])
    assert signed_in(person("case_officer")).get(address).status_code == 404
