"""Naming the places of supply: an employer finds one in the published list, types another, and goes back and forth."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from licensing.applications.models import Application
from tests import stories
from tests.conftest import LONDON, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import leads_on
from tests.journeys.every_page.looking import faults, faults_of_telling
from tests.registry.stories import a_row, an_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LATER = datetime(2026, 11, 20, 10, 0, tzinfo=LONDON)


@pytest.fixture
def draft(set_clock: SetClock) -> Application:
    set_clock(LATER)
    an_edition(a_row(), a_row(approval_number="HF 002", trading_name="Hafod Cold Store", postcode="SA31 2AB"))
    return stories.an_application(at=LATER)


def type_by_hand(page: Page) -> None:
    page.get_by_text("It is not in the list: type its address").click()
    page.get_by_label("Name of the place").fill("Hill Farm")
    page.get_by_label("Address line 1").fill("Hill Lane")
    page.get_by_label("Town or city").fill("Llandeilo")


@pytest.mark.parametrize("script", [True, False])
def test_places_are_found_ticked_typed_and_taken_off(draft: Application, sit_down: SitDown, script: bool) -> None:
    desk = sit_down(stories.holder_of(draft.organisation), java_script_enabled=script)
    page = desk.page
    desk.open("question_page", draft.reference, "labour-users")
    desk.press("Add: labour user")
    page.get_by_label("Name of the labour user").fill("Hafod")

    page.get_by_label("Find a place").fill("sa31")
    desk.press("Find")
    expect(page.get_by_role("group", name="Places found for “sa31”").get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_label("Name of the labour user")).to_have_value("Hafod")
    page.get_by_label("Hafod Packing Ltd").check()
    page.get_by_label("Find another place").fill("nobody")
    desk.press("Find")
    expect(page.get_by_text("Nothing more in the list is like “nobody”")).to_be_visible()
    expect(page.get_by_role("group", name="Places chosen").get_by_label("Hafod Packing Ltd")).to_be_checked()

    page.go_back()
    expect(page.get_by_role("group", name="Places found for “sa31”")).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("Hafod Packing Ltd")).to_be_checked()

    type_by_hand(page)
    desk.press("Add this place")
    expect(page.get_by_role("alert")).to_contain_text("Choose the nation.")
    expect(page.get_by_label("Town or city")).to_have_value("Llandeilo")
    page.get_by_label("Postcode", exact=True).fill("sa19 6aa")
    page.get_by_label("Nation").select_option("wales")
    desk.press("Add this place")
    chosen = page.get_by_role("group", name="Places chosen").get_by_role("checkbox")
    expect(chosen).to_have_count(2)

    page.get_by_label("Hafod Packing Ltd").uncheck()
    desk.press("Continue")
    desk.follow("Change")
    expect(chosen).to_have_count(1)
    expect(page.get_by_label("Hill Farm")).to_be_checked()
    assert desk.complaints == []


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_the_question_is_for_everybody(draft: Application, sit_down: SitDown, language: str) -> None:
    desk, path = sit_down(stories.holder_of(draft.organisation)), f"/apply/{draft.reference}/labour-users/one/"
    page, address = desk.page, path if language == "en-gb" else f"/{language}{path}"
    desk.go(address)
    page.locator("[name=user_places_find]").fill("hafod")
    leads_on(page.locator("main button[name=find]"))
    assert list(faults(page, language)) == []

    page.get_by_label("Hafod Cold Store").check()
    page.locator("main details summary").first.click()
    page.locator("[name=user_places_name]").fill("Hill Farm")
    leads_on(page.locator("main form button[type=submit]:not([name])"))

    typed = {"user_places_name": "Hill Farm"}
    assert [*faults_of_telling(page, typed, language), *faults(page, language)] == []
    expect(page.get_by_label("Hafod Cold Store")).to_be_checked()
