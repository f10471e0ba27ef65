"""The whole system in one story, in real browsers: five people, a worker who only looks, and a register asked about four days.

Read it from `test_from_application_to_revocation` down. It is told of every sector that the product brings: the people do
the same, and only the data of `SECTORS` differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from compliance.inspections.models import Inspection
from config.demo import loading
from config.demo.answers import Profile, answers
from registry.licences.models import Licence
from registry.register import queries as register
from registry.schemes import Scheme
from registry.trail.queries import chain as trail
from tests.compliance.stories import signed
from tests.conftest import LONDON, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.stories import a_profile

pytestmark = pytest.mark.browser

FIRM = "Dyffryn Labour Ltd"
APPLIED = date(2026, 11, 2)
PAID = date(2026, 11, 4)
INSPECTED = date(2026, 11, 16)
GRANTED = date(2026, 11, 18)
STARTS = date(2026, 11, 23)
INSPECTED_AGAIN = date(2027, 2, 15)
NOTIFIED = date(2027, 2, 17)
REVOKED = date(2027, 3, 8)
LAST_DAY = date(2027, 4, 30)
GONE = date(2027, 5, 1)
CONDITION_DUE = date(2027, 1, 29)
SMALL_TELEPHONE = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@dataclass(frozen=True)
class Sector:
    """What differs from one scheme to the next. Standards are none that is critical: one is a condition, four a fail."""

    scheme: str
    facts: Mapping[str, Any]
    one_unmet: tuple[str, ...]
    four_unmet: tuple[str, ...]
    licensed_for: str
    own_checks: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    def rules(self) -> Scheme:
        return scheme_on(APPLIED, self.scheme)

    @property
    def fee(self) -> str:
        return f"£{self.rules().fee(int(self.profile().facts['turnover'])):,}"

    def profile(self) -> Profile:
        return a_profile(**self.facts)


SECTORS = (
    Sector("gla-food", {}, ("1.4",), ("1.4", "2.3", "2.4", "5.1"), licensed_for="Horticulture"),
    Sector(
        "construction",
        {
            "sectors": ["building_sites"],
            "activities": ["homes"],
            "cards_checked": False,
            "card_kinds": ["green", "blue"],
            "cis_registered": True,
            "cis_rate": "registered",
            "uses_subcontractors": True,
            "subcontractor_numbers": 8,
            "cis_verified": True,
        },
        ("C3",),
        ("C3", "1.4", "2.3", "5.1"),
        licensed_for="Building: new work, alteration and repair",
        own_checks=("Smart Check", "Notification (F10) of the sites supplied", "rate of deduction"),
        signs=("does not check skills cards before it supplies a worker",),
    ),
)


@dataclass
class Scene:
    """Moves the day, and seats people at browsers: each signs in by one click, as in the demonstration."""

    sit_down: SitDown
    set_clock: SetClock
    sector: Sector

    def day(self, day: date) -> None:
        self.set_clock(datetime(day.year, day.month, day.day, 10, tzinfo=LONDON))

    def seat(self, who: str) -> Desk:
        desk = self.sit_down()
        desk.open("account_login")
        desk.click(desk.page.locator(f"button[name=person][value={who}]"))
        return desk

    def worker(self) -> Desk:
        """Signed in nowhere, with a small telephone that runs no script."""
        return self.sit_down(**SMALL_TELEPHONE)


@pytest.fixture(params=SECTORS, ids=lambda sector: sector.scheme)
def scene(
    request: pytest.FixtureRequest, sit_down: SitDown, set_clock: SetClock, settings: Settings
) -> Iterator[Scene]:
    settings.DEMO = True
    scene = Scene(sit_down, set_clock, request.param)
    scene.day(APPLIED)
    list(loading.people(datetime(2026, 11, 2, 9, tzinfo=LONDON)))
    yield scene


def test_from_application_to_revocation(scene: Scene) -> None:
    reference = an_employer_applies(scene)
    the_register_says_that_they_have_applied(scene)

    scene.day(PAID)
    a_case_officer_takes_it_in_hand(scene, reference)
    scene.day(INSPECTED)
    inspection = an_inspector_reports(scene, INSPECTED, *scene.sector.one_unmet)
    a_quality_reviewer_confirms(scene, inspection)
    scene.day(GRANTED)
    decision = the_case_officer_proposes_a_grant(scene, reference)
    a_decision_maker_grants(scene, decision)

    number = Licence.objects.get().number
    scene.day(STARTS)
    a_worker_finds_the_licence(scene, number)

    scene.day(INSPECTED_AGAIN)
    the_case_officer_commissions_an_inspection(scene, "commission_for_licence", number)
    inspection = an_inspector_reports(scene, INSPECTED_AGAIN, *scene.sector.four_unmet)
    a_quality_reviewer_confirms(scene, inspection)
    a_finding_is_not_a_decision(scene, number)

    scene.day(NOTIFIED)
    decision = the_case_officer_proposes_to_revoke(scene, number)
    the_holder_replies(scene, number, decision)
    scene.day(REVOKED)
    the_decision_maker_revokes(scene, decision)
    the_register_says_that_it_will_end(scene, number)

    scene.day(GONE)
    the_register_says_that_it_has_ended(scene, number)
    the_register_remembers(scene, number)
    nothing_was_changed_afterwards()


# --- applying ---


def an_employer_applies(scene: Scene) -> str:
    employer = scene.seat("applicant")
    employer.open("apply")
    employer.press("Start an application")
    employer.choose("scheme", scene.sector.scheme)
    employer.fill("legal_name", FIRM)
    employer.choose("whose", "own")
    employer.press("Continue")
    reference = employer.page.url.split("/")[-2]
    employer.must_say("Answer in any order")

    scheme = scene.sector.rules()
    items = list(answers(scheme, scene.sector.profile()))
    employer.open("question_page", reference, scheme.form.pages[0].slug)
    employer.answer_all(scheme, items)

    employer.must_say("Check your answers", scene.sector.fee)
    employer.follow("Show all answers")
    employer.must_say("Angharad Rees", "PE21 6EH")
    employer.press("Send the application")
    assert employer.page.url.endswith(reverse("application_submitted", args=[reference]))
    employer.must_say(reference)
    assert employer.complaints == []
    return reference


def the_register_says_that_they_have_applied(scene: Scene) -> None:
    worker = scene.worker()
    look_up(worker, "dyffryn labour")
    worker.must_say("Applied, not licensed")
    worker.must_say(f"{FIRM} applied for a licence on 2 November 2026. It is not licensed.")


# --- assessing ---


def a_case_officer_takes_it_in_hand(scene: Scene, reference: str) -> None:
    officer = scene.seat("case-officer")
    officer.follow("Applications")
    officer.open_row(reference)
    officer.press("Record a payment")
    officer.fill("amount", scene.sector.fee)
    officer.fill("received_on", PAID)
    officer.fill("bank_reference", "FP 4471")
    officer.press("Record the payment")
    officer.press("Begin the assessment")
    officer.press("Begin the assessment")

    # Checks that wait stand first: each that is answered goes behind them.
    waiting = officer.page.get_by_role("row").filter(has_text="None yet").get_by_role("link", name="Record the reply")
    for _one in range(waiting.count()):
        officer.click(waiting.first)
        officer.choose("result", "nil")
        officer.fill("replied_on", PAID)
        officer.press("Record the reply")
    assert "None yet" not in officer.text
    for words in (*scene.sector.own_checks, *scene.sector.signs):
        officer.unfold(words)
    officer.must_say(*scene.sector.own_checks, *scene.sector.signs)
    the_case_officer_commissions_an_inspection(scene, "commission_for_application", reference)


def the_case_officer_commissions_an_inspection(scene: Scene, page: str, subject: str) -> None:
    officer = scene.seat("case-officer")
    officer.open(page, subject)
    officer.fill("brief", "See how hours and pay are written down.")
    officer.page.locator("select[name=inspector]").select_option(label="Callum Reid")
    officer.fill("due_on", date(2027, 3, 1))
    officer.press("Commission the inspection")
    assert officer.problems == []
    officer.must_say("Callum Reid")


def an_inspector_reports(scene: Scene, visited: date, *unmet: str) -> str:
    """Finds all standards met but these, section by section."""
    inspector = scene.seat("inspector")
    inspector.follow("Inspections")
    inspector.open_row("To be carried out")
    reference = inspector.page.url.split("/")[-2]
    inspector.press("Record findings")
    inspector.follow("The visit")
    inspector.fill("visited_on", visited)
    inspector.fill("summary", "Visited the office and spoke to twelve workers.")
    inspector.press("Save and continue")
    sections = '.govuk-task-list__link[href*="/findings/"]'
    for number in range(inspector.page.locator(sections).count()):
        inspector.click(inspector.page.locator(sections).nth(number))
        find(inspector, unmet)
        inspector.press("Save and continue")
    signed(Inspection.objects.get(reference=reference), at=timezone.now())
    inspector.press("Read it once more and report")
    inspector.press("Report")
    inspector.must_say("Reported, to be confirmed")
    assert inspector.complaints == []
    return reference


def find(inspector: Desk, unmet: tuple[str, ...]) -> None:
    """What was found of each standard of the section that is open."""
    for field in inspector.page.locator("input[type=radio][value=met]").all():
        code = str(field.get_attribute("name")).removeprefix("finding-")
        inspector.choose(f"finding-{code}", "not_met" if code in unmet else "met")
        seen = "Five of twelve workers had no payslip for October." if code in unmet else "Asked of twelve workers."
        inspector.fill(f"evidence-{code}", seen)


def a_quality_reviewer_confirms(scene: Scene, inspection: str) -> None:
    reviewer = scene.seat("quality")
    reviewer.follow("Inspections")
    reviewer.open_row(inspection)
    reviewer.press("Confirm")
    reviewer.press("Confirm")
    reviewer.must_say("Confirmed")


# --- granting ---


def the_case_officer_proposes_a_grant(scene: Scene, reference: str) -> str:
    officer = scene.seat("case-officer")
    officer.open("application", reference)
    officer.press("Propose to grant")
    officer.must_say("The score proposes")
    officer.fill("starts", STARTS)
    officer.fill("because", "The checks are answered and all standards but one are met.")
    officer.choose("condition-0-standard", scene.sector.one_unmet[0])
    officer.fill("condition-0-requirement", "Give every worker a payslip.")
    officer.fill("condition-0-due_on", CONDITION_DUE)
    officer.press("Propose")
    assert officer.problems == []
    decision = officer.page.url.split("/")[-2]
    officer.page.goto(reverse("decide", args=[decision]))
    assert officer.page.locator("h1").inner_text() != "Grant the licence", "the proposer may open the decision"
    return decision


def a_decision_maker_grants(scene: Scene, decision: str) -> None:
    decider = scene.seat("decision-maker")
    decider.follow("Decisions")
    decider.open_row(decision)
    decider.press("Grant the licence")
    decider.must_say("What the register will say", "Give every worker a payslip.")
    decider.fill("because", "All standards but one are met, and that one can be put right.")
    decider.fill("despite", "The conditions say what the report says.")
    decider.press("Grant the licence")
    assert decider.problems == []
    decider.must_say("Decided")
    assert decider.complaints == []


# --- looking up ---


def look_up(worker: Desk, name: str) -> None:
    worker.open("check")
    worker.fill("q", name)
    worker.press("Search the register")
    assert worker.page.url.startswith(worker.address + reverse("check") + "?q="), "Back and Reload find it again"


def a_worker_finds_the_licence(scene: Scene, number: str) -> None:
    worker = scene.worker()
    look_up(worker, "dyffryn harvest")
    worker.follow(FIRM)
    assert worker.page.url == worker.address + reverse("entry", args=[number])
    worker.must_say(f"{FIRM} is licensed until the end of 22 November 2027, with 1 condition that it must meet.")
    worker.must_say("Give every worker a payslip.", "01632 960123", scene.sector.licensed_for)
    assert worker.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert worker.context.cookies() == []


def a_finding_is_not_a_decision(scene: Scene, number: str) -> None:
    worker = scene.worker()
    worker.open("entry", number)
    worker.must_say(f"{FIRM} is licensed")


def the_register_says_that_it_will_end(scene: Scene, number: str) -> None:
    worker = scene.worker()
    worker.open("entry", number)
    worker.must_say("It is licensed until the end of 30 April 2027, and not licensed from 1 May 2027.")


def the_register_says_that_it_has_ended(scene: Scene, number: str) -> None:
    worker = scene.worker()
    look_up(worker, number)
    worker.follow(FIRM)
    worker.must_say("Not licensed")
    worker.must_say(f"{FIRM} was licensed until 30 April 2027. We took the licence away")
    worker.must_say("If you work for them")


def the_register_remembers(scene: Scene, number: str) -> None:
    """Before the grant, while licensed, on the last day, and after: page and API say the same."""
    worker = scene.worker()
    expected = {
        date(2026, 11, 1): ("Not on the register on that day", None),
        date(2026, 11, 10): ("Applied, not licensed", "applied"),
        date(2027, 1, 15): (f"{FIRM} was licensed on 15 January 2027, with conditions", "licensed_with_conditions"),
        LAST_DAY: (
            f"{FIRM} was licensed on 30 April 2027. We had decided to take its licence away",
            "revocation_to_come",
        ),
        GONE: (f"{FIRM} was licensed until 30 April 2027", "revoked"),
    }
    for day, (words, standing) in expected.items():
        worker.page.goto(reverse("entry", args=[number]))
        ask_about(worker, number, day)
        worker.must_say(words)
        assert standing is None or worker.page.url.endswith(f"at={day.isoformat()}")
        assert api_says(worker, number, day) == standing, day


def ask_about(worker: Desk, number: str, day: date) -> None:
    worker.page.locator("summary", has_text="past day").click()
    worker.fill("at", day)
    worker.press("See this day")


def api_says(worker: Desk, number: str, day: date) -> Any:
    answer = worker.context.request.get(f"/api/v1/register/{number}?at={day.isoformat()}")
    return answer.json().get("standing")


# --- revoking ---


def the_case_officer_proposes_to_revoke(scene: Scene, number: str) -> str:
    officer = scene.seat("second-case-officer")
    officer.follow("Licences")
    officer.open_row(number)
    officer.press("Propose to revoke")
    assert officer.page.locator("[name^=ground-][name$=-evidence]").count() == len(scene.sector.four_unmet)
    officer.fill("takes_effect", GONE)
    officer.fill("because", "Workers were not paid what they are owed, and records were not kept.")
    officer.press("Propose")
    assert officer.problems == []
    decision = officer.page.url.split("/")[-2]
    officer.press("Notify the subject")
    officer.press("Notify")
    officer.must_say("Notified")
    return decision


def the_holder_replies(scene: Scene, number: str, decision: str) -> None:
    holder = scene.seat("applicant")
    holder.must_say("Your licences and applications")
    holder.open("licence", number)
    holder.follow(decision)
    holder.must_say("You may reply until")
    holder.fill("to_1", "The files of these two were at our accountant's.")
    holder.fill("text", "We have since paid everybody, and send the records with this.")
    holder.page.get_by_label("This is all that we wish to say").check(force=True)
    holder.press("Send the reply")
    holder.must_say("We have since paid everybody")


def the_decision_maker_revokes(scene: Scene, decision: str) -> None:
    decider = scene.seat("decision-maker")
    decider.follow("Decisions")
    decider.open_row(decision)
    decider.must_say("We have since paid everybody", "at our accountant's", "all that the subject wishes to say")
    decider.press("Revoke the licence")
    decider.press("Revoke the licence")
    assert "Say whether you uphold ground 1." in decider.problems, "a decision says of each ground whether it holds"
    for number, _standard in enumerate(scene.sector.four_unmet, start=1):
        decider.choose(f"upheld_{number}", "yes")
        decider.fill(f"concluded_{number}", "The reply does not change what was found on the day.")
    decider.fill("because", "Workers went without pay, and the records that would show it were not kept.")
    decider.fill("from_day", GONE)
    decider.fill("despite", "The notice says all that the report says, and the holder has answered it.")
    decider.press("Revoke the licence")
    assert decider.problems == []
    decider.must_say("Decided")


def nothing_was_changed_afterwards() -> None:
    assert list(trail.faults()) == []
    assert list(register.faults()) == []
