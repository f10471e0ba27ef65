"""Programs send files where people choose them on a page: by the same acts, within the same limits, and scanned the same way."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from compliance.exhibits.models import EvidenceItem
from licensing.overrides.models import ReplyOverride
from registry.accounts.actions import keys
from registry.accounts.models import Scope, User
from registry.documents.models import Document
from registry.uploads.documents import MOST_BYTES
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.config.test_staff_api import ADDRESS, EVERY
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, answered
from tests.people import person
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "kind": "document",
    "description": "A sheet of hours with two columns, found in the office.",
    "taken_at": NOW.isoformat(),
    "standards": ["2.4"],
}


def a_file(name: str = "hours.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdfs.a_pdf() if content is None else content)


def sent(path: str, *, by: User, scope: str = "", **fields: Any) -> Any:
    key = keys.make(name="Test", scopes=[scope] if scope else EVERY, days=30, by=by, at=NOW)
    return Client(headers={"Authorization": f"Bearer {key.secret}"}).post(f"{ADDRESS}/{path}", fields)


def codes(answer: Any) -> list[str]:
    assert answer.status_code == 409, answer.content
    return [reason["code"] for reason in answer.json()["reasons"]]


def test_a_program_enters_an_exhibit_with_its_file() -> None:
    inspection = an_inspection()

    answer = sent(f"inspections/{inspection.reference}/exhibits", by=inspection.inspector, file=a_file(), **TOLD)

    assert answer.status_code == 200, answer.content
    item = EvidenceItem.objects.get()
    assert answer.json() == {"number": 1, "digest": item.digest, "has_file": True}
    assert (item.kind, item.standards, item.for_business, item.taken_by) == (
        "document",
        ["2.4"],
        "no",
        inspection.inspector,
    )
    document = Document.objects.get(exhibit=item)
    assert document not in Document.objects.served(), "it waits for the worker that reads and scans it"


def test_what_is_kept_elsewhere_is_entered_by_its_digest_and_sent_twice_it_is_one() -> None:
    inspection = an_inspection()
    told = {**TOLD, "kind": "recording", "digest": "AB" * 32, "uuid": "6f1f0a52-6d0f-4a0e-9f5f-7f8a54f0b7ce"}

    first, second = (
        sent(f"inspections/{inspection.reference}/exhibits", by=inspection.inspector, **told) for _n in "12"
    )

    assert first.json() == second.json() == {"number": 1, "digest": "ab" * 32, "has_file": False}
    other = {**told, "digest": "cd" * 32}
    assert "another_of_this_number" in codes(
        sent(f"inspections/{inspection.reference}/exhibits", by=inspection.inspector, **other)
    )


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (a_file("hours.exe", b"MZ and more"), "wrong_type"),
        (a_file(content=b""), "empty"),
        (a_file(content=b"%PDF-1.7\n" + b"0" * MOST_BYTES), "too_big"),
        (a_file("hours.jpg"), "named_otherwise"),
    ],
)
def test_a_file_that_a_page_would_not_take_is_refused_in_the_same_words(file: Any, code: str) -> None:
    inspection = an_inspection()

    answer = sent(f"inspections/{inspection.reference}/exhibits", by=inspection.inspector, file=file, **TOLD)

    assert codes(answer) == [code] and answer.json()["reasons"][0]["where"] == "file"
    assert not EvidenceItem.objects.exists()


def test_only_who_may_enter_it_on_the_page_enters_it_and_only_while_the_register_is_open() -> None:
    inspection = an_inspection()
    path = f"inspections/{inspection.reference}/exhibits"

    assert sent(path, by=person("manager"), file=a_file(), **TOLD).status_code == 403
    assert sent(path, by=person("inspector", name="Someone Else"), file=a_file(), **TOLD).status_code in {404, 409}
    assert sent(path, by=inspection.inspector, scope=Scope.READ, file=a_file(), **TOLD).status_code == 403
    assert sent(path, by=inspection.inspector, file=a_file(), **{**TOLD, "taken_at": "yesterday"}).status_code == 422
    closed = an_inspection_reported()
    answer = sent(f"inspections/{closed.reference}/exhibits", by=closed.inspector, file=a_file(), **TOLD)
    assert "register_closed" in codes(answer)
    assert Client().post(f"{ADDRESS}/{path}", {**TOLD}).status_code == 401


def test_a_reply_is_recorded_with_the_letter_of_the_authority() -> None:
    check = (
        stories.an_application_being_assessed().checks.filter(agency=None, result="").exclude(code__startswith="own")[0]
    )
    told = {"result": "nil", "replied_on": str(NOW.date())}
    path = f"checks/{check.reference}/record-with-documents"
    officer = person("case_officer")

    six = [a_file(f"{number}.pdf") for number in range(6)]
    assert codes(sent(path, by=officer, documents=six, **told)) == ["too_many"]
    assert codes(sent(path, by=officer, documents=[a_file(), a_file(content=b"")], **told)) == ["empty"]
    assert sent(path, by=officer, documents=[a_file("one.pdf"), a_file("two.pdf")], **told).status_code == 200

    reply = check.replies.standing().get()
    assert Document.objects.filter(about=reply.reference).count() == 2


def test_an_override_is_proposed_with_what_shows_it() -> None:
    check = a_check_put()
    answered(check)
    told = {"result": "nil", "because": "The debt was paid in May."}
    path = f"checks/{check.reference}/override-with-documents"

    assert sent(path, by=person("manager"), documents=[a_file()], **told).status_code in {403, 404}
    answer = sent(path, by=person("case_officer"), documents=[a_file()], **told)

    assert answer.status_code == 200, answer.content
    assert Document.objects.filter(about=ReplyOverride.objects.get().reference).exists()
