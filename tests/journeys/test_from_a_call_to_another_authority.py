"""Somebody rings; the report is decided under its clock, becomes graded intelligence, is tied together and passed on."""

import pytest

from compliance.intelligence.models.intelligence import Intelligence
from compliance.reports.models.reports import Report
from tests.compliance.intelligence.world import released
from tests.compliance.reports.world import a_report
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.checks.agencies import an_agency
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = "Trzymają paszporty w biurze i nie oddają, kiedy prosimy."
MEANT = "They keep the passports in the office and do not give them back when we ask."
SHARED = "Identity papers of workers are said to be kept at the office."
WHY = "Two calls say the same within a week."


def somebody_rings(officer: Desk) -> None:
    officer.open("staff_home")
    officer.follow("Record a report")
    for field, value in (("channel", "telephone"), ("danger", "yes"), ("contact", "mailbox")):
        officer.choose(field, value)
    officer.fill("text", TOLD)
    officer.fill("about_name", "Dyffryn Labour")
    officer.fill("about_number", "07700 900123")
    officer.press("Keep the report")
    officer.must_say("The report is kept", "Read these six words out to the reporter")


def is_decided(analyst: Desk, earlier: Report) -> None:
    analyst.open("staff_home")
    analyst.follow("Reports")
    analyst.open_row("Dyffryn Labour", "Yes")
    analyst.fill("because", "To decide what becomes of it.")
    analyst.press("Open")
    analyst.must_say(TOLD, "Threat to life", "the same number")
    analyst.press("Begin")
    analyst.press("Begin")
    analyst.follow("Add a translation")
    for field, text in (("language", "Polish"), ("text", MEANT), ("translator", "Interpreter 114")):
        analyst.fill(field, text)
    analyst.press("Save")
    analyst.must_say("From Polish, by Interpreter 114", MEANT)
    analyst.follow(f"Compare {earlier.reference}")
    analyst.choose("kind", "linked")
    analyst.fill("because", WHY)
    analyst.press("Save")
    analyst.must_say("Belong together", WHY)
    analyst.press("Decide what to do with the report")
    analyst.choose("decision", "danger")
    analyst.fill("because", "Papers are kept: nobody can leave.")
    analyst.press("Save")
    assert analyst.problems == ["Write who was called, when, and what they said."]
    analyst.fill("called", "Dyfed-Powys Police, 10:40: on their way.")
    analyst.press("Save")
    analyst.must_say("Immediate danger: emergency call made", "on their way", "Reporter to be told by")


def is_graded_and_tied(analyst: Desk) -> Intelligence:
    analyst.follow("Record intelligence from this report")
    analyst.fill("source_text", MEANT)
    analyst.fill("sanitised_text", SHARED)
    for field, code in (("source", "2"), ("information", "A"), ("handling", "C"), ("conditions", "S2")):
        analyst.choose(field, code)
    analyst.press("Save")
    analyst.fill("because", "I have just recorded it.")
    analyst.press("Open")
    analyst.must_say("2A/C", SHARED, "Ask us before passing it on")
    analyst.follow("Record a connection")
    analyst.choose("first_kind", "telephone")
    analyst.fill("first", "07700 900123")
    analyst.fill("how", "is answered by")
    analyst.choose("second_kind", "person")
    analyst.fill("second", "Kris")
    analyst.choose("strength", "1")
    analyst.press("Save")
    analyst.follow("Kris")
    assert analyst.page.locator("main svg[role=group] rect").count() == 2
    analyst.must_say("Suspected", "is answered by")
    return Intelligence.objects.get()


def test_from_a_call_to_what_another_authority_reads(sit_down: SitDown) -> None:
    agency = an_agency("Revenue of Sampleshire")
    earlier = a_report(about_name="", about_number="+44 7700 900123", text="They owe us six weeks of pay by now.")

    somebody_rings(sit_down(person("case_officer")))
    analyst = sit_down(person("intelligence_analyst"))
    is_decided(analyst, earlier)
    known = released(is_graded_and_tied(analyst))
    analyst.open("intelligence", known.reference)
    analyst.press("Pass on to another authority")
    analyst.choose("agency", agency.reference)
    analyst.fill("purpose", "To protect workers: 2004 Act, section 19.")
    analyst.press("Pass on")
    analyst.must_say("Revenue of Sampleshire", "Not opened yet.")

    partner = sit_down(person("partner_agency", agency=agency))
    partner.open("staff_home")
    partner.follow("Intelligence passed to us")
    partner.click(partner.page.locator("main li a").first)
    partner.must_say("Ask us before passing it on")
    assert SHARED not in partner.text
    partner.press("Keep to this, and open it")
    partner.must_say(SHARED)
    assert MEANT not in partner.text
