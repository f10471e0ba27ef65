"""Three decisions by the pages: an applicant is heard and refused, a licence is lost at once, a condition is met."""

from datetime import timedelta

import pytest

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.licences.models import Licence
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import TODAY, a_licence, an_application_checked
from tests.people import person
from tests.registry.stories import a_condition
from tests.stories import a_provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM = "Dyffryn Labour Ltd"
WRONG, SHOWN = "Eight workers sleep in one room.", "The photographs of 2 October show it."


def held_by(holder: User) -> Licence:
    return a_licence(a_provider(FIRM, by=holder))


def proposes(officer: Desk, why: str) -> Decision:
    """One ground with its evidence, put before another; and the subject is told."""
    officer.choose("ground-0-standard", "3.1")
    officer.fill("ground-0-text", WRONG)
    officer.fill("ground-0-evidence", SHOWN)
    officer.fill("because", why)
    officer.press("Propose")
    assert officer.problems == []
    decision = Decision.objects.latest("pk")
    officer.press("Notify the subject")
    officer.press("Notify")
    officer.must_say("Notified")
    return decision


def decides(decider: Desk, decision: Decision, press: str, *reads: str, grounds: int = 1, despite: str = "") -> None:
    """Nothing is taken without a conclusion on each ground and reasons of one's own; nor, where something is open, without saying why."""
    decider.open("decision", decision.reference)
    decider.press(press)
    decider.must_say(*reads)
    for number in range(1, grounds + 1):
        decider.choose(f"upheld_{number}", "yes")
        decider.fill(f"concluded_{number}", "It was so on the day, and is so still.")
    decider.fill("because", "It was seen, said and answered; this is what follows.")
    if despite:
        decider.fill("despite", despite)
    decider.press(press)
    assert decider.problems == []
    decider.must_say("Decided")
    assert decider.complaints == []


def test_an_applicant_is_heard_and_refused(sit_down: SitDown) -> None:
    applicant = person("applicant", name="Angharad Rees")
    application = an_application_checked(organisation=a_provider(FIRM, by=applicant))
    officer = sit_down(person("case_officer"))
    officer.open("application", application.reference)
    officer.press("Propose to refuse")
    decision = proposes(officer, "A critical standard is not met.")
    decider = sit_down(person("decision_maker"))
    decider.open("decision", decision.reference)
    decider.must_say("The subject may still reply.")

    desk = sit_down(applicant)
    desk.open("reply_about_application", application.reference, decision.reference)
    desk.must_say(WRONG, SHOWN, "You may reply until")
    desk.fill("to_1", "Four of them have moved out.")
    desk.page.get_by_label("This is all that we wish to say").check(force=True)
    desk.press("Send the reply")
    decides(decider, decision, "Refuse the application", "Four of them have moved out.")

    desk.open("reply_about_application", application.reference, decision.reference)
    desk.must_say("We upheld this ground", "It was so on the day")
    application.refresh_from_db()
    assert application.status == "refused"


def test_a_licence_is_lost_at_once(sit_down: SitDown) -> None:
    licence = held_by(person("applicant", name="Angharad Rees"))
    officer = sit_down(person("case_officer"))
    officer.open("propose_revoke", licence.number)
    officer.page.get_by_label("With immediate effect").check(force=True)
    officer.fill("immediate_because", "Workers would go unpaid for weeks.")
    officer.fill("takes_effect", TODAY)
    decision = proposes(officer, "Workers would come to harm meanwhile.")

    decides(sit_down(person("decision_maker")), decision, "Revoke the licence", WRONG)

    worker = sit_down()
    worker.open("entry", licence.number)
    worker.must_say("We took the licence away: it has not been licensed since")


def test_a_condition_is_met(sit_down: SitDown) -> None:
    holder = person("applicant", name="Angharad Rees")
    condition = a_condition(held_by(holder), due_on=TODAY + timedelta(days=28))
    number, requirement = condition.licence.number, condition.requirement
    worker = sit_down()
    worker.open("entry", number)
    worker.must_say(requirement)
    desk = sit_down(holder)
    desk.open("send_evidence", number, condition.reference)
    desk.fill("text", "The hours of July and August.")
    desk.press("Send it")

    officer = sit_down(person("case_officer"))
    officer.open("staff_licence", number)
    officer.must_say("The hours of July and August.", "The condition has not been checked")
    officer.follow("Check it at the desk")
    officer.press("Keep what you found")
    assert officer.problems == ["Say whether the condition is met.", "Say what you have looked at, and what it shows."]
    officer.choose("is_met", "yes")
    officer.fill("text", "Every worker's hours of both months are there.")
    officer.press("Keep what you found")
    officer.follow("Propose to discharge the condition")
    officer.fill("because", "What the holder sent shows it.")
    officer.press("Propose")
    assert officer.problems == []
    decision = Decision.objects.latest("pk")
    decides(sit_down(person("decision_maker")), decision, "Discharge the condition", requirement, grounds=0)

    worker.open("entry", number)
    assert requirement not in worker.text
    worker.must_say(f"{FIRM} is licensed")
    assert desk.complaints + officer.complaints == []
