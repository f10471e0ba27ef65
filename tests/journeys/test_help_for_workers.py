"""A worker on a small telephone, in Polish: from an answer that is not "licensed" to the law on pay, and to what is owed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.test_looking_up import NARROW, TOO_SMALL, assert_for_everybody
from tests.public_lookup.stories import one_of_each_standing

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=NARROW)
    yield context.new_page()
    context.close()


def test_an_answer_leads_to_help_with_pay_and_to_what_is_owed(page: Page) -> None:
    number = one_of_each_standing()["revoked"]
    page.goto(f"/pl/check/{number}/")
    assert_for_everybody(page)

    page.get_by_role("link", name="Płaca", exact=True).click()
    assert_for_everybody(page)
    page.get_by_role("link", name="Anglia").click()
    expect(page.get_by_role("heading", name="Co daje ci prawo")).to_be_visible()
    assert_for_everybody(page)
    page.get_by_role("link", name="Oblicz swoją płacę").first.click()
    assert_for_everybody(page)
    page.get_by_role("link", name="Jeden tydzień").click()
    expect(page.get_by_label("Gdzie pracujesz?")).to_have_value("england")

    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.wait_for_load_state()  # before it the script has not run, and the form is sent as without one
    page.get_by_role("button", name="Oblicz").click()
    hours = page.get_by_label("Przepracowane godziny")
    expect(hours).to_be_focused()
    expect(hours).to_have_accessible_description(re.compile(r"Przepracowane godziny \(jeden tydzień\): wpisz liczbę"))
    assert_for_everybody(page)
    hours.fill("40")
    page.get_by_label("Zapłata za ten sam okres").fill("450,00")
    nights = page.get_by_label("Noce")
    nights.fill("14")
    page.get_by_role("button", name="Oblicz").click()
    expect(nights).to_have_accessible_description(re.compile("najwyżej 7 w tym czasie"))
    nights.fill("")
    page.get_by_role("button", name="Oblicz").click()

    expect(page.get_by_role("heading", name="Może należy ci się £58.40")).to_be_visible()
    expect(hours).to_have_accessible_description("")
    assert_for_everybody(page)
    assert sent == [] and page.context.cookies() == []
    page.get_by_role("link", name="Co możesz zrobić").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Płaca")


@pytest.mark.parametrize("language", ["", "/uz", "/ne", "/ar"])
def test_every_page_of_help_is_for_everybody(page: Page, language: str) -> None:
    for address in ("", "threats/wales/", "pay/calculator/", "pay/calculator/?time=month", "letter/claim/", "near/"):
        page.goto(f"{language}/help/{address}")
        assert_for_everybody(page)
        assert page.evaluate(TOO_SMALL) == [], address
