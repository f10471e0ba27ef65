"""Applying, inspecting and deciding without a mouse: what has the focus is always to be seen, and the skip link comes first."""

from datetime import timedelta

import pytest

from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, another_page
from tests.licensing.stories import a_grant_proposed
from tests.people import person

pytestmark = pytest.mark.browser

MOST_STEPS = 250
# What has the focus: its name, its words, and whether it is in sight with something drawn around or under it.
FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const label = e.labels && e.labels.length ? getComputedStyle(e.labels[0], '::before') : style;
  const drawn = [style, label].some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return {name: e.name || '', text: (e.textContent || '').trim(), value: e.value || '', seen, drawn, tag: e.tagName};
}"""


def tab_to(desk: Desk, *, name: str = "", text: str = "", value: str = "") -> None:
    """Press Tab until this has the focus; on the way the focus is never lost from sight."""
    for _step in range(MOST_STEPS):
        desk.page.keyboard.press("Tab")
        now = desk.page.evaluate(FOCUSED)
        if now["tag"] != "BODY":
            assert now["seen"] and now["drawn"], f"the focus is not to be seen on {desk.page.url}: {now}"
        if (name and now["name"] == name and value in now["value"]) or (text and now["text"].startswith(text)):
            return
    raise AssertionError(f"no {name or text} is reached on {desk.page.url}: {desk.text}")


def enter(desk: Desk) -> None:
    with another_page(desk.page):
        desk.page.keyboard.press("Enter")


def type_into(desk: Desk, name: str, text: str) -> None:
    tab_to(desk, name=name)
    desk.page.keyboard.type(text)


def test_the_skip_link_comes_first_and_leads_to_the_content(sit_down: SitDown) -> None:
    desk = sit_down(person("case_officer"))
    desk.open("staff_home")

    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate(FOCUSED)["text"] == "Skip to main content"
    desk.page.keyboard.press("Enter")

    assert desk.page.evaluate("location.hash || '#' + document.activeElement.id") == "#main-content"
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("!!document.activeElement.closest('main')")


def test_applying(sit_down: SitDown) -> None:
    employer = person("applicant")
    application = stories.an_application(stories.a_provider(by=employer))
    desk = sit_down(employer)
    desk.open("question_page", application.reference, "legal-status")

    tab_to(desk, name="legal_status")
    desk.page.keyboard.press("Space")
    tab_to(desk, text="Continue")
    enter(desk)

    assert desk.page.url.endswith("/names/")
    tab_to(desk, text="Save for later")
    enter(desk)
    desk.must_say("Answer in any order")


def test_inspecting(sit_down: SitDown) -> None:
    inspection = an_inspection(inspector=person("inspector"))
    desk = sit_down(inspection.inspector)
    desk.open("inspection", inspection.reference)

    tab_to(desk, text="Record findings")
    enter(desk)
    tab_to(desk, text="The visit")
    enter(desk)
    for part, text in (("day", "2"), ("month", "November"), ("year", "2026")):
        type_into(desk, f"visited_on_{part}", text)
    type_into(desk, "summary", "Spoke to twelve workers.")
    tab_to(desk, text="Save and continue")
    enter(desk)
    tab_to(desk, text="1. ")
    enter(desk)
    tab_to(desk, name="finding-1.1")
    desk.page.keyboard.press("Space")
    tab_to(desk, text="Save and continue")
    enter(desk)

    inspection.refresh_from_db()
    assert inspection.summary == "Spoke to twelve workers."
    assert inspection.results.get(standard="1.1").finding == "met"


def test_deciding(sit_down: SitDown) -> None:
    decision = a_grant_proposed(starts=(NOW + timedelta(days=3)).date())
    desk = sit_down(person("decision_maker"))
    desk.open("decision", decision.reference)

    tab_to(desk, text="Grant the licence")
    enter(desk)
    desk.fill("because", "The standards are met.")
    tab_to(desk, text="Grant the licence")
    enter(desk)

    decision.refresh_from_db()
    assert decision.status == "decided"
