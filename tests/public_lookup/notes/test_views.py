"""The page of a neutral name: nothing on it or beside it says what it is for, and what it keeps is all there."""

import gzip
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from compliance.reports.forms import intake as intake_forms

pytestmark = pytest.mark.django_db

TELLING = re.compile(r"labour|licen|report|regist|work|gang", re.IGNORECASE)


def facts(page: str) -> Any:
    return json.loads(page.partition('<script id="notes-facts" type="application/json">')[2].partition("</script>")[0])


@pytest.mark.parametrize("language", ["", "/cy", "/uz"])
def test_name_picture_and_title_say_nothing(client: Client, language: str) -> None:
    for address in ("notes/", "notes/draft/"):
        page = client.get(f"{language}/{address}").content.decode()
        head, _end, body = page.partition("</head>")
        assert not TELLING.search(head.partition("<title>")[2].partition("</title>")[0])
        assert set(re.findall(r'rel="(?:icon|apple-touch-icon)" href="([^"]+)"', head)) == {
            "/static/notes/icon.svg",
            "/static/notes/icon-192.png",
        }
        assert settings.SERVICE_NAME not in page and settings.ORGANISATION_NAME not in body
    said = client.get(f"{language}/notes/app.webmanifest").json()
    assert not TELLING.search(said["name"] + said["short_name"]) and said["start_url"] == f"{language}/notes/"


def test_an_installation_gives_it_another_name(client: Client, settings: Settings) -> None:
    settings.NEUTRAL_NAME = "Shopping"

    assert "<title>Shopping</title>" in client.get("/notes/").content.decode()
    assert client.get("/notes/app.webmanifest").json()["name"] == "Shopping"


def test_everything_that_is_kept_is_there_small_and_sets_no_cookie(client: Client) -> None:
    said = facts(client.get("/uz/notes/").content.decode())

    assert set(said["nations"]) == {"england", "wales", "scotland", "northern_ireland"}
    pages = [*said["pages"], *said["nations"]["wales"]]
    assert "/uz/notes/draft/" in pages and "/uz/help/pay/wales/" in pages and "/uz/help/pay/calculator/" in pages
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200 and not answer.cookies, address
        assert len(gzip.compress(answer.content)) < 20_000, address


def test_the_worker_may_serve_the_whole_site_and_leaves_what_is_not_kept(client: Client) -> None:
    said = facts(client.get("/pl/notes/").content.decode())
    answer = client.get(said["worker"])

    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "serves=%2Fpl%2Fhelp%2F" in said["worker"] and "codes=%2Fc%2F" in said["worker"]


def test_a_draft_asks_what_a_report_asks_and_opens_its_last_page(client: Client) -> None:
    page = client.get("/notes/draft/").content.decode()

    asked = {name for step in intake_forms.STEPS[:-1] for name in step.base_fields}
    assert asked <= set(re.findall(r'name="(\w+)"', page))
    typed = {"to": "send", "danger": "no", "text": "They keep our passports.", "contact": "none"}
    last = client.post("/report/", typed).content.decode()
    assert "Check and send" in last and "They keep our passports." in last and 'name="ticket"' in last
