from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.queries import helpers
from registry import schemes
from tests.conftest import LONDON, NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", ["/report/", "/cy/report/"])
def test_anybody_finds_out_how_to_report(address: str) -> None:
    response = Client().get(address)

    page = text_of(response)
    assert response.status_code == 200
    assert "govuk-exit-this-page" in page
    for line in helpers(NOW.date()):
        assert line.telephone in page


def test_whom_to_ring_in_danger_comes_first() -> None:
    first = helpers(NOW.date())[0]

    page = text_of(Client().get("/report/"))

    assert first.telephone == "999"
    assert page.index('href="tel:999"') == page.index('href="tel:')


def test_the_numbers_are_those_in_force_today(set_clock: SetClock) -> None:
    today = text_of(Client().get("/report/"))
    set_clock(datetime(2026, 4, 6, 12, tzinfo=LONDON))
    before = text_of(Client().get("/report/"))

    assert "Fair Work Agency" in today
    assert "Fair Work Agency" not in before


def test_no_cookie_is_set_and_nothing_depends_on_one() -> None:
    response = Client().get("/report/")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_nobody_is_looked_up(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    browser = signed_in(person("case_officer"))

    with django_assert_num_queries(0):
        browser.get("/report/")


def test_nothing_is_fetched_from_elsewhere_and_links_out_tell_nothing() -> None:
    page = text_of(Client().get("/report/"))

    for link in page.split("<a ")[1:]:
        attributes = link[: link.index(">")]
        if 'href="http' in attributes:
            assert "noreferrer" in attributes, attributes
    assert 'src="http' not in page


def test_it_says_that_one_cannot_report_on_the_page_itself_yet() -> None:
    page = text_of(Client().get("/report/"))

    assert "You cannot report on this page yet." in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_posting_is_not_taken() -> None:
    assert Client().post("/report/", {"text": "They keep our passports."}).status_code == 405


def test_it_answers_when_no_scheme_is_in_force(set_clock: SetClock) -> None:
    set_clock(datetime(1999, 1, 1, 12, tzinfo=LONDON))

    response = Client().get("/report/")

    assert response.status_code == 200
    assert helpers(NOW.date() - timedelta(days=365 * 40)) == ()


def test_a_help_line_that_two_schemes_share_is_shown_once(tmp_path: Path) -> None:
    lines = helpers(NOW.date())

    assert len(lines) == len({(line.name, line.telephone, line.when) for line in lines})
    assert schemes.names()
