"""From a worker's report to the register and back to the worker: seven people, each beginning at their own work.

Read it from `test_a_report_reaches_the_register_and_the_worker_hears_of_it` down.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from compliance.inspections.models import Inspection
from compliance.reports.models.reports import Report
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.tasks import jobs, queries
from tests.compliance.stories import signed
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import FAILING, a_licence
from tests.people import person
from tests.stories import holder_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_TELEPHONE = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
#: A word of the reporter's that no one who acts may read.
CANARY = "Zebrafish"
TOLD = f"{CANARY}: trzymają nasze paszporty i potrącają 60 funtów tygodniowo."
MEANT = f"{CANARY}: they keep our passports and deduct 60 pounds a week."
CLEARED = "Identity documents of workers are said to be kept at the office."
WHY = "To be seen on the spot, without saying who told us."
ENDED = "We looked into it and took action."
ENDED_IN_POLISH = "Sprawdziliśmy to i podjęliśmy działania."


@dataclass
class Loop:
    """The people, the licence that the report is about, and the time."""

    sit_down: SitDown
    set_clock: SetClock
    licence: Licence = field(default_factory=a_licence)
    at: datetime = NOW
    words: str = ""
    desks: list[Desk] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        officer = self.licence.applications.get().case_officer
        assert officer
        self.people = {
            "analyst": person("intelligence_analyst", name="Non Hughes"),
            "officer": officer,
            "inspector": person("inspector", name="Ifan Price"),
            "reviewer": person("quality_reviewer", name="Marged Ellis"),
            "decider": person("decision_maker", name="Huw Bevan"),
            "holder": holder_of(self.licence.organisation),
        }

    def seat(self, who: str) -> Desk:
        """This person, where signing in leads them: no other page is opened by its address."""
        desk = self.sit_down(self.people[who])
        desk.open("home")
        self.desks.append(desk)
        return desk

    def takes_up(self, who: str, todo: str) -> Desk:
        """This person, at the page that the task of this name opens from their own work."""
        desk = self.seat(who)
        desk.must_say("My work")
        desk.open_row(todo)
        return desk

    def worker(self) -> Desk:
        """Signed in nowhere, with a small telephone that runs no script."""
        self.desks.append(self.sit_down(**SMALL_TELEPHONE))
        return self.desks[-1]

    def wait(self, days: int) -> None:
        """Until that day, and the worker that runs each night has been."""
        self.at += timedelta(days=days)
        self.set_clock(self.at)
        jobs.open_due(at=self.at)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def test_a_report_reaches_the_register_and_the_worker_hears_of_it(sit_down: SitDown, set_clock: SetClock) -> None:
    loop = Loop(sit_down, set_clock)
    a_worker_reports_in_polish(loop)
    an_analyst_has_it_translated_and_hands_it_over(loop)
    the_case_officer_commissions_a_visit(loop)
    loop.wait(3)
    the_inspector_carries_it_out(loop)
    the_reviewer_confirms(loop)
    the_case_officer_proposes_to_revoke(loop)
    the_holder_replies(loop)
    loop.wait(2)
    the_decision_maker_revokes(loop)
    the_register_says_until_when_it_is_licensed(loop)
    the_analyst_tells_the_reporter(loop)
    the_worker_reads_in_polish_that_something_was_done(loop)
    loop.wait(70)
    the_register_says_that_it_has_ended(loop)

    assert list(queries.faults(loop.at)) == []
    assert [complaint for desk in loop.desks for complaint in desk.complaints] == []


def send_on(worker: Desk) -> None:
    worker.click(worker.page.locator("main form").last.locator("button[type=submit]:not([name])"))


def a_worker_reports_in_polish(loop: Loop) -> None:
    worker = loop.worker()
    worker.go(f"/pl/check/{loop.licence.number}/")
    worker.click(worker.page.locator("main a[href*='/pl/report/']"), "no way to report")
    worker.choose("danger", "no")
    send_on(worker)
    worker.fill("text", TOLD)
    worker.choose("kinds", "papers")
    send_on(worker)
    send_on(worker)  # who it is about is known
    worker.fill("about_place", "Karawany za pakownią")
    send_on(worker)
    send_on(worker)  # no one else is named
    worker.choose("contact", "mailbox")
    send_on(worker)
    assert worker.page.locator("[name=language]").input_value() == "pl"
    send_on(worker)
    worker.must_say(TOLD)
    send_on(worker)
    worker.must_say("Mamy Twoje zgłoszenie")
    loop.words = worker.page.locator("strong[translate=no]").inner_text()
    assert Report.objects.get().language == "pl"


def an_analyst_has_it_translated_and_hands_it_over(loop: Loop) -> None:
    analyst = loop.takes_up("analyst", "Decide what to do about the report")
    opens_the_report(analyst)
    analyst.must_say(TOLD)
    analyst.press("Begin")
    analyst.press("Begin")
    analyst.follow("Add a translation")
    for name, text in (("language", "Polish"), ("text", MEANT), ("translator", "Interpreter 114")):
        analyst.fill(name, text)
    analyst.press("Save")
    analyst.must_say(MEANT)
    analyst.press("Decide what to do with the report")
    analyst.choose("decision", "inspection")
    analyst.fill("cleared", CLEARED)
    analyst.fill("because", WHY)
    analyst.press("Save")
    analyst.must_say("Handed over", "Waiting for action")


def opens_the_report(analyst: Desk) -> None:
    analyst.fill("because", WHY)
    analyst.press("Open")


def the_case_officer_commissions_a_visit(loop: Loop) -> None:
    officer = loop.takes_up("officer", "Commission a visit, or say why not")
    officer.must_say(CLEARED, loop.licence.number)
    assert CANARY not in officer.text
    officer.press("Commission a visit")
    officer.page.locator("select[name=inspector]").select_option(label="Ifan Price")
    officer.fill("due_on", loop.today + timedelta(days=10))
    officer.press("Commission a visit")
    assert officer.problems == []


def the_inspector_carries_it_out(loop: Loop) -> None:
    inspector = loop.takes_up("inspector", "Carry out the inspection and report")
    inspector.must_say(CLEARED)
    assert CANARY not in inspector.text
    inspector.press("Record findings")
    inspector.follow("The visit")
    inspector.fill("visited_on", loop.today)
    inspector.fill("summary", "At the office, with eleven workers.")
    inspector.press("Save and continue")
    sections = inspector.page.locator('.govuk-task-list__link[href*="/findings/"]')
    for number in range(sections.count()):
        inspector.click(sections.nth(number))
        finds(inspector, FAILING)
        inspector.press("Save and continue")
    signed(Inspection.objects.latest("pk"), at=timezone.now())
    inspector.press("Read it once more and report")
    inspector.press("Report")
    inspector.must_say("Reported, to be confirmed")


def finds(inspector: Desk, unmet: tuple[str, ...]) -> None:
    for one in inspector.page.locator("input[type=radio][value=met]").all():
        code = str(one.get_attribute("name")).removeprefix("finding-")
        inspector.choose(f"finding-{code}", "not_met" if code in unmet else "met")
        seen = "Nine passports were in the drawer." if code in unmet else "Asked of eleven workers."
        inspector.fill(f"evidence-{code}", seen)


def the_reviewer_confirms(loop: Loop) -> None:
    reviewer = loop.takes_up("reviewer", "Confirm the inspection report or return it")
    reviewer.press("Confirm")
    reviewer.press("Confirm")
    reviewer.follow("What the business reads, and what it says")
    reviewer.press("Send it to the business")
    reviewer.press("Send")
    assert Inspection.objects.get().status == "confirmed"


def the_case_officer_proposes_to_revoke(loop: Loop) -> None:
    officer = loop.takes_up("officer", "Consider the outcome of the inspection")
    officer.must_say("failed", *FAILING)
    officer.follow(loop.licence.number)
    officer.press("Propose to revoke")
    officer.fill("takes_effect", loop.today + timedelta(days=60))
    officer.fill("because", "The documents of workers are kept from them.")
    officer.press("Propose")
    assert officer.problems == []
    officer = loop.takes_up("officer", "Send the notice of the proposal")
    officer.press("Notify the subject")
    officer.press("Notify")
    officer.must_say("Notified")
    assert [one.inspection for one in Decision.objects.get(kind="revoke").findings.all()] == [Inspection.objects.get()]


def the_holder_replies(loop: Loop) -> None:
    holder = loop.seat("holder")
    holder.follow("Reply to our notice, if you want to")
    holder.must_say("You may reply until")
    assert CANARY not in holder.text
    holder.fill("text", "We have given all passports back.")
    holder.page.get_by_label("This is all that we wish to say").check(force=True)
    holder.press("Send the reply")
    holder.must_say("We have given all passports back.")


def the_decision_maker_revokes(loop: Loop) -> None:
    decider = loop.takes_up("decider", "Decide the proposal")
    decider.must_say("We have given all passports back.")
    decider.press("Revoke the licence")
    for number, _standard in enumerate(FAILING, start=1):
        decider.choose(f"upheld_{number}", "yes")
        decider.fill(f"concluded_{number}", "It was so on the day of the visit.")
    decider.fill("because", "Workers cannot leave without their documents.")
    decider.press("Revoke the licence")
    assert decider.problems == []
    decider.must_say("Decided")


def the_register_says_until_when_it_is_licensed(loop: Loop) -> None:
    worker = loop.worker()
    worker.go(f"/check/{loop.licence.number}/")
    worker.must_say("It is licensed until the end of", "and not licensed from")


def the_analyst_tells_the_reporter(loop: Loop) -> None:
    analyst = loop.takes_up("analyst", "Read the result and tell the reporter")
    analyst.press("Read the result and tell the reporter")
    analyst.page.get_by_label("Tell the reporter in the mailbox").check(force=True)
    analyst.press("Save and close")
    analyst = loop.takes_up("analyst", "Tell the reporter the outcome and close the report")
    opens_the_report(analyst)
    analyst.press("Close")
    analyst.choose("ending", "own")
    for name, text in (("outcome", ENDED), ("translation", ENDED_IN_POLISH), ("translator", "Interpreter 114")):
        analyst.fill(name, text)
    analyst.press("Close")
    analyst.must_say("Done")


def the_worker_reads_in_polish_that_something_was_done(loop: Loop) -> None:
    worker = loop.worker()
    worker.go("/pl/report/mailbox/")
    worker.fill("passphrase", loop.words)
    send_on(worker)
    worker.must_say("Dziękujemy za zgłoszenie.", ENDED_IN_POLISH, TOLD)
    for word in (loop.licence.number, Inspection.objects.get().reference, "2.1"):
        assert word not in worker.text


def the_register_says_that_it_has_ended(loop: Loop) -> None:
    worker = loop.worker()
    worker.go(f"/check/{loop.licence.number}/")
    worker.must_say("We took the licence away")
