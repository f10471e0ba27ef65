"""An officer asks another authority; what it replies may go no further; the case is inspected for it, and then granted.

The reply is read by those who weigh the case, and by nobody else whom the story meets.
"""

import pytest
from django.core import mail

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from config.management.commands.run_due import run_due
from licensing.applications.models import Application
from licensing.checks.models import Reply
from licensing.decisions.rules.proposals import GivenCondition
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.licences.models import Licence
from tests.compliance.stories import findings, signed
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.checks.agencies import EVIDENCE, a_partner, an_agency
from tests.licensing.stories import TODAY, a_grant_proposed, an_application_checked, day, decided
from tests.people import person
from tests.stories import an_application_being_assessed, holder_of

pytestmark = pytest.mark.browser

PHONE = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
SUM, FIRM = "48,211", "Dyffryn Labour Ltd"
REASON = "Another authority answered that there is something against the organisation or a person in it."


def test_an_adverse_reply_that_may_go_no_further_leads_to_an_inspection(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    agency = an_agency()
    an_agency("Revenue of the Marches")
    at_the_desk, visits = person("case_officer"), person("inspector")
    case = an_application_being_assessed(case_officer=at_the_desk)
    officer = sit_down(at_the_desk)

    the_officer_asks(officer, case, agency)
    the_authority_answers(sit_down(a_partner(agency), **PHONE))
    the_case_says_why_to_inspect(officer, case)
    the_officer_sends(officer, visits, case)
    inspection = Inspection.objects.get()
    inspector = sit_down(visits)
    inspector.open("inspection", inspection.reference)
    inspector.must_say(FIRM)
    assert SUM not in inspector.text

    licence = it_is_inspected_and_granted(case, inspection)
    holder = sit_down(holder_of(case.organisation))
    holder.open("licence", licence.number)
    holder.must_say("Pay what is owed by the day that was agreed.")
    assert SUM not in holder.text
    assert [one.complaints for one in (officer, inspector, holder)] == [[], [], []]


def the_officer_asks(officer: Desk, case: Application, agency: Agency) -> None:
    """Two authorities answer such checks, so that somebody has to choose."""
    officer.open("staff_home")
    officer.follow("Checks")
    officer.open_row("Tax, National Insurance and VAT", case.reference)
    officer.follow("Put it to an authority")
    officer.choose("agency", agency.reference)
    officer.press("Put it to this authority")
    officer.must_say(str(agency))
    run_due(NOW)
    told = [str(one.body) for one in mail.outbox if one.to == [agency.email]]
    assert len(told) == 1 and FIRM not in told[0], "a mailbox is read by more people"


def the_authority_answers(partner: Desk) -> None:
    """On a small telephone without scripts; what was typed is kept when something is missing."""
    partner.open("staff_home")
    partner.follow("Checks put to us")
    partner.open_row(FIRM)
    partner.must_say("Are returns missing?")
    partner.choose("result", "adverse")
    partner.fill("evidence", EVIDENCE)
    partner.press("Send the answer")
    assert partner.problems == ["Say whether it may be shown to the subject.", "Say whether it may be passed on."]
    assert partner.page.locator("[name=evidence]").input_value() == EVIDENCE
    partner.choose("may_be_shown_to_subject", "no")
    partner.choose("may_be_passed_on", "no")
    partner.press("Send the answer")
    partner.must_say("What you have answered", EVIDENCE)
    assert Reply.objects.get(result="adverse").recorded_by == partner.user


def the_case_says_why_to_inspect(officer: Desk, case: Application) -> None:
    officer.open("application", case.reference)
    officer.must_say(
        "Adverse", EVIDENCE, "not for the business that it is about", "Why an inspection is called for", REASON
    )


def the_officer_sends(officer: Desk, inspector: User, case: Application) -> None:
    """The brief goes to somebody who may not read the reply."""
    officer.open("commission_for_application", case.reference)
    officer.fill("brief", EVIDENCE)
    officer.choose("inspector", inspector.reference)
    officer.fill("due_on", day(21))
    officer.press("Commission the inspection")
    assert "which may not be passed on" in officer.problems[0]
    officer.fill("brief", "See how wages and deductions are written down.")
    officer.press("Commission the inspection")
    assert officer.problems == []


def it_is_inspected_and_granted(case: Application, inspection: Inspection) -> Licence:
    signed(inspection)
    inspections.record_findings(
        inspection,
        findings=findings(inspection, "1.4"),
        summary="Visited the office.",
        business_comments="",
        visited_on=TODAY,
        by=inspection.inspector,
        at=NOW,
    )
    inspections.report(inspection, by=inspection.inspector, at=NOW)
    inspections.confirm(inspection, by=person("quality_reviewer"), at=NOW)
    condition = GivenCondition("1.4", "Pay what is owed by the day that was agreed.", day(60))
    decided(a_grant_proposed(an_application_checked(case), conditions=[condition], inspections=[inspection]))
    return Licence.objects.get()
