"""The files by which a holder shows that it meets a condition: sent with words, refused, read by whom they concern."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from config.demo.papers import paper
from licensing.conditions import actions as evidence
from licensing.conditions.models import Evidence
from registry import jobs
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Condition
from registry.papers import words as paper_words
from registry.uploads import ScanVerdict
from tests.conftest import NOW
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_document_about, a_licence
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.registry.uploads import pdfs
from tests.registry.uploads.corpus import HTML, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Documents are let through unscanned, so that they can be opened. The scanner has tests of its own."""
    settings.CLAMD_ADDRESS = "none"


@pytest.fixture
def condition() -> Condition:
    return a_condition(a_licence())


@pytest.fixture
def holder(condition: Condition) -> Client:
    return signed_in(the_holder(condition.licence))


def page(condition: Condition) -> str:
    return reverse("send_evidence", args=[condition.licence.number, condition.reference])


def files_of(document: Document, condition: Condition) -> tuple[str, str]:
    """The holder's and the officer's address of one file."""
    of = [condition.licence.number, condition.reference, document.reference]
    return reverse("own_evidence_file", args=of), reverse("evidence_file", args=of)


def chosen(name: str = "payslip.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def test_files_are_sent_with_the_words_and_stay_on_the_page(holder: Client, condition: Condition) -> None:
    typed = {"text": "See the payslips.", "documents": [chosen(), chosen("terms.pdf", pdfs.a_pdf())]}

    holder.post(page(condition), typed)
    assert jobs.check_documents(at=NOW) == 2
    shown = holder.get(page(condition)).content.decode()

    assert "See the payslips." in shown
    assert "payslip.jpg" in shown
    assert "Not scanned (demo)" in shown
    assert list(Document.objects.values_list("about", "name")) == [
        (condition.reference, "payslip.jpg"),
        (condition.reference, "terms.pdf"),
    ]


def test_words_alone_are_enough(holder: Client, condition: Condition) -> None:
    assert holder.post(page(condition), {"text": "Since Monday."}).status_code == 302


def test_a_hostile_file_is_refused_with_its_sentence_and_the_words_stay(holder: Client, condition: Condition) -> None:
    typed = {"text": "See the payslips.", "documents": [chosen(), chosen("payslip.pdf", HTML)]}

    answer = holder.post(page(condition), typed)

    assert answer.status_code == 422
    assert "payslip.pdf: The selected file must be a PDF, JPEG or PNG." in answer.content.decode()
    assert "See the payslips.</textarea>" in answer.content.decode()
    assert not Evidence.objects.exists()
    assert not Document.objects.exists()


def test_without_room_for_the_file_nothing_is_sent(condition: Condition, settings: Settings) -> None:
    settings.DOCUMENTS_A_CASE = 1
    a_document_about(condition)

    with pytest.raises(Refused) as refused:
        evidence.send(condition, text="More.", uploads=[paper("Payslip")], by=the_holder(condition.licence), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["too_many_documents"]


def test_holder_and_officer_open_the_file(holder: Client, condition: Condition) -> None:
    own, staff = files_of(a_document_about(condition), condition)

    for answer in holder.get(own), signed_in(person("case_officer")).get(staff):
        assert b"".join(answer).startswith(b"%PDF")
        answer.close()


def test_the_officer_sees_state_and_digest_on_the_page_of_the_licence(condition: Condition) -> None:
    document, held = a_document_about(condition), a_document_about(condition, verdict=ScanVerdict.UNKNOWN)

    shown = signed_in(person("case_officer")).get(reverse("staff_licence", args=[condition.licence.number]))

    words = shown.content.decode()
    assert document.digest in words
    assert held.reference in words
    assert "Being checked" in words
    assert files_of(document, condition)[1] in words
    assert files_of(held, condition)[1] not in words


def test_whoever_reads_licences_and_no_cases_sees_that_there_is_a_file_and_opens_none(condition: Condition) -> None:
    document = a_document_about(condition)
    analyst, (_own, staff) = signed_in(person("intelligence_analyst")), files_of(document, condition)

    shown = analyst.get(reverse("staff_licence", args=[condition.licence.number])).content.decode()

    assert document.name in shown
    assert staff not in shown
    assert analyst.get(staff).status_code == 403


def test_what_is_still_being_checked_is_opened_by_nobody(holder: Client, condition: Condition) -> None:
    own, staff = files_of(a_document_about(condition, verdict=ScanVerdict.UNKNOWN), condition)

    assert holder.get(own).status_code == 404
    assert signed_in(person("case_officer")).get(staff).status_code == 404


def test_the_files_of_another_employer_are_not_there(condition: Condition) -> None:
    own, staff = files_of(a_document_about(condition), condition)
    other = signed_in(the_holder(a_licence(legal_name="Other Hands Ltd")))

    assert other.get(own).status_code == 404
    assert other.get(page(condition)).status_code == 404
    assert other.post(page(condition), {"text": "Mine.", "documents": [chosen()]}).status_code == 404
    assert other.get(staff).status_code in {403, 404}


def test_a_file_about_another_condition_is_not_served_here(holder: Client, condition: Condition) -> None:
    other = a_document_about(a_condition(condition.licence))

    own, staff = files_of(other, condition)

    assert holder.get(own).status_code == 404
    assert signed_in(person("case_officer")).get(staff).status_code == 404


def test_signed_out_leads_to_the_sign_in(condition: Condition) -> None:
    own, staff = files_of(a_document_about(condition), condition)

    assert Client().get(own).status_code == Client().get(staff).status_code == 302


def test_the_page_of_the_licence_costs_the_same_however_many_files_there_are(
    condition: Condition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(person("case_officer"))
    address = reverse("staff_licence", args=[condition.licence.number])
    a_document_about(condition)
    client.get(address)
    with django_assert_max_num_queries(1000) as one:
        client.get(address)
    for _ in range(3):
        a_document_about(condition)

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_the_holder_is_told_of_a_file_that_was_rejected_later(holder: Client, condition: Condition) -> None:
    locked = SimpleUploadedFile("terms.pdf", pdfs.with_password("secret"))
    holder.post(page(condition), {"text": "See the terms.", "documents": locked})

    jobs.check_documents(at=NOW)

    words = paper_words.text(Letter.objects.get(template="licensing/letters/file_rejected.html"))
    assert "We could not accept terms.pdf" in words
    assert "The selected file is password protected." in words
    assert "on the page of this condition" in words
    licence = reverse("staff_licence", args=[condition.licence.number])
    assert "The selected file is password protected." in signed_in(person("case_officer")).get(licence).content.decode()
