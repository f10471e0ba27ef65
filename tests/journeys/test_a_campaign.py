"""A campaign is planned by one and approved by another; a worker comes by its short address; only the total of the week appears."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from registry import jobs
from registry.campaigns import rules
from registry.campaigns.models import Campaign
from registry.web.tallies import tallies
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import faults
from tests.people import person
from tests.public_lookup.stories import a_holder
from tests.registry.campaigns.world import EXPECTED, STARTS

pytestmark = pytest.mark.browser
NAME = "Zyxomma Hands Ltd"


def test_a_worker_comes_by_the_short_address_and_only_a_total_appears(
    sit_down: SitDown, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies.clear()
    monkeypatch.setattr(rules, "noise", lambda: 0)
    number = a_holder(NAME).number
    first, second = person("manager"), person("manager", name="Second Manager")
    planner, approver = sit_down(first), sit_down(second)

    planner.open("staff_home")
    planner.follow("Campaigns")
    planner.page.get_by_role("button", name="Plan a campaign").click()
    planner.choose("scheme", "gla-food")
    for field, typed in (("title", "Cards in packing houses"), ("word", "Harvest"), ("cost", "1200")):
        planner.fill(field, typed)
    planner.choose("language", "pl")
    planner.page.get_by_label("Cards", exact=True).check()
    planner.fill("starts_on", STARTS)
    planner.fill("until", STARTS + timedelta(days=6))
    planner.fill("hypothesis", EXPECTED)
    assert list(faults(planner.page, "en-gb")) == []
    planner.press("Send for approval")
    planner.must_say("Waiting for approval", "/c/harvest/")

    approver.open("campaigns")
    approver.follow("Cards in packing houses")
    approver.press("Approve")
    approver.press("Approve")
    approver.must_say("Cannot tell yet: no week of this campaign is over.")
    assert list(faults(approver.page, "en-gb")) == []

    set_clock(NOW + timedelta(days=8))
    worker = sit_down()
    worker.go("/c/harvest/")
    expect(worker.page.locator("input[name=campaign]").first).to_have_value("harvest")
    assert "/pl/" in worker.page.url
    worker.page.locator("input[name=q]").first.fill("zyxomma hands")
    worker.page.keyboard.press("Enter")
    worker.page.get_by_role("link", name=NAME).first.click()
    expect(worker.page.get_by_role("heading", level=1).first).to_contain_text(NAME)
    assert number in worker.text
    assert worker.context.cookies() == []

    for days in (9, 16):
        set_clock(NOW + timedelta(days=days))
        for _round in range(2):
            jobs.keep_campaign_totals(at=NOW + timedelta(days=days))
    manager = sit_down(first)
    manager.open("campaign", Campaign.objects.get().reference)
    manager.must_say("Weeks that are over: 1.", "Searches of the register", "Cannot tell yet")
    row = manager.page.get_by_role("row", name="Searches of the register")
    assert row.get_by_role("cell").first.inner_text() == "1"
    assert list(faults(manager.page, "en-gb")) == []
    assert [*planner.complaints, *approver.complaints, *worker.complaints, *manager.complaints] == []
