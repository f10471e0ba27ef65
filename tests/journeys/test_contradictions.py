"""A report that says five things against itself: seen on the device, asked about, explained, changed, accepted and confirmed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from compliance.inspections.models import Inspection
from tests.compliance.contradictions.cases import contradiction_cases
from tests.compliance.contradictions.world import contradictory
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.test_field import go, heading, take_along
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARED_CASES = """async (cases) => {
  const { contradictions } = await import('/static/vendor/field.js');
  return cases.map(([book, facts]) => contradictions(book, facts).map(({ code, standard, restsOn }) => [code, standard, restsOn]));
}"""


@pytest.fixture(autouse=True)
def documents_elsewhere(tmp_path: Path, settings: Settings) -> None:
    settings.DOCUMENTS_DIR = tmp_path


def test_the_device_finds_in_the_shared_cases_what_the_server_finds(sit_down: SitDown) -> None:
    cases = contradiction_cases()
    desk = sit_down(person("inspector"))
    desk.open("field")

    told = desk.page.evaluate(SHARED_CASES, [[case.book, case.facts] for case in cases])

    assert [
        one for one in zip(map(str, cases), told, [case.found for case in cases], strict=True) if one[1] != one[2]
    ] == []


def is_seen_on_the_device(inspector: Desk, visit: Inspection) -> None:
    page = take_along(inspector)
    go(page, visit, "")
    expect(page.get_by_role("listitem").filter(has_text="Contradictions")).to_contain_text("5")
    go(page, visit, "/contradictions")
    heading(page, "Contradictions")
    shown = page.locator("[data-part=page] li")
    expect(shown).to_have_count(5)
    expect(shown.nth(0)).to_contain_text("Sign 7 Retention of identity documents")
    expect(shown.nth(4)).to_contain_text("3 November 2026, 2 November 2026")
    go(page, visit, "/standard/3.2")
    expect(page.locator(".govuk-inset-text")).to_contain_text("What a worker said in an interview contradicts")
    assert inspector.complaints == []


def answer(desk: Desk, says: str, *, what: str, field: str, words: str, press: str) -> None:
    box = desk.page.locator(".govuk-inset-text").filter(has_text=says)
    desk.click(box.get_by_role("link", name=what))
    desk.fill(field, words)
    desk.press(press)


def test_five_contradictions_are_answered_one_by_one(sit_down: SitDown) -> None:
    visit = contradictory(person("inspector", name="Marta Wilk"))
    inspector, reviewer = sit_down(visit.inspector), sit_down(person("quality_reviewer"))
    is_seen_on_the_device(inspector, visit)
    inspector.open("report_inspection", visit.reference)
    inspector.press("Report")

    # The reviewer is told of each, and reads the report beside what it rests on.
    reviewer.open("confirm_inspection", visit.reference)
    reviewer.must_say("Answer this contradiction first: 3.2. A sign of forced labour speaks against this standard.")
    reviewer.follow("Contradictions in the report")
    reviewer.must_say("5 contradictions must be answered", "The box of passports.", "Not shown")
    assert "Paszport" not in reviewer.text
    reviewer.follow("Say why you read what workers said")
    reviewer.fill("because", "To review the report of the visit.")
    reviewer.press("Open")
    reviewer.open("inspection_contradictions", visit.reference)
    reviewer.must_say("Paszport jest w biurze, w pudełku.", "7 Retention of identity documents: A box of passports.")
    day = "The visit was not made on the planned day."
    answer(
        reviewer,
        day,
        what="Accept it",
        field="because",
        words="The business closed on the planned day.",
        press="Accept",
    )
    said = "What a worker said in an interview"
    question = "A worker says that the office keeps the passport. Why met?"
    answer(reviewer, said, what="Ask the inspector", field="question", words=question, press="Ask the inspector")
    sample = "Not every worker selected at random was interviewed."
    why = "Why did no one drawn speak to you?"
    answer(reviewer, sample, what="Ask the inspector", field="question", words=why, press="Ask the inspector")

    # The inspector finds both questions among the tasks, changes the finding and explains the sample.
    inspector.open("inspection_contradictions", visit.reference)
    inspector.must_say(question, why, "The inspector was asked")
    words = "All four had gone home before the end of the shift."
    answer(inspector, sample, what="Explain it", field="text", words=words, press="Save")
    inspector.open("inspection_section", visit.reference, 3)
    inspector.choose("finding-3.2", "not_met")
    inspector.fill("evidence-3.2", "The office keeps the passports in a box.")
    inspector.press("Save and continue")
    inspector.open("report_inspection", visit.reference)
    inspector.press("Report")

    # One is left for the reviewer: what was explained. Then the report is confirmed.
    reviewer.open("inspection_contradictions", visit.reference)
    reviewer.must_say("1 contradiction must be answered", words, "No longer in the report", "Changed: 3.2")
    answer(
        reviewer,
        sample,
        what="Accept it",
        field="because",
        words="The rota shows that the shift ended.",
        press="Accept",
    )
    reviewer.must_say("Every contradiction that must be answered has been answered.")
    reviewer.open("confirm_inspection", visit.reference)
    reviewer.press("Confirm")
    assert Inspection.objects.get(pk=visit.pk).status == "confirmed"
    assert reviewer.complaints == inspector.complaints == []
