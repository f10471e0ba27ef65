"""While the database does not answer, each page says so in words, and what was typed is there to be sent again."""

import errno
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from compliance import vault
from registry.documents.models import Document
from registry.integrity import head_file
from registry.organisations.models import Organisation
from registry.trail.actions import events
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_document
from tests.people import person, signed_in
from tests.registry.uploads.corpus import jpeg

#: Who has opened a mailbox sends this along.
OPENED = vault.seal("mailbox", {"reference": "R-0000-0000"}, at=NOW)


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("gone away, and this is for the log alone")

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "ensure_connection", away)


def client() -> Client:
    return Client(raise_request_exception=False)


def kept(page: str) -> list[tuple[str, str]]:
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(unescape(name), unescape(value)) for name, value in fields]


@pytest.mark.usefixtures("down")
@pytest.mark.parametrize("address", ["/account/login/", "/staff/", "/apply/", "/cy/apply/", "/licences/", "/duties/"])
def test_a_page_that_needs_the_database_is_a_503_in_words(address: str) -> None:
    asker = client()
    asker.cookies["session"] = "x" * 32

    answer = asker.get(address)
    page = answer.content.decode()

    assert answer.status_code == 503
    assert "We cannot show this page now" in page or address.startswith("/cy/")
    assert "gone away" not in page
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")


@pytest.mark.django_db
def test_what_was_typed_is_on_the_page_and_is_taken_when_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = signed_in(person("applicant"))
    sender.raise_request_exception = False
    typed = [("words", 'A "reason" <b>of mine</b>\nover two lines'), ("kinds", "one"), ("kinds", "two")]
    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", _away)
        patch.setattr(connection, "cursor", _away)
        answer = sender.post("/apply/start/", urlencode(typed), content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 503
    assert "We cannot save this now" in answer.content.decode() and "Try again" in answer.content.decode()
    assert kept(answer.content.decode()) == typed
    assert "<b>" not in answer.content.decode()
    again = sender.post(
        "/apply/", urlencode(kept(answer.content.decode())), content_type="application/x-www-form-urlencoded"
    )
    assert again.status_code < 500


def _away(*_: object, **__: object) -> None:
    raise OperationalError("gone away")


@pytest.mark.usefixtures("down")
def test_a_password_is_never_written_into_a_page_and_files_are_said_to_be_lost() -> None:
    asker = client()
    asker.cookies["session"] = "x" * 32
    password = asker.post("/account/login/", {"login": "mair@provider.test", "password": "of Mair alone"})
    files = asker.post("/apply/start/", {"words": "mine", "file": SimpleUploadedFile("a.pdf", b"%PDF")})

    assert password.status_code == 503 and "of Mair alone" not in password.content.decode()
    assert "Files are not kept" in files.content.decode() and kept(files.content.decode()) == [("words", "mine")]


@pytest.mark.usefixtures("down")
@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/follow/", {"number": "HARV0001", "email": "someone@people.example"}),
        ("/report/mailbox/", {"key": OPENED, "text": "I wrote for an hour.", "send": "on"}),
    ],
)
def test_what_the_public_typed_is_kept_too(address: str, typed: dict[str, str]) -> None:
    answer = client().post(address, typed)

    assert answer.status_code == 503
    assert dict(kept(answer.content.decode())) == typed


@pytest.mark.usefixtures("down")
def test_the_words_of_a_mailbox_are_never_written_into_a_page() -> None:
    answer = client().post("/report/mailbox/", {"passphrase": "acid acorn acre acts afar affix"})

    assert answer.status_code == 503 and "acorn" not in answer.content.decode()


@pytest.mark.django_db
def test_without_the_storage_of_documents_nothing_is_half_saved_and_pages_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = a_document(stories.an_application())
    applicant = signed_in(stories.holder_of(document.organisation or Organisation()))
    applicant.raise_request_exception = False
    before = Document.objects.count(), Event.objects.count()
    for name in ("_open", "_save"):
        monkeypatch.setattr(type(storages["documents"]), name, _silent)

    opened = applicant.get(reverse("own_document", args=[document.about, document.reference]))
    page = reverse("document_page", args=[document.about, document.requirement])
    sent = applicant.post(page, {"csrfmiddlewaretoken": "x", "documents": SimpleUploadedFile("photo.jpg", jpeg())})

    assert (opened.status_code, sent.status_code) == (503, 503)
    assert "We cannot show this page now" in opened.content.decode()
    said = sent.content.decode()
    assert "We cannot save this now" in said and "storage" in said and "Nothing has been saved." in said
    assert "Files are not kept. Choose them again afterwards." in said
    # Nothing was typed: what is sent again without its file would be refused.
    assert "Wait a minute, then go back and try again." in said and "<form" not in said
    assert (Document.objects.count(), Event.objects.count()) == before


def _silent(*_: object, **__: object) -> None:
    raise OSError("The object store cannot be asked.")


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_is_said_to_be_saved_even_if_the_disk_is_full_a_moment_later(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    """The head of the trail is written outside the database once the transaction has committed."""
    document = a_document(stories.an_application())
    settings.TRAIL_HEAD_FILE = str(tmp_path / "trail-head.json")
    monkeypatch.setattr(head_file, "keep", _silent)
    remove = reverse("remove_document", args=[document.about, document.reference])

    answer = signed_in(stories.holder_of(document.organisation or Organisation())).post(remove)

    assert answer.status_code == 302
    assert Document.objects.get(pk=document.pk).status == "removed"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_is_said_to_be_full_and_another_fault_is_a_fault(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "of a disk")

    document = a_document(stories.an_application())
    applicant = signed_in(stories.holder_of(document.organisation or Organisation()))
    applicant.raise_request_exception = False
    monkeypatch.setattr(events, "move", fails)

    answer = applicant.post(reverse("remove_document", args=[document.about, document.reference]))

    assert answer.status_code == (503 if number == errno.ENOSPC else 500)
    assert Document.objects.get(pk=document.pk).status == "clean"
