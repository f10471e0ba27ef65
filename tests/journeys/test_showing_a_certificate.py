"""A certificate from hand to hand: typed by its code, shown live on a screen, copied, and held out by somebody else."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from registry.licences.models import Licence
from registry.organisations import actions as people
from registry.register.actions import listings
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.licensing.stories import a_licence
from tests.stories import holder_of

pytestmark = pytest.mark.browser

NAMED = {"full_name": "Angharad Rees"}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def licence() -> Licence:
    licence = a_licence()
    people.name(licence.organisation, kind="principal_authority", particulars=NAMED, since=NOW.date(), by=None, at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW)
    return licence


def type_code(page: Page, code: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Check a certificate").click()
    page.get_by_label("Licence number or short code").fill(code)
    page.get_by_role("button", name="Check", exact=True).click()


def test_a_worker_types_the_code_of_a_print_and_asks_who_holds_it(sit_down: SitDown, licence: Licence) -> None:
    page = sit_down(viewport=NARROW, java_script_enabled=False).page
    code = licence.listing.code

    type_code(page, code[:7] + ("0" if code[7] != "0" else "1"))
    expect(page.get_by_role("link", name=f"but {code} is, which differs in one letter or number")).to_be_visible()
    type_code(page, f"{code[:4]} {code[4:].lower()}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(licence.organisation.legal_name)
    expect(page.get_by_role("heading", name="Who holds this certificate?")).to_be_visible()
    page.get_by_label("Name of the person").fill("Somebody Else")
    page.get_by_role("button", name="Check the name").click()
    expect(page.get_by_text("We cannot confirm Somebody Else.")).to_be_visible()
    page.get_by_label("Name of the person").fill("angharad rees")
    page.get_by_role("button", name="Check the name").click()

    expect(page.get_by_text("Yes: angharad rees is named on this entry.")).to_be_visible()
    assert page.context.cookies() == []


def test_a_holder_shows_the_licence_live_and_a_screenshot_is_found_out(
    sit_down: SitDown, licence: Licence, set_clock: SetClock
) -> None:
    set_clock(NOW + timedelta(seconds=58))
    holder, worker = sit_down(holder_of(licence.organisation)), sit_down(viewport=NARROW).page
    holder.open("licence", licence.number)
    holder.press("Show it on this screen")
    groups = holder.page.locator("[data-live] span")
    screenshot = "".join(groups.all_inner_texts())

    type_code(worker, screenshot)
    expect(worker.get_by_text("The holder shows this code live, at 10am.")).to_be_visible()
    set_clock(NOW + timedelta(minutes=2))
    # The screen renews its code by itself; nobody presses anything.
    expect(holder.page.get_by_text("Made at 10:02am.")).to_be_visible()
    assert "".join(groups.all_inner_texts()) != screenshot
    type_code(worker, screenshot)

    expect(worker.get_by_text("This code is old: the holder showed it on 2 November 2026 at 10am.")).to_be_visible()
    expect(worker.get_by_text("What you were shown is a copy or a screenshot.")).to_be_visible()
    type_code(worker, "".join(groups.all_inner_texts()))
    expect(worker.get_by_text("The holder shows this code live, at 10:02am.")).to_be_visible()
    assert holder.complaints == []
