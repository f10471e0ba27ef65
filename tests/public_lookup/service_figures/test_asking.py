"""The worker asks the look-up as anyone would, every five minutes, and the totals of a day are what the page shows."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse
from pytest_django import Settings

from public_lookup.service_figures import jobs, rules
from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.queries import question, tables
from registry.editions.queries.published import cells_of
from registry.editions.tables import Mark
from tests.conftest import NOW
from tests.registry.stories import a_licence

pytestmark = pytest.mark.django_db


class Site:
    """A site that answers with whatever it is told to."""

    def __init__(self) -> None:
        self.says, self.code = "", 200
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["Cookie"] or ""))
                self.send_response(site.code)
                self.end_headers()
                self.wfile.write(site.says.encode())

            def log_message(self, *told: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    site = Site()
    settings.SITE_ADDRESS = f"http://127.0.0.1:{site.server.server_port}"
    yield site
    site.server.shutdown()
    site.server.server_close()


def the_day() -> LookUpDay:
    return LookUpDay.objects.get()


def test_a_licence_is_asked_for_and_only_its_own_page_is_an_answer(site: Site) -> None:
    licence = a_licence()
    site.says = f"<p>{licence.number}</p>"

    assert jobs.ask_look_up(at=NOW) == 1
    site.says = "<p>another page</p>"
    assert jobs.ask_look_up(at=NOW + timedelta(minutes=5)) == 1

    assert site.asked == [(reverse("entry", args=[licence.number]), "")] * 2
    assert (the_day().asked, the_day().answered) == (2, 1)
    assert sum(the_day().times.values()) == 1


@pytest.mark.parametrize("code", [404, 500, 503])
def test_a_page_of_a_fault_is_no_answer(site: Site, code: int) -> None:
    site.code, site.says = code, a_licence().number

    jobs.ask_look_up(at=NOW)

    assert (the_day().asked, the_day().answered) == (1, 0)


def test_where_no_one_answers_the_question_counts_as_unanswered(settings: Settings) -> None:
    settings.SITE_ADDRESS = "http://127.0.0.1:9"

    jobs.ask_look_up(at=NOW)

    assert (the_day().asked, the_day().answered) == (1, 0)


def test_it_is_asked_every_five_minutes_also_after_the_clock_was_set_back(site: Site) -> None:
    for minutes, asked in ((0, 1), (4, 0), (5, 1), (6, 0), (-60, 1)):
        assert jobs.ask_look_up(at=NOW + timedelta(minutes=minutes)) == asked, minutes


def test_where_there_is_no_licence_the_start_page_must_answer() -> None:
    assert question(NOW) == (reverse("start"), "")


def test_the_table_has_the_days_that_are_over_with_what_was_not_asked(site: Site) -> None:
    LookUpDay.objects.create(
        day=NOW.date() - timedelta(days=1),
        asked_at=NOW,
        asked=280,
        answered=279,
        times={"50": 200, "200": 70, "1000": 9},
    )
    LookUpDay.objects.create(day=NOW.date() - timedelta(days=2), asked_at=NOW, asked=1, answered=0)
    LookUpDay.objects.create(day=NOW.date(), asked_at=NOW, asked=7, answered=7, times={"50": 7})

    (table,) = tables(NOW.date())
    cells = cells_of(table)

    assert cells["2026-11-01",] == {
        "asked": 280,
        "not_asked": 8,
        "answered": 279,
        "share": 99.6,
        "half": 50,
        "most": 200,
    }
    assert cells["2026-10-31",]["share"] == 0
    assert cells["2026-10-31",]["half"] == Mark.UNKNOWN
    assert len(cells) == 2


def test_what_took_longer_than_all_bounds_counts_with_the_last() -> None:
    assert [rules.bound_of(took) for took in (0.1, 10, 10.1, 99_999)] == [10, 10, 25, 10_000]


def test_a_day_on_which_the_worker_did_not_run_is_not_left_out() -> None:
    """Left out, the worst day would look like no day at all."""
    LookUpDay.objects.create(day=date(2026, 10, 24), asked_at=NOW, asked=288, answered=288, times={"50": 288})

    (table,) = tables(date(2026, 10, 27))
    cells = cells_of(table)

    assert [*cells] == [("2026-10-26",), ("2026-10-25",), ("2026-10-24",)]
    assert (cells["2026-10-26",]["asked"], cells["2026-10-26",]["not_asked"]) == (0, 288)
    assert cells["2026-10-26",]["share"] == Mark.UNKNOWN
    assert cells["2026-10-25",]["not_asked"] == 300  # the clock is put back


def test_a_worker_that_looks_a_little_late_each_time_asks_in_all_five_minutes() -> None:
    """Else it would be said that it did not run, though it did."""
    last, asked = None, 0
    for seconds in range(0, 86_400, 67):
        at = NOW.replace(hour=0) + timedelta(seconds=seconds)
        if rules.is_due(last, at):
            last, asked = at, asked + 1

    assert asked == 288
