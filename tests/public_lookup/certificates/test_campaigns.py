"""Who comes by a campaign leads to the look-up in its language, and leaves the total of a week: no one can join more than that."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from compliance import vault
from compliance.reports.models.reports import Report
from registry import jobs
from registry.campaigns.models import CampaignWeek
from registry.web.tallies import tallies
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder
from tests.registry.campaigns.world import STARTS, a_campaign, an_approved_campaign

pytestmark = pytest.mark.django_db

DURING = NOW + timedelta(days=8)
DEVICE, ADDRESS, NAME = "Zyxphone/7.1 (worker)", "203.0.113.77", "Zyxomma Hands Ltd"


@pytest.fixture
def worker(set_clock: SetClock) -> Client:
    set_clock(DURING)
    tallies.clear()
    return Client(headers={"user-agent": DEVICE}, REMOTE_ADDR=ADDRESS)


def counts() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for hour in tallies.take(at=DURING + timedelta(hours=1)).values():
        found |= hour
    return found


@pytest.mark.parametrize("typed", ["harvest", "Harvest", "HARVEST"])
def test_a_short_address_leads_to_the_look_up_in_its_language(worker: Client, typed: str) -> None:
    an_approved_campaign()

    answer = worker.get(f"/c/{typed}/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/pl/check/?campaign=harvest")
    assert answer.headers["Cache-Control"] == "no-store" and not answer.cookies
    assert 'name="campaign" value="harvest"' in worker.get(answer.headers["Location"]).content.decode()
    assert counts() == {}


def test_a_word_typed_where_codes_are_checked_leads_there_too(worker: Client) -> None:
    an_approved_campaign()

    assert worker.post("/verify/", {"code": " Harvest "}).headers["Location"] == "/pl/check/?campaign=harvest"


def test_a_word_of_no_campaign_is_a_code_that_is_not_ours(worker: Client) -> None:
    a_campaign()

    assert worker.get("/c/harvest/").status_code == 404
    assert worker.get("/c/radio/").status_code == 404


def test_the_word_goes_along_and_each_step_is_counted_once(worker: Client, set_clock: SetClock) -> None:
    an_approved_campaign()
    number = a_holder(NAME).number

    found = worker.post("/check/", {"q": "zyxomma", "campaign": "harvest"}, follow=True).content.decode()
    assert f'href="/check/{number}/?campaign=harvest"' in found and 'name="campaign" value="harvest"' in found
    entry = worker.get(f"/check/{number}/?campaign=harvest").content.decode()
    assert (
        f"/report/?about={number}&amp;campaign=harvest" in entry
        and f"/follow/?number={number}&amp;campaign=harvest" in entry
    )
    assert (
        'name="campaign" value="harvest"' in worker.get(f"/follow/?number={number}&campaign=harvest").content.decode()
    )
    worker.post("/follow/", {"number": number, "email": "worker@mail.example", "campaign": "harvest"})
    assert 'name="campaign" value="harvest"' in worker.get(f"/report/?about={number}&campaign=harvest").content.decode()
    ticket = vault.new_ticket(at=DURING)
    for minute in range(2):
        set_clock(DURING + timedelta(minutes=minute))
        reported(worker, ticket)

    every = {"look_up": 1, "follow": 1, "report": 1}
    assert counts() == {(word, what): number for word in ("", "harvest") for what, number in every.items()}


def test_without_a_word_only_the_total_of_all_is_counted(worker: Client) -> None:
    worker.post("/check/", {"q": "zyxomma", "campaign": "<script>"}, follow=True)
    worker.get("/check/?q=zyxomma")  # loaded again within a minute
    worker.get("/check/?q=ommazyx")
    worker.get("/check/")

    assert counts() == {("", "look_up"): 2}


def reported(worker: Client, ticket: str) -> None:
    """By the last page of the form: its ticket says that it is one report, however often it is sent."""
    typed = {
        "step": "send",
        "danger": "no",
        "text": "They keep our passports.",
        "kinds": "papers",
        "contact": "none",
        "about_name": NAME,
        "ticket": ticket,
        "campaign": "harvest",
    }
    assert worker.post("/report/", typed).status_code == 200


def test_no_log_and_no_table_joins_a_caller_a_device_or_an_address_with_what_was_asked(
    worker: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The canary: the whole database before and after, and every line that is logged."""
    an_approved_campaign()
    number = a_holder(NAME).number
    before = whole_database()
    caplog.set_level(logging.DEBUG)

    worker.get("/c/harvest/")
    worker.post("/check/", {"q": "zyxomma hands", "campaign": "harvest"}, follow=True)
    worker.get(f"/check/{number}/?campaign=harvest")
    assert whole_database() == before  # a look-up writes nothing at all
    jobs.keep_campaign_totals(at=DURING + timedelta(hours=1))

    after = whole_database()
    assert {table for table in after if after[table] != before[table]} <= {"registry_campaignweek", "sqlite_sequence"}
    rows = CampaignWeek.objects.filter(counted__gt=0).values_list("word", "week", "what", "counted")
    assert sorted(rows) == [("", STARTS, "look_up", 1), ("harvest", STARTS, "look_up", 1)]
    said = caplog.text.lower()
    assert "harvest" not in said and "zyxomma" not in said and DEVICE.lower() not in said and ADDRESS not in said


def test_a_report_does_not_say_by_which_campaign_it_came(worker: Client) -> None:
    an_approved_campaign()
    before = whole_database()

    reported(worker, vault.new_ticket(at=DURING))

    assert Report.objects.count() == 1
    after = whole_database()
    changed = " ".join(row for table in after for row in set(after[table]) - set(before[table]))
    assert "passports" in changed
    assert "harvest" not in changed and DEVICE not in changed and ADDRESS not in changed


def whole_database() -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(str, cursor.fetchall()))
    return found


def test_a_poster_bears_the_word_of_an_approved_campaign(worker: Client) -> None:
    an_approved_campaign()
    a_campaign("planned")

    page = worker.get("/check/poster/?campaign=harvest").content.decode()

    assert "/c/harvest/" in page and 'name="campaign" value="harvest"' in page
    for word in ("planned", "unknown", ""):
        assert "/c/" not in worker.get(f"/check/poster/?campaign={word}").content.decode()
