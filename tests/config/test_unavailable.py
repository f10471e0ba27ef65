"""While the database does not answer, each page says so in words, and what was typed is there to be sent again."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from tests.people import person, signed_in


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
