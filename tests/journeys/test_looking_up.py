"""The public pages in a real browser: for everybody, on a small screen, without script, and without a trace."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from registry.organisations import actions as people
from registry.register.actions import listings
from tests.conftest import NOW, SetClock
from tests.journeys.desk import leads_on
from tests.public_lookup.stories import a_holder, one_of_each_standing, rename

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NAMED = {"full_name": "Angharad Rees"}
NARROW: ViewportSize = {"width": 320, "height": 640}

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """A fresh browser at an address."""
    contexts = []

    def to(address: str, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield to
    for context in contexts:
        context.close()


def assert_for_everybody(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"], f"{page.url} is {width} px wide"


def test_the_start_page_answers_at_once(visit: Visit) -> None:
    a_holder("Harvest Hands Ltd")
    page = visit("/pl/", viewport=NARROW, java_script_enabled=False)

    box = page.get_by_role("search").get_by_role("textbox")
    place = box.bounding_box()
    assert place and place["y"] + place["height"] < 400
    box.fill("harvest hands ltd")
    box.press("Enter")

    assert page.url.endswith("/pl/check/?q=harvest+hands+ltd")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ma licencję")


@pytest.mark.parametrize("language", ["", "/cy"])
def test_every_public_page_is_for_everybody(visit: Visit, set_clock: SetClock, language: str) -> None:
    numbers = one_of_each_standing()
    licence = a_holder(
        "Harvest Hands Ltd", trading_names=["A-very-long-trading-name-without-a-single-space-in-it-anywhere"]
    )
    rename(licence.organisation, NOW + timedelta(hours=1), legal_name="Harvest & Orchard Hands Ltd")
    people.name(licence.organisation, kind="principal_authority", particulars=NAMED, since=NOW.date(), by=None, at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW + timedelta(hours=2))
    set_clock(NOW + timedelta(days=2))

    page = visit(f"{language}/check/")
    for address in [
        "/check/",
        "/check/?q=hands",
        "/check/?q=plain+hands",
        "/check/?q=zzyzx",
        "/check/?q=&at=2026-02-30&standing=splendid",
        "/check/?q=plain&at=2026-11-02",
        *(f"/check/{number}/" for number in numbers.values()),
        f"/check/{licence.number}/?at=2026-11-02",
        f"/check/{licence.number}/?at=2026-02-30",
        f"/check/{licence.number}/?at=2025-01-01",
        "/check/ABCD0009/",
        "/verify/",
        "/c/QQQQQQQQ/",
    ]:
        page.set_viewport_size({"width": 1000, "height": 800})
        page.goto(f"{language}{address}")
        assert_for_everybody(page)
    page.goto(f"{language}/check/{licence.number}/")
    leads_on(page.locator(f"form[method=post][action*='/check/{licence.number}/'] button").first)
    assert_for_everybody(page)
    page.goto(f"{language}/verify/")
    leads_on(page.locator("main form button").first)
    assert_for_everybody(page)


def test_looking_up_leaves_no_trace(visit: Visit, live_server: LiveServer) -> None:
    a_holder("Traceless Hands Ltd")
    page = visit("/check/")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    page.goto("/check/")
    page.get_by_label("Leave no trace of this visit").check()
    page.get_by_label("Name or licence number").fill("traceless hands")
    page.get_by_role("button", name="Search the register").click()
    expect(page.get_by_text("Traceless Hands Ltd is licensed")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/")
    page.get_by_role("link", name="Traceless Hands Ltd").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Traceless Hands Ltd Licensed")
    assert page.evaluate("location.pathname") == "/"

    assert asked
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    assert not any("traceless" in url.lower() for url in asked)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("script", [True, False])
def test_back_and_reload_keep_the_answer(visit: Visit, live_server: LiveServer, script: bool) -> None:
    number = a_holder("Orchard Hands Ltd").number
    page = visit("/", java_script_enabled=script, viewport=NARROW)
    page.get_by_role("search").get_by_role("textbox").fill("orchard hands")
    page.get_by_role("search").get_by_role("textbox").press("Enter")
    answer = page.get_by_role("heading", level=1)
    expect(answer).to_contain_text("Orchard Hands Ltd Licensed")
    found = page.url
    page.reload()
    expect(answer).to_contain_text("Orchard Hands Ltd Licensed")

    page.get_by_role("link", name="Orchard Hands Ltd").first.click()
    expect(page).to_have_url(f"{live_server.url}/check/{number}/")
    page.reload()
    expect(answer).to_contain_text("Orchard Hands Ltd Licensed")

    page.go_back()
    expect(page).to_have_url(found)
    expect(answer).to_contain_text("Orchard Hands Ltd Licensed")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/")
    page.goto(found)  # as who was sent the address
    expect(answer).to_contain_text("Orchard Hands Ltd Licensed")


@pytest.mark.parametrize(
    "address", ["/help/pay/england/", "/verify/", "/data/", "/statistics/", "/do-i-need-a-licence/"]
)
def test_other_public_pages_can_be_gone_back_to_and_reloaded(visit: Visit, address: str) -> None:
    page = visit(address)
    heading = page.get_by_role("heading", level=1)
    words = heading.inner_text()
    page.goto("/contact/")
    page.go_back()
    expect(heading).to_have_text(words)
    page.reload()
    expect(heading).to_have_text(words)


def test_everything_works_without_script(visit: Visit, set_clock: SetClock) -> None:
    licence = a_holder("Scriptless Hands Ltd")
    people.name(licence.organisation, kind="principal_authority", particulars=NAMED, since=NOW.date(), by=None, at=NOW)
    rename(licence.organisation, NOW + timedelta(days=1), legal_name="Meadow Crew Ltd")
    set_clock(NOW + timedelta(days=2))
    page = visit("/check/", java_script_enabled=False, viewport=NARROW)

    page.get_by_label("Name or licence number").fill("scriptless hands")
    page.get_by_text("On a past day", exact=True).click()
    for part, typed in {"Day": "2", "Month": "November", "Year": "2026"}.items():
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_role("button", name="Search the register").click()
    expect(page.get_by_text("No exact match. Is it one of these?")).to_have_count(0)
    page.get_by_role("link", name="Scriptless Hands Ltd").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Scriptless Hands Ltd")
    page.get_by_role("link", name="See what it says now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meadow Crew Ltd")
    page.get_by_label("Name of the person").fill("angharad rees")
    page.get_by_role("button", name="Check the name").click()
    expect(page.get_by_text("Yes: angharad rees is named on this entry.")).to_be_visible()


def test_the_answer_is_reached_with_the_keyboard_alone(visit: Visit) -> None:
    a_holder("Keyboard Hands Ltd")
    page = visit("/check/")

    page.get_by_label("Name or licence number").focus()
    page.keyboard.type("keyboard hands")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Keyboard Hands Ltd is licensed")).to_be_visible()
    page.get_by_role("link", name="Keyboard Hands Ltd").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Keyboard Hands Ltd")


def test_a_page_with_errors_puts_the_focus_on_what_is_wrong(visit: Visit) -> None:
    page = visit("/check/")

    page.get_by_role("button", name="Search the register").click()

    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("link", name="Enter a name or a licence number.").click()
    expect(page.get_by_label("Name or licence number")).to_be_focused()


# --- manners: a small telephone, big letters, somebody who listens ---

SMALL: ViewportSize = {"width": 320, "height": 568}
LANGUAGES = ["", "/cy", "/pl", "/uk", "/ne", "/vi", "/uz", "/ar"]
# Links within a sentence are as high as its letters (WCAG 2.5.8 leaves them out); so is what stands in a paragraph here.
TOO_SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(one => !one.closest('p, .govuk-hint, .moj-timeline') && !one.matches('.govuk-skip-link, .govuk-exit-this-page__button *'))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && box.height < 43.5)
  .map(([one, box]) => `${one.tagName} ${one.textContent.trim() || one.name} ${box.height}`)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_is_in_the_first_400_pixels_of_a_small_telephone(visit: Visit, language: str) -> None:
    number = a_holder("Harvest Hands Ltd").number
    page = visit(f"{language}/check/", viewport=SMALL)

    for address, box in {f"{language}/check/": "#id_q", f"{language}/check/{number}/": "#seek"}.items():
        page.goto(address)
        found = page.locator(box).bounding_box()
        assert found and found["y"] + found["height"] <= 400, (address, found)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], address


def test_what_is_touched_is_44_pixels_high(visit: Visit) -> None:
    numbers = one_of_each_standing()
    page = visit("/check/", viewport=SMALL)

    for address in ("/check/", "/check/?q=plain+hands", "/check/?q=hands", f"/check/{numbers['revoked']}/"):
        page.goto(address)
        assert page.evaluate(TOO_SMALL) == [], address


def test_letters_of_twice_the_size_need_no_sideways_scroll(visit: Visit) -> None:
    numbers = one_of_each_standing()
    page = visit("/check/", viewport=SMALL)

    for language in ("", "/uk"):
        for path in ("/check/", f"/check/{numbers['revoked']}/", f"/check/{numbers['revocation_to_come']}/"):
            page.goto(f"{language}{path}")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], f"{language}{path}"


def test_whoever_listens_hears_the_answer_first(visit: Visit) -> None:
    a_holder("Harvest Hands Ltd")
    page = visit("/check/")

    for asked, heard in {"harvest hands": "Licensed", "zzyzx": "Not found"}.items():
        page.goto("/check/")
        page.get_by_label("Name or licence number").fill(asked)
        page.keyboard.press("Enter")
        answer = page.get_by_role("heading", level=1)
        expect(answer).to_contain_text(heard)
        expect(answer).to_be_focused()
        assert page.title().startswith(heard)
        expect(page.get_by_role("status").filter(has=answer)).to_have_count(1)


def test_one_press_leaves_the_page(visit: Visit) -> None:
    number = a_holder("Harvest Hands Ltd").number
    page = visit(f"/check/{number}/")
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))

    page.get_by_role("button", name="Exit this page").click()

    expect(page.get_by_text("Weather")).to_be_visible()
    page.go_back()
    assert number not in page.url
