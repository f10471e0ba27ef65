"""A worker keeps the look-up, help and a draft report on a small phone, uses them without a connection, and deletes everything.

In Uzbek, at 320 px, through what a screen reader is told: roles, names, the live region and the focus.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from compliance.reports.models.reports import Report
from public_lookup import jobs
from tests.conftest import NOW
from tests.journeys.test_looking_up import NARROW, assert_for_everybody
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.browser

LEFT = """async () => [
  await caches.keys(), (await indexedDB.databases()).map(({ name }) => name),
  (await navigator.serviceWorker.getRegistrations()).length, document.cookie, localStorage.length + sessionStorage.length,
]"""
SECRET = "Ular pasportimizni olib qo‘yishgan"


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, tmp_path: Path, settings: Settings) -> Iterator[BrowserContext]:
    settings.VAR_DIR = tmp_path
    context = browser.new_context(base_url=live_server.url, viewport=NARROW)
    yield context
    context.close()


def uz(words: str) -> str:
    with override("uz"):
        return gettext(words)


def opened(context: BrowserContext, address: str = "/uz/notes/") -> Page:
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    return page


def more(page: Page) -> None:
    page.get_by_text(uz("More"), exact=True).click()


def button(page: Page, words: str) -> Any:
    return page.get_by_role("button", name=uz(words), exact=True)


def kept(page: Page) -> None:
    more(page)
    page.get_by_label("Angliya").check()
    button(page, "Keep on this device").click()
    expect(
        page.get_by_text(
            uz(
                "Kept on this device. Answers about licences work for 24 hours after you last opened this page with a connection."
            )
        )
    ).to_be_visible()


def left_in_the_end(page: Page) -> list[Any]:
    for _look in range(100):
        left: list[Any] = page.evaluate(LEFT)
        if not any(left[:3]):
            break
        page.wait_for_timeout(100)
    return left


def test_it_is_kept_used_without_a_connection_and_deleted(context: BrowserContext) -> None:
    a_holder("Flight Hands Ltd")
    jobs.keep_snapshot(at=NOW)
    page = opened(context)
    assert page.title() == uz("My notes")
    assert page.evaluate(LEFT) == [[], [], 0, "", 0], "nothing is kept unasked"
    expect(page.locator("main")).to_match_aria_snapshot(
        f'- main:\n  - heading "{uz("My notes")}" [level=1]\n  - text: {uz("Write here")}\n  - textbox "{uz("Write here")}"\n  - group: {uz("More")}\n'
    )
    kept(page)
    expect(
        page.get_by_role("status").filter(
            has_text=uz(
                "Kept on this device. Answers about licences work for 24 hours after you last opened this page with a connection."
            )
        )
    ).to_be_focused()
    assert_for_everybody(page)

    context.set_offline(True)
    page = opened(context)
    more(page)
    page.get_by_role("link", name=uz("Check a labour provider in private")).click()
    page.get_by_role("textbox").fill("flight hands")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator("[data-part=answer] h2").first).to_be_focused()
    expect(page.locator("[data-part=answer] .app-outcome").first).to_contain_text(uz("Licensed"))
    page.goto("/uz/help/pay/england/")
    expect(page.get_by_role("heading", name=uz("What the law gives you"))).to_be_visible()

    page = opened(context, "/uz/notes/draft/")
    assert page.url.endswith("/uz/notes/"), "what is behind it is not in the history"
    assert_for_everybody(page)
    page.get_by_label(uz("What happened?")).fill(SECRET)
    page.wait_for_timeout(600)
    button(page, "Check and send").click()
    expect(page.locator("[data-part=state]")).to_contain_text(
        uz("You have no connection, so this is not sent yet. Press “Check and send” again when you have one.")
    )
    assert SECRET not in str(page.evaluate(STORED))

    page = opened(context)
    for _tap in range(3):
        page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text(uz("Deleted"))
    assert page.get_by_role("link").all_inner_texts() == [uz("Skip to main content")]
    assert left_in_the_end(page) == [[], [], 0, "", 0]


STORED = """() => new Promise((resolve) => {
  const asked = indexedDB.open('notes');
  asked.onsuccess = () => {
    const all = asked.result.transaction('things').objectStore('things').getAll();
    all.onsuccess = () => asked.result.close() || resolve(JSON.stringify(all.result, (_, one) => (one instanceof ArrayBuffer ? new TextDecoder().decode(one) : one)));
  };
})"""


def test_a_draft_behind_a_pin_is_sent_when_there_is_a_connection(context: BrowserContext) -> None:
    kept(opened(context))
    page = opened(context, "/uz/notes/draft/")
    page.get_by_label(uz("What happened?")).fill(SECRET)
    page.locator("#id_danger_1").check()
    page.locator("#id_contact_0").check()
    page.locator("#new-pin").fill("2468")
    button(page, "Lock").click()
    expect(page.locator("#new-pin")).to_have_accessible_description(uz("Enter a PIN of at least 6 digits."))
    page.locator("#new-pin").fill("246813")
    button(page, "Lock").click()
    expect(page.locator("#new-pin")).to_be_hidden()

    page = opened(context, "/uz/notes/draft/")
    expect(page.get_by_label(uz("What happened?"))).to_be_hidden()
    page.locator("#pin").fill("000000")
    button(page, "Continue").click()
    expect(page.locator("#pin")).to_have_accessible_description(
        uz("Wrong PIN. After 10 wrong tries everything is deleted.")
    )
    page.locator("#pin").fill("246813")
    button(page, "Continue").click()
    expect(page.get_by_label(uz("What happened?"))).to_have_value(SECRET)
    assert not Report.objects.exists()
    button(page, "Check and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(uz("Check and send"))
    button(page, "Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(uz("We have your report"))
    assert Report.objects.count() == 1

    page = opened(context, "/uz/notes/draft/")
    page.locator("#pin").fill("246813")
    button(page, "Continue").click()
    expect(page.locator("#pin")).to_be_hidden()
    expect(page.get_by_label(uz("What happened?"))).to_have_value("")
    button(page, "Delete everything from this device").click()
    assert left_in_the_end(page) == [[], [], 0, "", 0]


AT_ONCE = """(pressed) => {
  const form = document.querySelector(`[data-part="${pressed}"]`);
  form.requestSubmit();
  document.querySelector('[data-part="wipe"] button').click();
}"""


@pytest.mark.parametrize(("address", "under_way"), [("/uz/notes/draft/", "open-form"), ("/uz/notes/", "keep-form")])
def test_what_is_under_way_when_everything_is_deleted_brings_nothing_back(
    context: BrowserContext, address: str, under_way: str
) -> None:
    kept(opened(context))
    page = opened(context, "/uz/notes/draft/")
    page.locator("#new-pin").fill("246813")
    button(page, "Lock").click()
    expect(page.locator("#new-pin")).to_be_hidden()
    page = opened(context, address)
    page.wait_for_load_state("networkidle")
    if under_way == "open-form":
        page.locator("#pin").fill("246813")

    page.evaluate(AT_ONCE, under_way)

    assert left_in_the_end(page) == [[], [], 0, "", 0]
    page.wait_for_timeout(1500)
    assert page.evaluate(LEFT) == [[], [], 0, "", 0]
