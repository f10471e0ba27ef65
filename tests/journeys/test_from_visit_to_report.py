"""From the plan of a visit to what was put right: planned, made, reported, returned, corrected, confirmed, replied to, shown, met."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload

from compliance.follow_ups.models import FollowUp
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspection_reports.models import ReportVersion
from compliance.inspections.models import Inspection
from tests import stories
from tests.compliance.stories import an_inspection, findings, signed
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person
from tests.registry.uploads.corpus import jpeg

pytestmark = pytest.mark.browser


def looks_right(desk: Desk) -> None:
    """For assistive technology, and at 320 pixels."""
    assert list(faults(desk.page, "en-gb")) == []


def fill_day(desk: Desk, field: str, *, days: int = 0) -> None:
    day = timezone.localdate() + timedelta(days=days)
    for part in ("day", "month", "year"):
        desk.fill(f"{field}_{part}", getattr(day, part))


def found(desk: Desk, inspection: Inspection) -> None:
    """Fill in every section: 2.4 is not met, all else is."""
    for section in {code.split(".")[0] for code in inspection.standards}:
        desk.open("inspection_section", inspection.reference, section)
        for one in findings(inspection, "2.4"):
            if one["standard"].split(".")[0] == section:
                desk.choose(f"finding-{one['standard']}", one["finding"])
                desk.fill(f"evidence-{one['standard']}", one["evidence"])
        desk.press("Save and continue")


def test_a_visit_is_planned_made_reported_corrected_confirmed_and_what_it_found_is_put_right(sit_down: SitDown) -> None:
    business = stories.a_provider()
    inspector, reviewer = person("inspector"), person("quality_reviewer")
    inspection = an_inspection(organisation=business, inspector=inspector)
    officer, second = sit_down(inspector), sit_down(reviewer)
    holder = sit_down(stories.holder_of(business))

    officer.open("inspection", inspection.reference)
    officer.follow("Plan the visit")
    fill_day(officer, "day", days=1)
    for field, typed in {"starts": "09:00", "ends": "12:00", "because": "Wages may be hidden."}.items():
        officer.fill(field, typed)
    officer.fill("address", "1 Market Street, Maidstone")
    officer.choose("announced", "no")
    officer.choose("risk", "low")
    officer.fill("language_1", "Romanian")
    looks_right(officer)
    officer.press("Save the plan")
    officer.must_say("Unannounced", "interpreter not booked")
    officer.open("visit_calendar")
    officer.must_say(inspection.reference)
    looks_right(officer)
    holder.open("own_inspections")
    holder.must_say("We have sent you no report.", "No corrective action is needed.")

    officer.open("add_evidence", inspection.reference)
    officer.choose("kind", "photograph")
    officer.page.set_input_files("[name=file]", {"name": "rota.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    officer.fill("description", "The rota on the wall of the canteen.")
    fill_day(officer, "taken_on")
    officer.fill("taken_time", "00:01")
    officer.page.check("[name=standards][value='2.4']")
    officer.choose("for_business", "yes")
    officer.press("Enter")
    officer.must_say("The rota on the wall of the canteen.", "Chain of custody")
    looks_right(officer)
    found(officer, inspection)
    signed(inspection, at=timezone.now())
    officer.open("inspection_visit", inspection.reference)
    fill_day(officer, "visited_on")
    officer.fill("summary", "Ioana at the gate showed us the hours.")
    officer.press("Save and continue")
    officer.open("word_for_business", inspection.reference)
    officer.fill("part-summary", "We saw the hours at the gate.")
    officer.press("Save")
    officer.open("report_inspection", inspection.reference)
    officer.press("Report")

    second.open("return_inspection", inspection.reference)
    second.fill("because", "Say which payslips.")
    second.press("Return for correction")
    officer.open("inspection_section", inspection.reference, 2)
    officer.must_say("2.4")
    officer.fill("evidence-2.4", "Payslips 14 to 19 show it.")
    officer.press("Save and continue")
    officer.open("report_inspection", inspection.reference)
    officer.press("Report")
    second.open("inspection_versions", inspection.reference)
    second.must_say("Say which payslips.", "Payslips of May show it for 2.4.", "Payslips 14 to 19 show it.")
    looks_right(second)
    second.open("inspection_contradictions", inspection.reference)
    second.must_say("The visit was not made on the planned day.")
    for because in (
        "There were too few workers to select some at random.",
        "It was open a day earlier than we had heard.",
    ):
        second.follow("Accept it")
        second.fill("because", because)
        second.press("Accept")
    second.must_say("Every contradiction that must be answered has been answered.")
    second.open("confirm_inspection", inspection.reference)
    second.press("Confirm")
    second.open("report_for_business", inspection.reference)
    second.must_say("We saw the hours at the gate.")
    second.press("Send it to the business")
    second.press("Send")

    holder.open("home")
    holder.follow("Reply to the report of our inspection")
    holder.must_say("Payslips 14 to 19 show it.", "We saw the hours at the gate.", "SHA-256")
    assert "Ioana" not in holder.text
    looks_right(holder)
    holder.fill("text", "We write the hours down now.")
    holder.press("Send your reply")
    holder.must_say("We write the hours down now.")

    officer.open("inspection", inspection.reference)
    officer.press("Ask the business to put something right")
    officer.choose("standard", "2.4")
    officer.fill("action", "Send the sheets of December.")
    fill_day(officer, "due_on", days=28)
    officer.press("Ask")
    holder.open("home")
    holder.follow("Show that the corrective action is done")
    holder.must_say("Send the sheets of December.")
    holder.fill("text", "Here they are.")
    sheets: FilePayload = {"name": "sheets.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    holder.page.set_input_files("[name=documents]", sheets)
    looks_right(holder)
    holder.press("Send")
    officer.open("follow_ups", query="?mine=on")
    officer.follow(str(business))
    officer.must_say("Here they are.")
    looks_right(officer)
    officer.press("Corrective action completed")
    officer.fill("because", "Every hour is there.")
    officer.press("Corrective action completed")
    holder.open("own_inspections")
    holder.must_say("Corrective action completed")

    assert FollowUp.objects.get().status == FollowUpStatus.MET
    assert ReportVersion.objects.count() == 2
    for desk in (officer, second, holder):
        assert desk.complaints == []
