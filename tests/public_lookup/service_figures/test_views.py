"""Anyone reads how the service does: page, CSV and the cases, in both languages, before and after it was counted."""

from datetime import timedelta

import pytest
from django.test import Client

from registry.service_figures import actions
from tests import stories
from tests.conftest import NOW, SetClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> None:
    stories.an_application_submitted(legal_name="Waits Long Ltd", at=NOW - timedelta(days=50))
    actions.count_service(by=None, at=NOW)


@pytest.mark.parametrize("language", ["", "/cy"])
def test_the_page_says_that_nothing_was_counted_yet(client: Client, language: str) -> None:
    assert client.get(f"{language}/statistics/service/").status_code == 200
    assert client.get("/statistics/service/cases.csv").status_code == 404
    assert client.get("/statistics/service/service-times.csv").status_code == 404


def test_the_page_shows_each_table_with_its_file(client: Client, counted: None) -> None:
    page = client.get("/statistics/service/").content.decode()

    assert "How long an application takes" in page
    assert "What waits, by age" in page
    assert "Waits Long" not in page
    assert "app-scroll" in page
    for table in ("service-times", "service-backlog", "service-expected", "service-appeals", "service-look-up"):
        assert f"/statistics/service/{table}.csv" in page
        assert client.get(f"/statistics/service/{table}.csv").status_code == 200
    assert client.get("/statistics/service/no-such-table.csv").status_code == 404


def test_a_count_that_is_days_old_says_so(client: Client, counted: None, set_clock: SetClock) -> None:
    set_clock(NOW + timedelta(days=1))
    assert "This count is old" not in client.get("/statistics/service/").content.decode()

    set_clock(NOW + timedelta(days=2))
    assert "This count is old" in client.get("/statistics/service/").content.decode()


def test_the_table_as_a_file_has_codes_and_words_of_both_languages(client: Client, counted: None) -> None:
    lines = client.get("/statistics/service/service-backlog.csv").content.decode().splitlines()

    assert lines[0].startswith("scheme,scheme_en,scheme_cy,age,")
    assert sum(int(line.rsplit(",", 1)[1]) for line in lines[1:] if line.startswith("all,")) == 1


def test_a_case_that_is_alone_is_not_in_the_file(client: Client, counted: None) -> None:
    lines = client.get("/statistics/service/cases.csv").content.decode().splitlines()

    assert len(lines) == 1
    assert lines[0].startswith("ended,scheme,kind,received,outcome,")


def test_the_statistics_lead_to_it(client: Client) -> None:
    assert "/statistics/service/" in client.get("/statistics/").content.decode()
