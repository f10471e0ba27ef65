"""An applicant is asked for two things, saves one, is given more time by a message, keeps silent, and is refused by another person."""

from datetime import timedelta

import pytest

from licensing import jobs
from licensing.decisions.models.decisions import Decision
from licensing.requests.models import InformationRequest
from registry.tasks import jobs as tasks
from registry.tasks import queries
from tests import stories
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.licensing.stories import an_application_checked, day
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_request_ends_with_the_applicants_silence(sit_down: SitDown, set_clock: SetClock) -> None:
    case = an_application_checked()
    officer, applicant = sit_down(person("case_officer")), sit_down(stories.holder_of(case.organisation))
    officer.open("application", case.reference)
    officer.press("Ask the applicant")
    officer.fill("item-0-text", "Who signs the agreement?")
    officer.press("Add another")
    officer.choose("item-1-document", "agreement")
    officer.fill("due_on", day(14))
    officer.press("Ask")
    request = InformationRequest.objects.get()

    applicant.open("application_tasks", case.reference)
    applicant.follow("Answer our question")
    applicant.must_say("Who signs the agreement?", "2 answers are missing.")
    applicant.fill("answer_1", "Our director.")
    applicant.press("Save and send later")
    applicant.must_say("1 answer is missing.")
    applicant.follow("Ask for more time")
    applicant.fill("wanted_on", day(30))
    applicant.fill("because", "Our solicitor has the agreement.")
    applicant.press("Ask for more time")
    applicant.must_say("You have asked for time until 2 December 2026.")

    officer.open("write_to_applicant", case.reference)
    officer.fill("text", "You have until 23 November.")
    officer.choose("extends", request.reference)
    officer.fill("until", day(21))
    officer.press("Send the message")
    applicant.open("answer_request", case.reference, request.reference)
    applicant.must_say("Answer by 23 November 2026.")

    set_clock(NOW + timedelta(days=18))
    assert jobs.remind_of_requests(at=NOW + timedelta(days=18)) == 1
    set_clock(NOW + timedelta(days=22))
    jobs.let_requests_lapse(at=NOW + timedelta(days=22))
    officer, applicant = sit_down(person("case_officer")), sit_down(stories.holder_of(case.organisation))
    applicant.open("answer_request", case.reference, request.reference)
    applicant.must_say("You can still answer until we decide.")
    officer.open("application", case.reference)
    officer.must_say(f"The applicant did not answer {request.reference} in time.")
    officer.unfold("Requests to the applicant")
    officer.press("Propose to refuse for want of reply")
    officer.fill("because", "We cannot decide without the agreement.")
    officer.press("Propose")

    assert officer.problems == applicant.problems == []
    proposed = Decision.objects.get()
    assert proposed.grounds.get().exhibits.get().request == request
    is_refused_by_another(sit_down, set_clock, proposed)


def is_refused_by_another(sit_down: SitDown, set_clock: SetClock, proposed: Decision) -> None:
    """The notice is sent, the time to reply passes, and the decision is in the work of someone who did not propose it."""
    proposer = sit_down(proposed.proposed_by)
    proposer.open("staff_home")
    proposer.open_row("Send the notice of the proposal")
    proposer.press("Notify the subject")
    proposer.press("Notify")
    proposed.refresh_from_db()
    assert proposed.reply_by

    after = NOW + timedelta(days=(proposed.reply_by - NOW.date()).days + 1)
    set_clock(after)
    tasks.open_due(at=after)
    decider = sit_down(person("decision_maker"))
    decider.open("staff_home")
    decider.open_row("Decide the proposal")
    decider.press("Refuse the application")
    decider.choose("upheld_1", "yes")
    decider.fill("concluded_1", "The agreement has not come.")
    decider.fill("because", "We cannot see who is in charge.")
    decider.press("Refuse the application")

    assert decider.problems == []
    assert proposed.application
    proposed.application.refresh_from_db()
    assert proposed.application.status == "refused"
    assert list(queries.faults(after)) == []
