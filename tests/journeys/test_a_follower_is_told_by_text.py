"""A worker follows a firm by text message, without script: asked, confirmed by the code, told of a suspension, and stopped."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.management.commands.run_due import run_due
from registry.licences.actions import licences
from tests.conftest import NOW, SetClock
from tests.journeys.desk import leads_on
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LATER = NOW + timedelta(days=1)


def assert_for_everybody(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def newest(folder: Path) -> str:
    run_due(NOW)
    files = sorted(folder.glob("*.json"), key=lambda file: int(file.stem.removeprefix("T-")))
    return str(json.loads(files[-1].read_text())["words"])


@pytest.mark.django_db(transaction=True)
def test_a_follower_is_told_by_text_and_stops_it(
    browser: Browser, live_server: LiveServer, set_clock: SetClock, settings: Settings, tmp_path: Path
) -> None:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path
    licence = a_holder("Harvest Hands Ltd")
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()

    page.goto(f"/follow/?number={licence.number}")
    assert_for_everybody(page)
    page.get_by_label("Or your mobile telephone number").fill("nonsense")
    leads_on(page.get_by_role("button", name="Continue"))
    expect(page.get_by_label("Or your mobile telephone number")).to_have_value("nonsense")
    page.get_by_label("Or your mobile telephone number").fill("07700 900 123")
    leads_on(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    assert_for_everybody(page)
    page.get_by_label("Code from the text message").fill(newest(tmp_path)[:6])
    leads_on(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("heading", name="Harvest Hands Ltd")).to_be_visible()
    assert_for_everybody(page)

    set_clock(LATER)
    licences.suspend(
        licence,
        starts=LATER.date(),
        until=LATER.date() + timedelta(days=30),
        because="Findings of an inspection.",
        by=a_decider(),
        at=LATER,
    )
    run_due(LATER)  # writes the text message, which the next round sends
    run_due(LATER)
    assert newest(tmp_path) == f"Harvest Hands Ltd ({licence.number}): Not licensed"

    page.goto("/follow/")
    leads_on(page.get_by_role("link", name="See or stop text messages to your number"))
    assert_for_everybody(page)
    page.get_by_label("Your mobile telephone number").fill("+44 7700 900123")
    leads_on(page.get_by_role("button", name="Send me a code"))
    run_due(LATER)
    page.get_by_label("Code from the text message").fill(newest(tmp_path)[:6])
    leads_on(page.get_by_role("button", name="Continue"))
    leads_on(page.get_by_role("button", name="Stop these text messages"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not told any more")
    assert context.cookies() == []
    context.close()
