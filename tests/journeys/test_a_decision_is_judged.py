"""A refusal that a decision maker returns twice, then decides otherwise; another decision maker grants, and both sides read it."""

from datetime import timedelta

import pytest

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import a_refusal_proposed, an_application_checked, later
from tests.people import person
from tests.stories import holder_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def returned(desk: Desk, refusal: Decision, comments: str) -> None:
    desk.open("decision", refusal.reference)
    desk.press("Return to the proposer with comments")
    desk.fill("comments", comments)
    desk.fill("due_on", (NOW + timedelta(days=7)).date())
    desk.press("Return")
    desk.must_say(comments)


def answered(sit_down: SitDown, officer: User, refusal: Decision, comments: str, answer: str) -> None:
    """From the tasks of who proposed it."""
    desk = sit_down(officer)
    desk.open("decision", refusal.reference)
    desk.must_say(comments)
    desk.press("Answer")
    desk.fill("answer", answer)
    desk.press("Answer")
    desk.must_say(answer)
    desk.close()


def test_a_refusal_is_returned_twice_and_then_decided_otherwise(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    officer, maker, another = person("case_officer"), person("decision_maker"), person("decision_maker")
    application = an_application_checked()
    refusal = a_refusal_proposed(application, by=officer)

    judge = sit_down(maker)
    returned(judge, refusal, "Which of the two houses is meant?")
    judge.open("decision", refusal.reference)
    judge.must_say("Not available yet: Refuse")
    answered(sit_down, officer, refusal, "Which of the two houses is meant?", "The one in Mill Lane.")
    returned(judge, refusal, "The licence holder does not own that one.")
    answered(
        sit_down, officer, refusal, "The licence holder does not own that one.", "That is right: it is let to a tenant."
    )

    judge.open("decision", refusal.reference)
    judge.press("Grant instead")
    judge.fill("because", "The house is not the applicant's, so nothing is wrong with it.")
    judge.press("Propose")
    granting = Decision.objects.get(instead_of=refusal)
    judge.must_say("The house is not the applicant's")
    judge.must_say("Not available yet")

    second = sit_down(another)
    second.open("decide", granting.reference)
    second.must_say("The house is not the applicant's, so nothing is wrong with it.")
    second.fill("because", "I agree: the ground does not hold.")
    second.press("Grant the licence")

    refusal.refresh_from_db()
    application.refresh_from_db()
    assert refusal.status == "not_agreed" and application.status == "granted"
    told = sit_down(officer)
    told.open("decision", refusal.reference)
    told.must_say("Not agreed", "The house is not the applicant's")
    set_clock(later(1))
    applicant = sit_down(holder_of(application.organisation))
    applicant.open("licences")
    assert application.licence is not None
    applicant.must_say(application.licence.number)
