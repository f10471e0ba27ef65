"""A page does not say that it is done while a file is being checked: it says so, and is sent again with what was typed."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from compliance import vault
from compliance.reports.models.reports import Report, ReportPhoto
from public_lookup.bulk_checks.models import CheckList
from registry.checking import forms, waiting
from registry.web import limits
from tests.compliance.reports.test_views_intake import TOLD, WORDS
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.registry.checking.test_waiting import settled
from tests.registry.table_reader.workbooks import workbook
from tests.registry.uploads.test_files import picture, written

pytestmark = pytest.mark.django_db

STILL = "We are still checking this file. Nothing has been sent yet."


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    limits.counts.clear()
    monkeypatch.setattr(waiting, "_places", lambda: tmp_path / "places")
    yield
    settled()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which a request does not see a file checked."""
    monkeypatch.setattr(waiting, "WAITED", 0.001)


@pytest.fixture
def full() -> Iterator[None]:
    """A machine on which as many files are being checked as may be."""
    with ExitStack() as taken:
        for _place in range(waiting.AT_ONCE):
            taken.enter_context(waiting._slot())
        yield


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def key_in(answer: Any, name: str) -> str:
    keys = re.findall(rf'<input type="hidden" name="{name}{forms.BESIDE}" value="([^"]+)">', answer.content.decode())
    return str(keys[0]) if len(set(keys)) == 1 else ""


def photo(name: str = "p.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, written(picture()))


def report(**typed: object) -> Any:
    return Client().post("/report/", {**TOLD, "step": "send", **typed})


def test_a_list_that_is_still_being_checked_is_come_back_to(client: Client, slow: None) -> None:
    going_on = client.post("/check/many/", {"text": "", "file": SimpleUploadedFile("l", workbook([["Harvest Hands"]]))})
    key = key_in(going_on, "file")

    assert going_on.status_code == 422
    assert STILL in text_of(going_on)
    assert not CheckList.objects.exists()

    settled()
    done = client.post("/check/many/", {"text": "", f"file{forms.BESIDE}": key})

    assert done.status_code == 302
    assert CheckList.objects.get().rows.get().cells == ["Harvest Hands"]


def test_a_list_that_was_checked_and_is_wrong_says_what_is_wrong_with_it(client: Client, slow: None) -> None:
    going_on = client.post("/check/many/", {"text": "", "file": SimpleUploadedFile("list.csv", b"PK\x03\x04 no list")})
    settled()

    done = client.post("/check/many/", {"text": "", f"file{forms.BESIDE}": key_in(going_on, "file")})

    assert done.status_code == 422
    assert "We could not read the file." in text_of(done)


def test_a_file_that_is_chosen_anew_goes_before_the_one_that_is_being_checked(client: Client, slow: None) -> None:
    first = client.post("/check/many/", {"text": "", "file": SimpleUploadedFile("l", workbook([["Harvest Hands"]]))})
    other = SimpleUploadedFile("l", workbook([["Best Hands"]]))
    second = client.post("/check/many/", {"text": "", f"file{forms.BESIDE}": key_in(first, "file"), "file": other})
    settled()

    assert key_in(second, "file") not in {"", key_in(first, "file")}
    client.post("/check/many/", {"text": "", f"file{forms.BESIDE}": key_in(second, "file")})
    assert CheckList.objects.get().rows.get().cells == ["Best Hands"]


def test_a_file_that_was_lost_is_asked_for_again(client: Client) -> None:
    lost = client.post("/check/many/", {"text": "", f"file{forms.BESIDE}": "1-" + "a" * 22})

    assert lost.status_code == 422
    assert "We could not check this file. Choose it again." in text_of(lost)
    assert not key_in(lost, "file")


def test_photographs_of_a_report_that_are_still_being_checked_are_come_back_to(slow: None) -> None:
    ticket = vault.new_ticket(at=NOW)
    going_on = report(ticket=ticket, photos=[photo(), photo()])
    key = key_in(going_on, "photos")

    assert STILL in text_of(going_on)
    assert TOLD["about_name"] in going_on.content.decode()
    assert not Report.objects.exists()

    settled()
    report(ticket=ticket, **{f"photos{forms.BESIDE}": key})

    assert Report.objects.count() == 1
    assert ReportPhoto.objects.count() == 2


def test_photographs_that_are_being_checked_stay_while_another_page_is_changed(slow: None) -> None:
    key = key_in(report(ticket=vault.new_ticket(at=NOW), photos=[photo()]), "photos")
    settled()

    changed = report(**{"to": "who", f"photos{forms.BESIDE}": key})
    back = report(**{"step": "details", "contact": "mailbox", f"photos{forms.BESIDE}": key_in(changed, "photos")})
    back = report(**{"to": "send", f"photos{forms.BESIDE}": key_in(changed, "photos")})

    assert key_in(back, "photos") == key


def test_a_mailbox_waits_for_photographs_too(slow: None) -> None:
    a_report(passphrase=WORDS)
    inside = Client().post("/report/mailbox/", {"passphrase": WORDS})
    key = re.findall(r'name="key" value="([^"]+)"', inside.content.decode())[0]

    going_on = Client().post("/report/mailbox/", {"key": key, "send": "", "text": "More", "photos": [photo()]})
    settled()
    kept = {f"photos{forms.BESIDE}": key_in(going_on, "photos")}
    Client().post("/report/mailbox/", {"key": key, "send": "", "text": "More", **kept})

    assert STILL in text_of(going_on)
    assert ReportPhoto.objects.count() == 1


def test_a_machine_that_is_full_says_so_and_keeps_what_was_typed(client: Client, full: None) -> None:
    report_page = report(ticket=vault.new_ticket(at=NOW), photos=[photo()])
    list_page = client.post(
        "/check/many/", {"text": "", "file": SimpleUploadedFile("l", workbook([["Harvest Hands"]]))}
    )

    assert (report_page.status_code, list_page.status_code) == (503, 503)
    assert "Send it again" in text_of(report_page)
    assert TOLD["text"] in unescape(report_page.content.decode())
    assert "We are checking many files at this moment." in text_of(list_page)
    assert not Report.objects.exists()
    assert threading.active_count() < 20
