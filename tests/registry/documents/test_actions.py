"""Documents are kept, served when clean, taken back; what they are never changes."""

import os
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import Settings

from registry import uploads as files
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import Refused
from registry.organisations.models import Organisation
from registry.trail.models.events import Event
from registry.uploads import ScanVerdict, StorageArea, Upload
from tests import stories
from tests.conftest import NOW
from tests.people import person
from tests.registry.uploads.corpus import jpeg

pytestmark = pytest.mark.django_db

CASE = "A-0000-0000"


def an_upload(verdict: ScanVerdict = ScanVerdict.CLEAN, name: str = "photo.jpg") -> Upload:
    content = jpeg()
    taken = files.document(name, content)
    return Upload(
        taken.name, taken.media_type, taken.content, taken.digest, taken.original, taken.original_digest, verdict
    )


def received(organisation: Organisation, *, verdict: ScanVerdict = ScanVerdict.CLEAN, about: str = CASE) -> Document:
    by = stories.holder_of(organisation)
    return documents.receive(organisation, upload=an_upload(verdict), about=about, requirement="housing", by=by, at=NOW)


def on_disk(name: str) -> Path:
    return Path(installed.DOCUMENTS_DIR) / StorageArea.KEPT / name[:2] / name


def refusals(organisation: Organisation) -> list[str]:
    with pytest.raises(Refused) as refused:
        received(organisation)
    return [reason.code for reason in refused.value.reasons]


def test_what_the_scanner_has_passed_is_released_at_once() -> None:
    document = received(stories.a_provider())

    assert (document.status, document.scan, document.checked_at) == ("clean", "clean", NOW)
    assert files.digest_of(StorageArea.KEPT, document.stored_as) == document.digest
    assert files.digest_of(StorageArea.HELD, document.stored_as) == ""


def test_what_nobody_has_scanned_is_held_as_it_was_uploaded() -> None:
    document = received(stories.a_provider(), verdict=ScanVerdict.UNKNOWN)

    assert document.status == "received"
    assert files.digest_of(StorageArea.HELD, document.stored_as) == document.original_digest


def test_the_trail_keeps_both_digests_and_not_the_name() -> None:
    document = received(stories.a_provider())

    event = Event.objects.get(reference=document.reference, verb="receive")
    assert event.facts["digest"] == document.digest
    assert event.facts["original_digest"] == document.original_digest
    assert "photo" not in str(event.facts)


def test_only_the_demonstration_lets_through_what_was_not_scanned(settings: Settings) -> None:
    firm = stories.a_provider()
    with pytest.raises(Refused):
        received(firm, verdict=ScanVerdict.NOT_SCANNED)

    settings.CLAMD_ADDRESS = "none"

    assert received(firm, verdict=ScanVerdict.NOT_SCANNED).is_unscanned


@pytest.mark.parametrize("verdict", [ScanVerdict.UNKNOWN, ScanVerdict.INFECTED])
def test_releasing_refuses_what_is_not_clean(verdict: ScanVerdict) -> None:
    document = received(stories.a_provider(), verdict=ScanVerdict.UNKNOWN)

    with pytest.raises(Refused):
        documents.release(document, verdict=verdict, by=None, at=NOW)


def test_receiving_refuses_whoever_does_not_act_for_the_organisation() -> None:
    firm = stories.a_provider()

    with pytest.raises(Organisation.DoesNotExist):
        documents.receive(firm, upload=an_upload(), about=CASE, by=person("applicant"), at=NOW)
    with pytest.raises(PermissionDenied):
        documents.receive(firm, upload=an_upload(), about=CASE, by=person("case_officer"), at=NOW)


def test_a_case_takes_no_more_documents_than_the_settings_say(settings: Settings) -> None:
    settings.DOCUMENTS_A_CASE = 1
    firm = stories.a_provider()
    received(firm)

    assert refusals(firm) == ["too_many_documents"]
    assert received(firm, about="A-1111-1111")  # of another case


def test_an_organisation_keeps_no_more_bytes_than_the_settings_say(settings: Settings) -> None:
    settings.DOCUMENT_MEGABYTES = 0

    assert refusals(stories.a_provider()) == ["quota"]


def test_when_the_disk_is_nearly_full_nothing_more_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = namedtuple("disk", "total used free")
    firm = stories.a_provider()
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: disk(100, 91, 9))
    assert refusals(firm) == ["disk_full"]
    assert not Document.objects.exists()

    monkeypatch.setattr("shutil.disk_usage", lambda _folder: disk(100, 90, 10))

    assert received(firm)


@pytest.mark.django_db(transaction=True)
def test_what_is_removed_is_gone_from_the_disk_and_stays_in_the_trail() -> None:
    firm = stories.a_provider()
    document = received(firm)

    documents.remove(document, by=stories.holder_of(firm), at=NOW)

    document.refresh_from_db()
    assert document.status == "removed"
    assert files.digest_of(StorageArea.KEPT, document.stored_as) == ""
    assert list(
        Event.objects.filter(reference=document.reference).values_list("verb", flat=True).order_by("number")
    ) == [
        "receive",
        "release",
        "remove",
    ]


def test_removing_refuses_whoever_does_not_act_for_the_organisation() -> None:
    document = received(stories.a_provider())

    with pytest.raises(Document.DoesNotExist):
        documents.remove(document, by=person("applicant"), at=NOW)


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"original_digest": "0" * 64}, {"about": "A-9999-9999"}])
def test_what_a_document_is_never_changes(change: dict[str, str]) -> None:
    document = received(stories.a_provider())

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_the_database_knows_no_clean_document_that_nobody_checked() -> None:
    document = received(stories.a_provider(), verdict=ScanVerdict.UNKNOWN)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(status="clean")


# --- by night


def test_a_changed_byte_is_named_in_the_night(capsys: pytest.CaptureFixture[str]) -> None:
    document, whole = received(stories.a_provider()), received(stories.a_provider("Another Ltd"))
    path = on_disk(document.stored_as)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("verify_documents")

    said = capsys.readouterr().err
    assert f"Document {document.reference}: its bytes have changed." in said
    assert whole.reference not in said


def test_a_missing_file_is_named_in_the_night(capsys: pytest.CaptureFixture[str]) -> None:
    document = received(stories.a_provider(), verdict=ScanVerdict.UNKNOWN)
    files.discard(StorageArea.HELD, document.stored_as)

    with pytest.raises(CommandError):
        call_command("verify_documents")

    assert f"Document {document.reference}: its file is missing." in capsys.readouterr().err


def test_what_no_document_knows_is_cleared_away_after_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    known = received(stories.a_provider())
    for name, days in (("ab" * 16, 2), ("cd" * 16, 0)):
        files.keep(StorageArea.KEPT, name, b"of a transaction that came to nothing, or is not over yet")
        then = (NOW - timedelta(days=days)).timestamp()
        os.utime(on_disk(name), (then, then))

    call_command("verify_documents")

    assert files.digest_of(StorageArea.KEPT, "cd" * 16)
    assert f"kept/{'ab' * 16}" in capsys.readouterr().out
    assert files.digest_of(StorageArea.KEPT, "ab" * 16) == ""
    assert files.digest_of(StorageArea.KEPT, known.stored_as) == known.digest
