"""A buyer pastes twenty lines from a spreadsheet, some misspelt, sees who is sure and who is not, and is told when one is suspended."""

import csv
import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect
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
NAMES = [
    "Harvest Hands", "Meadow Crew", "Orchard Staffing", "Fenland Labour", "Brook Gangs", "Hillside Packing", "Valley Pickers",
    "Northern Fields", "Southern Fields", "Coastal Cockles", "Green Lane Workers", "Mill Farm Hands", "Bridge Recruitment",
    "Harbour Processing", "Oak Tree Labour", "River People", "Stone Barn Crew", "Wheatsheaf Work",
]  # fmt: skip


def assert_for_everybody(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def address_in(message: mail.EmailMessage) -> str:
    """The address that the mail asks to be opened, without the host."""
    found = re.search(r"http://[^/\s]+(/\S*follow/\S+)", str(message.body))
    assert found
    return found[1]


@pytest.mark.django_db(transaction=True)
def test_twenty_lines_are_checked_downloaded_and_followed(
    browser: Browser, live_server: LiveServer, set_clock: SetClock
) -> None:
    held = {name: a_holder(f"{name} Ltd") for name in NAMES}
    lines = [
        "Labour provider\tPost code",
        "Harvst Hands\tHR1 1AA",
        "Harvest Hands Ltd\tPE1 1AA",
        "Nobody of That Name\t",
    ]
    lines += [f"{name}\tHR1 1AA" for name in NAMES[1:]]
    assert len(lines) == 21
    # Whoever has scripts switched on meets the same page: Axe needs them, and nothing else does.
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, accept_downloads=True
    )
    page = context.new_page()

    page.goto("/check/")
    leads_on(page.get_by_role("link", name="Check many at once"))
    assert_for_everybody(page)
    leads_on(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("alert")).to_contain_text("Paste a list, or choose a file.")
    assert_for_everybody(page)
    page.get_by_label("Paste names or numbers").fill("\n".join(lines))
    leads_on(page.get_by_role("button", name="Continue"))

    # The columns are guessed; the buyer takes the name away by mistake, and is told.
    expect(page.get_by_label("Column 1")).to_have_value("name")
    expect(page.get_by_label("Column 2")).to_have_value("postcode")
    assert_for_everybody(page)
    page.get_by_label("Column 1").select_option("")
    leads_on(page.get_by_role("button", name="Check the list"))
    expect(page.get_by_role("alert")).to_contain_text("Say which column holds a name")
    page.get_by_label("Column 1").select_option("name")
    leads_on(page.get_by_role("button", name="Check the list"))

    # Seventeen are sure; one has another postcode, one is misspelt, one is nobody.
    expect(page.get_by_role("heading", level=1)).to_have_text("What the register says to your list")
    assert_for_everybody(page)
    near = page.get_by_role("region", name="Harvst Hands")
    expect(near).to_contain_text("Similar, not the same")
    assert near.locator(".govuk-tag").count() == 0
    page.get_by_label("How sure").select_option("unclear")
    leads_on(page.get_by_role("button", name="Show these rows"))
    expect(page.get_by_role("region")).to_contain_text("The postcode that you gave is not the registered one.")

    # It is made sure that the misspelt one is meant, and ticked: the answer stays what it is.
    page.get_by_label("How sure").select_option("similar")
    leads_on(page.get_by_role("button", name="Show these rows"))
    page.get_by_label("I have made sure that I mean Harvest Hands Ltd").check()
    leads_on(page.get_by_role("button", name="Keep the ticks of this page"))
    expect(page.get_by_label("I have made sure that I mean Harvest Hands Ltd")).to_be_checked()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download all answers (CSV)").click()
    with downloaded.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 21
    assert [row[2] for row in rows[1:4]] == ["Similar, not the same", "Not clear which", "Nothing found"]
    assert {row[2] for row in rows[4:]} == {"Exact name"}

    # Followed, once whoever reads the mail has said so.
    leads_on(page.get_by_role("link", name="Be told when something changes of these 18 labour providers"))
    assert_for_everybody(page)
    page.get_by_label("Your email address").fill("buyer@retail.example")
    leads_on(page.get_by_role("button", name="Send me an email to confirm"))
    run_due(NOW)
    page.goto(address_in(mail.outbox[0]))
    leads_on(page.get_by_role("button", name="Yes, tell me of changes"))

    # The misspelt one is suspended in the morning: one mail, which says so.
    set_clock(LATER)
    licences.suspend(
        held["Harvest Hands"],
        starts=LATER.date(),
        until=LATER.date() + timedelta(days=30),
        because="Findings of an inspection.",
        by=a_decider(),
        at=LATER,
    )
    run_due(LATER)
    run_due(LATER)
    _asked, told = mail.outbox
    assert "Harvest Hands Ltd" in str(told.body)
    assert "Suspended from 3 November 2026 until 3 December 2026." in str(told.body)
    assert "Meadow" not in str(told.body)
    assert context.cookies() == []
    context.close()
