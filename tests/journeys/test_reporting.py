"""A worker tells what goes wrong, on a small screen, without script and without a trace; and is answered."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from compliance import passphrases
from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from registry.web import limits
from tests.compliance.reports.world import a_report_done
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.desk import leads_on
from tests.journeys.every_page.looking import NARROW, faults
from tests.people import person
from tests.public_lookup.stories import a_holder
from tests.registry.uploads.test_files import with_gps

pytestmark = pytest.mark.browser

PHOTO: FilePayload = {"name": "IMG_2026.jpg", "mimeType": "image/jpeg", "buffer": with_gps()}
NO_PHOTO: FilePayload = {**PHOTO, "buffer": b"<svg/>"}
WORDS = "acid acorn acre acts afar affix"

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """A fresh browser at an address; what it asks for is kept in `asked`."""
    limits.counts.clear()
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


def press(page: Page, words: str) -> None:
    leads_on(page.locator("main").get_by_role("button", name=words, exact=True).last)


def test_a_worker_reports_on_a_small_screen_without_script_and_is_answered(
    visit: Visit, live_server: LiveServer
) -> None:
    licence = a_holder("Harvest Hands Ltd")
    page = visit(f"/check/{licence.number}/", java_script_enabled=False, viewport=NARROW)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    page.get_by_role("link", name="Report a concern about this labour provider").click()
    page.get_by_label("I am not sure").check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring for help now")
    expect(page.get_by_role("button", name="Call 999")).to_be_visible()
    press(page, "Carry on with the report")
    page.get_by_label("What happened?").fill("Вони забрали наші паспорти.")
    page.get_by_label("A passport or identity card that someone keeps").check()
    press(page, "Continue")
    expect(page.get_by_label("Name of the business or person")).to_have_value("Harvest Hands Ltd")
    press(page, "Continue")
    page.get_by_label("Where is the work or the housing?").fill("The caravans behind the packhouse")
    press(page, "Back")
    expect(page.get_by_label("A number that belongs to them")).to_have_value(licence.number)
    press(page, "Continue")
    expect(page.get_by_label("Where is the work or the housing?")).to_have_value("The caravans behind the packhouse")
    press(page, "Continue")
    page.get_by_label("How many people does it happen to?").fill("12")
    press(page, "Continue")
    press(page, "Continue")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("By a mailbox on this website").check()
    press(page, "Continue")
    language = page.get_by_label("In which language should we write to you?")
    expect(language).to_have_value("en-gb")
    language.select_option("uk")
    press(page, "Continue")
    expect(page.get_by_text("Вони забрали наші паспорти.")).to_be_visible()
    page.get_by_label("Photos").set_input_files([PHOTO])
    press(page, "Send")

    expect(page.get_by_role("heading", level=1)).to_have_text("We have your report")
    words, for_others = page.locator("strong[translate=no]").all_inner_texts()
    assert for_others != words
    report = Report.objects.get()
    assert (report.scheme, report.kinds, report.photos.count()) == (licence.scheme, ["papers"], 1)
    analyst = person("intelligence_analyst")
    reports.begin(report, by=analyst, at=NOW)
    assert report.language == "uk" and set(words.split()) <= set(passphrases.words("uk"))
    reports.ask(
        report,
        text="How many people live there?",
        translation="Скільки людей там живе?",
        translator="Interpreter 7",
        by=analyst,
        at=NOW,
    )
    page.get_by_role("link", name="Open the mailbox").click()
    page.get_by_label("Your words").fill(words.replace(" ", "-").upper())
    press(page, "Open the mailbox")
    expect(page.get_by_text("Being looked at")).to_be_visible()
    expect(page.get_by_text("Скільки людей там живе?")).to_be_visible()
    expect(page.get_by_text("How many people live there?")).to_be_visible()
    page.get_by_label("Write to us").fill("Eleven.")
    press(page, "Send")
    expect(page.get_by_text("Added. We will read it.")).to_be_visible()

    assert [message.text for message in report.messages.filter(from_authority=False)] == ["Eleven."]
    assert page.context.cookies() == []
    assert asked
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    assert all(words.split()[0] not in url for url in asked)


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_every_page_on_the_way_is_for_everybody(visit: Visit, language: str) -> None:
    a_report_done(passphrase=WORDS)
    before = "" if language == "en-gb" else f"/{language}"
    page, found = visit(f"{before}/report/"), list[str]()

    def look(what: str) -> None:
        found.extend(f"{what}: {fault}" for fault in faults(page, language))

    def go_on() -> None:
        leads_on(page.locator("main form").last.locator("button[type=submit]:not([name])"))

    look("danger")
    page.locator("main [name=danger][value=yes]:visible").check()
    go_on()
    look("call")
    go_on()
    go_on()
    look("what is missing")
    page.locator("textarea[name=text]").fill("A-very-long-word-without-a-single-space-in-it-" * 4)
    for step in ("who", "where", "group", "contact"):
        go_on()
        look(step)
    page.locator("main [name=contact][value=direct]:visible").check()
    go_on()
    look("language")
    go_on()
    look("details")
    page.locator("main [name=telephone]:visible").fill("07700 900123")
    go_on()
    look("check")
    page.locator("main [name=photos]:visible").set_input_files([NO_PHOTO])
    go_on()
    look("no photograph")
    go_on()
    look("sent")
    page.goto(f"{before}/report/mailbox/")
    page.locator("main [name=passphrase]:visible").fill(WORDS)
    go_on()
    look("mailbox")

    assert Report.objects.filter(contact="direct").exists()
    assert found == []


def test_whoever_takes_the_telephone_finds_nothing(visit: Visit, live_server: LiveServer) -> None:
    page = visit("/")
    page.get_by_role("link", name="Report a concern").last.click()
    page.locator("main [name=danger][value=no]:visible").check()
    press(page, "Continue")
    page.locator("textarea[name=text]").fill("They keep our passports.")
    page.wait_for_function("() => location.pathname === '/'")
    assert "report" not in page.title().lower()

    def elsewhere(route: Route) -> None:
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.context.route("https://www.bbc.co.uk/**", elsewhere)
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()

    assert "They keep our passports." not in page.content()
    assert page.url == f"{live_server.url}/"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_an_analyst_handles_a_report_and_opens_its_details_with_a_reason(sit_down: SitDown) -> None:
    reports.receive(
        once="x",
        passphrase=WORDS,
        text="They take 60 pounds a week.",
        kinds=["pay"],
        danger="yes",
        about_name="Meadow Crew",
        language="cy",
        contact="direct",
        details={"called": "Ana", "telephone": "07700 900123"},
        by=None,
        at=NOW,
    )
    desk = sit_down(person("intelligence_analyst"))

    desk.open("staff_home")
    desk.follow("Reports")
    desk.open_row("Meadow Crew")
    desk.fill("because", "To see whether anybody is in danger.")
    desk.press("Open")
    expect(desk.page.get_by_text("Someone in danger when it was written: Yes")).to_be_visible()
    expect(desk.page.get_by_text("07700 900123")).to_have_count(0)
    desk.press("Begin")
    desk.press("Begin")
    desk.press("Reach the reporter")
    desk.fill("because", "To agree on a safe place to meet.")
    desk.press("Reach the reporter")
    expect(desk.page.get_by_text("07700 900123")).to_be_visible()
    desk.open("staff_report", Report.objects.get().reference)
    desk.press("Decide what to do with the report")
    desk.choose("decision", "no_action")
    desk.page.locator("main [name=priority]").first.check(force=True)
    desk.fill("because", "The firm is no provider of labour.")
    desk.click(desk.page.locator("main form[method=post] button[type=submit]").last)
    desk.open("staff_report", Report.objects.get().reference)
    desk.press("Close")
    desk.choose("ending", "own")
    desk.fill("outcome", "The money was paid back.")
    desk.press("Close")
    desk.must_say("tell the reporter that there is something to read")
    desk.open("staff_report", Report.objects.get().reference)

    expect(desk.page.locator("main .govuk-tag").first).to_have_text("Done")
    assert desk.complaints == []
