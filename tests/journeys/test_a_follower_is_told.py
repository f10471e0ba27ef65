"""A worker follows a firm by email, in their own language: asked, confirmed, told of a suspension, and stopped by one click."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
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
# Every letter of the heading stands in a font of ours that was loaded.
HAS_ITS_LETTERS = r"""() => {
  const ranges = [...document.fonts].filter(face => face.status === 'loaded')
    .flatMap(face => face.unicodeRange.split(',').map(range => range.trim().slice(2).split('-').map(end => parseInt(end, 16))));
  const letters = [...document.querySelector('h1').textContent].filter(letter => /\p{L}/u.test(letter));
  return letters.every(letter => ranges.some(([from, to = from]) => from <= letter.codePointAt(0) && letter.codePointAt(0) <= to));
}"""


def address_in(message: mail.EmailMessage) -> str:
    """The address that the mail asks to be opened, without the host."""
    found = re.search(r"http://[^/\s]+(/\S*follow/\S+)", str(message.body))
    assert found
    return found[1]


def assert_for_everybody(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.django_db(transaction=True)
def test_a_follower_is_told_of_a_suspension_within_a_run(
    browser: Browser, live_server: LiveServer, set_clock: SetClock
) -> None:
    licence = a_holder("Harvest Hands Ltd")
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, locale="pl-PL")
    page = context.new_page()

    # The browser asks for Polish: it is offered, and followed.
    page.goto(f"/check/{licence.number}/")
    leads_on(page.get_by_role("link", name="Ta strona jest też po polsku"))
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    leads_on(page.get_by_role("link", name="Powiadom mnie, gdy to się zmieni"))
    assert_for_everybody(page)
    page.get_by_label("Twój adres e-mail").fill("nonsense")
    leads_on(page.get_by_role("button", name="Wyślijcie mi e-mail do potwierdzenia"))
    expect(page.get_by_label("Twój adres e-mail")).to_have_value("nonsense")
    page.get_by_label("Twój adres e-mail").fill("worker@mail.example")
    leads_on(page.get_by_role("button", name="Wyślijcie mi e-mail do potwierdzenia"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdź swoją pocztę")
    assert_for_everybody(page)

    # Nothing before the button of the page in the mail is pressed.
    run_due(NOW)
    page.goto(address_in(mail.outbox[0]))
    assert_for_everybody(page)
    leads_on(page.get_by_role("button", name="Tak, powiadamiajcie mnie o zmianach"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Będziemy powiadamiać")

    # Suspended in the morning, told by the next run.
    set_clock(LATER)
    licences.suspend(
        licence,
        starts=LATER.date(),
        until=LATER.date() + timedelta(days=30),
        because="Findings of an inspection.",
        by=a_decider(),
        at=LATER,
    )
    run_due(LATER)
    run_due(LATER)
    _asked, told = mail.outbox
    assert told.subject == "Coś zmieniło się w rejestrze"
    assert "Zawieszona od 3 listopada 2026 do 3 grudnia 2026." in str(told.body)
    assert "Nie ma licencji" in str(told.body)

    # And stopped, by the page; no cookie was ever set.
    page.goto(address_in(told))
    leads_on(page.get_by_role("button", name="Zatrzymaj te e-maile"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nie będziemy już powiadamiać")
    assert context.cookies() == []
    context.close()


@pytest.mark.django_db(transaction=True)
def test_every_language_brings_its_letters(browser: Browser, live_server: LiveServer) -> None:
    """Whatever fonts the device lacks: a page shows its own, and asks nobody else for them."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))

    for language, _name in settings.LANGUAGES[2:]:
        page.goto(f"/{language}/check/")
        page.evaluate("document.fonts.ready")
        assert page.get_by_role("heading", level=1).inner_text().strip()
        assert page.evaluate(HAS_ITS_LETTERS), language
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, language
    assert all(url.startswith(live_server.url) for url in asked)
    assert context.cookies() == []
    context.close()
