"""A report reaches a visit, the visit reaches licensing, and the reporter hears that we acted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from licensing.decisions.actions import proposals
from registry.licences.models import Licence
from tests.compliance.hand_overs.world import CANARY, CLEARED, HEARD, WHY
from tests.compliance.reports.world import a_report
from tests.compliance.stories import findings, signed
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import FAILING, GROUND, a_licence
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_handed_over(analyst: Desk, report: Report) -> None:
    analyst.open("staff_report", report.reference)
    analyst.fill("because", WHY)
    analyst.press("Open")
    analyst.press("Begin")
    analyst.press("Begin")
    analyst.press("Decide what to do with the report")
    analyst.choose("decision", "inspection")
    analyst.fill("because", WHY)
    analyst.press("Save")
    assert analyst.problems == ["Write the text for those who act on it, in 10 characters or more."]
    analyst.fill("cleared", CLEARED)
    analyst.press("Save")
    analyst.must_say("Handed over", "Waiting for action")


def is_commissioned(officer: Desk, licence: Licence) -> Inspection:
    inspector = person("inspector", name="Ifan Price")
    officer.open("staff_home")
    officer.follow("Reports and intelligence handed over")
    officer.open_row(licence.organisation.legal_name)
    officer.must_say(CLEARED, licence.number)
    assert CANARY not in officer.text
    officer.press("Commission a visit")
    officer.choose("inspector", inspector.reference)
    officer.fill("due_on", timezone.localdate() + timedelta(days=10))
    officer.press("Commission a visit")
    visit = Inspection.objects.get()
    officer.must_say(visit.reference, CLEARED)
    return visit


def is_made(visit: Inspection) -> None:
    at = timezone.now()
    signed(visit)
    inspections.record_findings(
        visit,
        findings=findings(visit, *FAILING),
        summary="At the office.",
        visited_on=timezone.localdate(at),
        by=visit.inspector,
        at=at,
    )
    inspections.report(visit, by=visit.inspector, at=at)


def test_from_a_report_to_a_visit_to_a_proposal_and_back_to_the_reporter(sit_down: SitDown) -> None:
    licence = a_licence()
    report = a_report(text=HEARD, about_number=licence.number, language="pl", at=timezone.now())
    analyst, officer = sit_down(person("intelligence_analyst")), sit_down(proposer := person("case_officer"))

    is_handed_over(analyst, report)
    visit = is_commissioned(officer, licence)
    is_made(visit)
    reviewer = sit_down(person("quality_reviewer"))
    reviewer.open("inspection", visit.reference)
    reviewer.press("Confirm")
    reviewer.press("Confirm")

    officer.open("staff_home")
    officer.follow("Outcomes of inspections")
    officer.open_row(licence.organisation.legal_name)
    officer.must_say("To be considered", "Propose no action, and why", licence.number)
    officer.follow(licence.number)
    officer.must_say("Outcomes of inspections", "To be considered")
    proposals.propose(
        licence,
        kind="revoke",
        because="Workers were not paid.",
        takes_effect=timezone.localdate() + timedelta(days=60),
        grounds=[GROUND],
        inspections=[visit],
        by=proposer,
        at=timezone.now(),
    )
    officer.open("finding", visit.reference)
    officer.must_say("Considered")

    analyst.open("staff_report", report.reference)
    analyst.must_say("Answered", "Visit made: standards were not met", *FAILING)
    analyst.follow(report.hand_overs.get().reference)
    analyst.press("Read the result and tell the reporter")
    analyst.page.get_by_label("Tell the reporter in the mailbox").check(force=True)
    analyst.press("Save and close")
    analyst.must_say("Thank you for your report.", "Dziękujemy za zgłoszenie.", "Closed")
