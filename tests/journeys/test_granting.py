"""Two grants by the pages: one with nothing in its way; one after an adverse reply and a visit, with a condition that is then met."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

import pytest

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.licences.models import Condition, Licence
from tests import stories
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.test_from_application_to_revocation import Scene, a_quality_reviewer_confirms, an_inspector_reports
from tests.journeys.test_what_is_decided import decides
from tests.licensing.stories import TODAY, a_check_answered, an_application_checked, day
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM = "Dyffryn Labour Ltd"
WANTED = "Give every worker a payslip."
SEATS = {
    "case-officer": ("case_officer", "Owen Price"),
    "inspector": ("inspector", "Callum Reid"),
    "quality": ("quality_reviewer", "Nia Bevan"),
}


@dataclass(slots=True)
class Seats:
    """Who of the authority sits where; each begins where staff begin."""

    sit_down: SitDown
    people: dict[str, User] = field(default_factory=dict)

    def seat(self, who: str) -> Desk:
        role, name = SEATS[who]
        if who not in self.people:
            self.people[who] = person(role, name=name)
        desk = self.sit_down(self.people[who])
        desk.open("home")
        return desk


def proposes_to_grant(officer: Desk, reference: str, **condition: Any) -> Decision:
    officer.open("application", reference)
    officer.press("Propose to grant")
    officer.fill("starts", TODAY)
    officer.fill("because", "The standards are met, or will be.")
    for name, value in condition.items():
        if name == "standard":
            officer.choose("condition-0-standard", value)
        else:
            officer.fill(f"condition-0-{name}", value)
    officer.press("Propose")
    assert officer.problems == []
    return Decision.objects.latest("pk")


def test_a_clean_application_is_granted_without_a_hearing(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    applicant = person("applicant", name="Angharad Rees")
    application = an_application_checked(organisation=stories.a_provider(FIRM, by=applicant))
    officer = sit_down(person("case_officer"))
    decision = proposes_to_grant(officer, application.reference)

    decides(sit_down(person("decision_maker")), decision, "Grant the licence", "Licensed", grounds=0)

    worker = sit_down()
    worker.open("check", query=f"?q={FIRM.split()[0]}")
    worker.follow(FIRM)
    worker.must_say(f"{FIRM} is licensed")
    assert "condition" not in worker.page.locator("h1").inner_text()
    desk = sit_down(applicant)
    desk.open("licences")
    desk.must_say(Licence.objects.get().number)


def test_an_adverse_reply_leads_to_a_visit_a_condition_and_its_being_met(
    sit_down: SitDown, set_clock: SetClock
) -> None:
    set_clock(NOW)
    holder, seats = person("applicant", name="Angharad Rees"), Seats(sit_down)
    application = stories.an_application_being_assessed(organisation=stories.a_provider(FIRM, by=holder))
    others_answered(application, all_but=1)
    officer = seats.seat("case-officer")
    another_authority_replies_that_something_is_wrong(officer, application.reference)
    officer.open("application", application.reference)
    officer.must_say("Another authority answered that there is something against")
    a_visit_is_commissioned(officer, seats, application.reference)
    inspection = an_inspector_reports(cast(Scene, seats), TODAY, "1.4")
    a_quality_reviewer_confirms(cast(Scene, seats), inspection)

    decision = proposes_to_grant(officer, application.reference, standard="1.4", requirement=WANTED, due_on=day(60))
    decider = person("decision_maker")
    decides(
        sit_down(decider), decision, "Grant the licence", WANTED, grounds=0, despite="They have the report by hand."
    )
    licence = Licence.objects.get()
    worker = sit_down()
    worker.open("entry", licence.number)
    worker.must_say(WANTED)

    set_clock(NOW + timedelta(days=1))
    it_is_met(sit_down, seats, holder, licence.conditions.get(), decider)
    worker.open("entry", licence.number)
    worker.must_say(f"{FIRM} is licensed")
    assert WANTED not in worker.text


def others_answered(application: Any, *, all_but: int) -> None:
    waiting = list(application.checks.unanswered().of_others().order_by("pk"))
    for one in waiting[all_but:]:
        a_check_answered(one)


def another_authority_replies_that_something_is_wrong(officer: Desk, reference: str) -> None:
    officer.open("application", reference)
    officer.follow("Record the reply")
    officer.choose("result", "adverse")
    officer.fill("evidence", "Two returns are missing.")
    officer.fill("replied_on", TODAY)
    officer.press("Record the reply")
    assert officer.problems == []


def a_visit_is_commissioned(officer: Desk, seats: Seats, reference: str) -> None:
    seats.people["inspector"] = person("inspector", name="Callum Reid")
    officer.open("commission_for_application", reference)
    officer.fill("brief", "See how hours and pay are written down.")
    officer.page.locator("select[name=inspector]").select_option(label="Callum Reid")
    officer.fill("due_on", date(2027, 3, 1))
    officer.press("Commission the inspection")
    assert officer.problems == []


def it_is_met(sit_down: SitDown, seats: Seats, holder: User, condition: Condition, decider: User) -> None:
    number = condition.licence.number
    desk = sit_down(holder)
    desk.open("send_evidence", number, condition.reference)
    desk.fill("text", "Here are the payslips of November.")
    desk.press("Send it")
    officer = seats.seat("case-officer")
    officer.open("staff_licence", number)
    officer.follow("Check it at the desk")
    officer.choose("is_met", "yes")
    officer.fill("text", "Every worker has one.")
    officer.press("Keep what you found")
    officer.follow("Propose to discharge the condition")
    officer.fill("because", "What the holder sent shows it.")
    officer.press("Propose")
    decision = Decision.objects.latest("pk")
    decides(sit_down(decider), decision, "Discharge the condition", WANTED, grounds=0)
