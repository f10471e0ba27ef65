"""The scanner: a real clamd with a signature of our own; and what becomes of documents while there is none."""

import logging
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from registry import jobs
from registry import uploads as files
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import Refused
from registry.uploads import ScanVerdict, StorageArea
from registry.uploads.scanner import scanned
from tests import stories
from tests.conftest import NOW
from tests.registry.uploads import clamd, pdfs
from tests.registry.uploads.corpus import EICAR, jpeg, zipped

needs_clamd = pytest.mark.skipif(clamd.program() is None, reason="clamd is not installed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with clamd.running() as found:
        yield found


@pytest.fixture
def scanner(address: str, settings: Settings) -> str:
    settings.CLAMD_ADDRESS = address
    return address


def held(content: bytes | None = None) -> Document:
    """A document that came while nobody scanned."""
    firm = stories.a_provider()
    upload = files.document("a.pdf", content or pdfs.a_pdf())
    return documents.receive(firm, upload=upload, about="A-0000-0000", by=stories.holder_of(firm), at=NOW)


@needs_clamd
@pytest.mark.once
@pytest.mark.parametrize("content", [EICAR, zipped()], ids=["plain", "zip"])
def test_the_scanner_finds_what_it_knows(scanner: str, content: bytes) -> None:
    assert scanned(content) == ScanVerdict.INFECTED


@needs_clamd
@pytest.mark.once
def test_the_scanner_passes_what_is_clean(scanner: str) -> None:
    assert scanned(jpeg()) == ScanVerdict.CLEAN
    assert files.document("photo.jpg", jpeg()).verdict == ScanVerdict.CLEAN


@needs_clamd
@pytest.mark.once
def test_a_file_with_a_virus_is_refused_with_the_standard_sentence(scanner: str) -> None:
    """A file attached to a PDF is unpacked for the scanner, which overlooks it by itself."""
    with pytest.raises(Refused) as refused:
        files.document("letter.pdf", pdfs.with_attachment(EICAR))

    assert [str(reason) for reason in refused.value.reasons] == ["The selected file contains a virus."]


@needs_clamd
@pytest.mark.once
def test_what_is_too_much_for_the_scanner_is_not_clean(scanner: str) -> None:
    assert scanned(bytes(13 * 1024 * 1024)) == ScanVerdict.UNKNOWN


def test_without_a_scanner_nothing_is_clean(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = ""
    assert scanned(b"anything") == ScanVerdict.UNKNOWN
    settings.CLAMD_ADDRESS = "/nowhere/clamd.ctl"
    assert scanned(b"anything") == ScanVerdict.UNKNOWN
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    assert scanned(b"anything") == ScanVerdict.UNKNOWN


@pytest.mark.parametrize("answer", [b"stream: Heuristics ERROR\0", b"", b"OK no"])
def test_an_answer_that_is_not_understood_is_not_clean(settings: Settings, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

        def serve() -> None:
            asked, _address = server.accept()
            with asked:
                asked.recv(65536)
                asked.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()

        assert scanned(b"anything") == ScanVerdict.UNKNOWN
        thread.join()


# --- down, and back


@pytest.mark.django_db
def test_while_the_scanner_is_down_a_document_is_held_and_nobody_can_open_it() -> None:
    document = held()

    assert document.status == "received"
    assert not Document.objects.served().exists()
    assert files.read(StorageArea.HELD, document.stored_as)
    assert jobs.check_documents(at=NOW) == 0


@needs_clamd
@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_when_the_scanner_is_back_what_was_held_is_released(address: str, settings: Settings) -> None:
    document = held()
    settings.CLAMD_ADDRESS = address

    assert jobs.check_documents(at=NOW) == 1

    document.refresh_from_db()
    assert (document.status, document.scan) == ("clean", "clean")
    assert files.digest_of(StorageArea.KEPT, document.stored_as) == document.digest
    assert files.digest_of(StorageArea.HELD, document.stored_as) == ""  # the original is not kept any longer


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_keeps_no_other_waiting(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    lost, other = held(), held()
    files.discard(StorageArea.HELD, lost.stored_as)
    settings.CLAMD_ADDRESS = "none"

    assert jobs.check_documents(at=NOW) == 1

    other.refresh_from_db()
    assert other.status == "clean"
    assert f"Document {lost.reference} is held and cannot be examined" in caplog.text


@needs_clamd
@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_what_was_held_and_has_a_virus_is_thrown_away(address: str, settings: Settings) -> None:
    document = held(pdfs.with_attachment(EICAR))
    settings.CLAMD_ADDRESS = address

    assert jobs.check_documents(at=NOW) == 1

    document.refresh_from_db()
    assert document.status == "rejected"
    assert (
        files.digest_of(StorageArea.HELD, document.stored_as)
        == files.digest_of(StorageArea.KEPT, document.stored_as)
        == ""
    )


@pytest.mark.django_db
def test_a_document_that_has_waited_for_over_ten_minutes_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    held()

    with caplog.at_level(logging.WARNING):
        assert jobs.warn_of_held(at=NOW + timedelta(minutes=10)) == 0
        assert jobs.warn_of_held(at=NOW + timedelta(minutes=10, seconds=1)) == 1

    assert "waited for over ten minutes to be scanned: 1" in caplog.text
