"""A statistician announces, makes and signs the statistics, another signs, and the public reads them from the minute on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from registry.editions.jobs import make_tables
from tests.compliance.statistics.test_queries_counts import IN_LAST, visited
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = "2026-Q3"
#: What the statistician types, 28 days ahead or more.
DAY = {"day_day": "3", "day_month": "12", "day_year": "2026"}
PHONE = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


def test_the_public_reads_the_statistics_from_the_announced_minute_on(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    visited(3, unmet=["2.2"], at=IN_LAST)
    amara = sit_down(person("intelligence_analyst", name="Amara Obi"))
    helen = sit_down(person("manager", name="Helen Price"))
    anyone = sit_down(None, **PHONE)

    amara.open("editions")
    amara.follow("Announce a date")
    amara.choose("code", CODE)
    for field, value in DAY.items():
        amara.fill(field, value)
    amara.press("Announce the date")
    anyone.open("statistics")
    anyone.must_say("July to September 2026", "It will be published on 3 December 2026 at 9:30am.")
    amara.press("Make the tables")
    amara.press("Count and freeze the tables")
    amara.must_say("The tables are being counted in the background")
    make_tables(at=NOW)
    amara.open("edition", CODE)
    amara.follow("Preview of what the public will see")
    amara.must_say("Visits: 3. Visits that found a standard not met: 3.")
    amara.open("edition", CODE)
    amara.press("Sign the tables")
    amara.press("Sign")
    amara.must_say("Waiting for the second signature")

    helen.open("staff_home")
    helen.must_say("Sign the statistics as a second person, or refuse")
    helen.open("edition", CODE)
    helen.press("Sign the tables as the second person")
    helen.press("Sign")
    helen.must_say("Signed by two people")

    anyone.open("statistics_edition", CODE)
    anyone.must_say("It will be published on 3 December 2026 at 9:30am.")
    assert "Visits: 3" not in anyone.text
    set_clock(NOW + timedelta(days=31))
    anyone.open("statistics_edition", CODE)
    anyone.must_say(
        "Statistics published on 3 December 2026 at 9:30am", "Visits: 3.", "Signed by Amara Obi and Helen Price."
    )
    scripted = sit_down(None)
    scripted.open("statistics_edition", CODE)
    _clean_and_told(scripted.page)
    _whole_on_paper(scripted.page)
    with anyone.page.expect_download() as download:
        anyone.page.locator(f'a[href$="/{CODE}-v1/visits.csv"]').click()
    assert f"{CODE},July to September 2026,Gorffennaf – Medi 2026,all" in download.value.path().read_text()
    assert [one.complaints for one in (amara, helen)] == [[], []]
    _a_yearly_statement(sit_down, anyone)


def _a_yearly_statement(sit_down: SitDown, anyone: Desk) -> None:
    """Written with the figures of the release, signed by two, published, and read with the opinion of the reviewer."""
    carys, dewi = (
        sit_down(person("intelligence_analyst", name="Carys Owen")),
        sit_down(person("manager", name="Dewi Rees")),
    )
    ottilie = sit_down(person("independent_reviewer", name="Ottilie Byrne"))
    carys.open("yearly_statements")
    carys.follow("Announce a day")
    carys.choose("code", "2025")
    for field, value in {"day": "30", "month": "1", "year": "2027"}.items():
        carys.fill(f"publish_by_{field}", value)
    carys.press("Announce the day")
    carys.press("Write the statement")
    for field in ("did", "worked", "did_not_work", "will_change"):
        carys.fill(field, f"What we say of {field.replace('_', ' ')}.")
    carys.press("Save for signature")
    carys.press("Sign")
    carys.press("Sign")
    dewi.open("yearly_statement", "2025")
    dewi.press("Sign and publish")
    dewi.press("Sign and publish")
    ottilie.open("staff_home")
    ottilie.must_say("Give an opinion on the yearly statement, if you wish")
    ottilie.open("yearly_statement", "2025")
    ottilie.press("Give your opinion")
    ottilie.fill("text", "The figures bear it out.")
    ottilie.press("Publish your opinion")

    anyone.open("statistics_yearly", "2025")
    anyone.must_say("What we say of did not work.", "Signed by Carys Owen and Dewi Rees.", "The figures bear it out.")
    assert list(faults(ottilie.page, "en-gb")) == []
    assert [one.complaints for one in (carys, dewi, ottilie)] == [[], [], []]


def _whole_on_paper(page: Page) -> None:
    """No table is cut off at the edge of an A4 sheet, and no link says an address without the site."""
    page.set_viewport_size({"width": 718, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    link = page.locator('main a.govuk-link[href^="/"]').first
    assert link.evaluate("one => getComputedStyle(one, '::after').content") == "none"
    assert page.locator(".govuk-button, audio").locator("visible=true").count() == 0
    page.emulate_media(media="screen")


def _clean_and_told(page: Page) -> None:
    """Nothing scrolls aside at 320 pixels, and axe finds nothing; each chart has a title and says its numbers."""
    assert list(faults(page, "en-gb")) == []
    charts = page.locator("main svg[role=img]")
    assert charts.count() >= 10
    for n in range(charts.count()):
        assert charts.nth(n).locator("title").text_content()
        assert charts.nth(n).locator("desc").text_content()
