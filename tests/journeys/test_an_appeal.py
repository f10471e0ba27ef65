"""Two appeals, each in a browser: a refusal that is heard, decided and overturned; a revocation appealed against while still licensed."""

from datetime import date, datetime, timedelta

import pytest

from licensing.appeals.models import Appeal
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.appeals.world import DECIDED, a_revocation_to_come
from tests.licensing.stories import a_refusal_proposed, an_application_checked, decided, later, notified
from tests.people import person
from tests.registry.uploads import pdfs
from tests.stories import holder_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def an_appeal_arrives(desk: Desk, decision: Decision, on: date) -> str:
    """From the page of the decision: what the secretariat has, and its copy."""
    desk.open("decision", decision.reference)
    desk.press("Write down an appeal")
    desk.fill("received_on", on)
    desk.fill("grounds", "The photographs are of another house.")
    desk.press("Write it down")
    reference = desk.slug
    desk.press("Record that the copy has come")
    desk.fill("copied_on", on)
    desk.press("Record that the copy has come")
    desk.must_say("Waiting for our reply", "Reply of the authority to the appeal")
    return reference


def it_is_heard_and_decided(desk: Desk, reference: str, on: date, *, outcome: str, effect_on: date) -> None:
    desk.open("appeal", reference)
    desk.press("Record our reply")
    desk.fill("replied_on", on)
    desk.fill("reply_text", "It is the right house.")
    desk.press("Record our reply")
    desk.press("Record what the tribunal decided")
    desk.choose("outcome", outcome)
    desk.fill("ended_on", on)
    desk.fill("effect_on", effect_on)
    desk.fill("outcome_because", "The evidence.")
    paper = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": pdfs.a_pdf()}
    desk.page.set_input_files("[name=documents]", paper)  # type: ignore[arg-type]
    desk.press("Record what the tribunal decided")
    desk.must_say("Ended, to be carried out", "decision.pdf")


def somebody_else_carries_it_out(sit_down: SitDown, reference: str, decider: User) -> Desk:
    desk = sit_down(decider)
    desk.open("appeals", query="?status=ended")
    desk.follow(reference)
    desk.press("Carry out the outcome")
    desk.press("Carry out the outcome")
    desk.must_say("Closed")
    return desk


def test_a_refusal_is_replied_to_decided_and_allowed_on_appeal(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    application = an_application_checked()
    refusal = notified(a_refusal_proposed(application))
    applicant = holder_of(application.organisation)
    desk = sit_down(applicant)
    desk.open("reply_about_application", application.reference, refusal.reference)
    desk.fill("text", "We disagree with all of it.")
    desk.page.locator("[name='is_whole']").check(force=True)
    desk.press("Send the reply")

    set_clock(later(1))
    decider = sit_down(person("decision_maker"))
    decider.open("decide", refusal.reference)
    decider.must_say("We disagree with all of it.")
    decider.choose("upheld_1", "yes")
    decider.fill("concluded_1", "It holds.")
    decider.fill("because", "The standard is not met.")
    decider.press("Refuse the application")

    desk = sit_down(applicant)
    desk.open("licences")
    desk.follow(f"Refuse, {refusal.reference}")
    desk.must_say("Alexandra House", "Your appeal must be received by")
    desk.press("We have appealed")
    desk.must_say("Nothing waits for it until then")
    officer = sit_down(person("case_officer"))
    officer.open("appeals", query="?status=told")
    officer.must_say(application.reference)
    reference = an_appeal_arrives(officer, refusal, later(1).date())
    it_is_heard_and_decided(officer, reference, later(1).date(), outcome="allowed", effect_on=later(1).date())
    somebody_else_carries_it_out(sit_down, reference, person("decision_maker"))

    application.refresh_from_db()
    assert application.licence is not None
    anybody = sit_down()
    anybody.open("entry", application.licence.number)
    anybody.must_say(f"{application.organisation.legal_name} is licensed, from")
    desk.open("licences")
    desk.must_say("Allowed", application.licence.number)


def test_a_revocation_is_appealed_against_while_the_licence_goes_on(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(DECIDED)
    revocation = a_revocation_to_come()
    licence = revocation.licence
    assert licence is not None
    anybody, officer = sit_down(), sit_down(person("case_officer"))
    anybody.open("entry", licence.number)
    anybody.must_say("Losing its licence on 16 December 2026", "not licensed from 16 December 2026")

    reference = an_appeal_arrives(officer, revocation, DECIDED.date())
    anybody.open("entry", licence.number)
    anybody.must_say("It is licensed until the appeal is decided, and until the end of 1 November 2027 at the latest.")
    anybody.must_say("The holder has appealed against the revocation: licensed until the appeal is decided.")
    holder = sit_down(holder_of(revocation.organisation))
    holder.open("licences")
    holder.follow(f"Revoke, {revocation.reference}")
    holder.must_say("The licence goes on.", "Waiting for our reply")

    on = datetime(2027, 1, 11, 10, tzinfo=NOW.tzinfo)
    it_is_heard_and_decided(officer, reference, DECIDED.date(), outcome="dismissed", effect_on=on.date())
    somebody_else_carries_it_out(sit_down, reference, person("decision_maker"))
    anybody.open("entry", licence.number)
    anybody.must_say("It is licensed until the end of 10 January 2027, and not licensed from 11 January 2027")
    set_clock(on + timedelta(hours=1))
    anybody.open("entry", licence.number)
    anybody.must_say("was licensed until 10 January 2027. We took the licence away")
    assert Appeal.objects.get().status == "closed"


def test_what_the_tribunal_sends_back_is_decided_again(sit_down: SitDown, set_clock: SetClock) -> None:
    """A refusal is undone, its applicant waits for the authority, and the officer proposes again from a letter on the file."""
    set_clock(DECIDED)
    refusal = decided(notified(a_refusal_proposed(an_application_checked())), at=DECIDED)
    application, officer = refusal.application, sit_down(person("case_officer"))
    assert application is not None
    reference = an_appeal_arrives(officer, refusal, DECIDED.date())
    it_is_heard_and_decided(officer, reference, DECIDED.date(), outcome="remitted", effect_on=DECIDED.date())

    decider = sit_down(person("decision_maker"))
    decider.open("appeal", reference)
    decider.must_say("The application is assessed again, and we decide again.")
    decider.press("Undo the decision, to decide again")
    decider.press("Undo the decision, to decide again")
    decider.must_say("Sent back, to be decided again")

    applicant = sit_down(holder_of(application.organisation))
    applicant.open("own_appeal", refusal.reference)
    applicant.must_say("We decide again what the tribunal sent back to us")

    officer.open("application", application.reference)
    officer.press("Add to the file")
    officer.choose("kind", "letter")
    officer.fill("title", "Letter of the landlord")
    paper = {"name": "landlord.pdf", "mimeType": "application/pdf", "buffer": pdfs.a_pdf()}
    officer.page.set_input_files("[name=documents]", paper)  # type: ignore[arg-type]
    officer.page.locator("[name='may_be_shown']").check(force=True)
    officer.press("Add to the file")
    officer.must_say("Letter of the landlord", "landlord.pdf", "On the file", "A decision can rely on it.")
    officer.open("correspondence", application.reference)
    officer.must_say("Letter of the landlord", "Your appeal has ended")
