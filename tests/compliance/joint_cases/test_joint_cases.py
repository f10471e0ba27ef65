"""A case that was passed on is worked on by both: who leads, each one's next step with a day, and the answer of each."""

from datetime import timedelta
from typing import Any

import pytest

from compliance.hand_overs import actions as hand_overs
from compliance.joint_cases import actions
from compliance.joint_cases.models import JointCase, JointStep
from compliance.passed_on import actions as partners
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.tasks.queries import faults, tasks_of_agency
from registry.trail.models.events import Event
from tests.compliance.hand_overs.test_actions import codes, tasks_of
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.joint_cases.world import LATER, PLAN, SOON, a_joint_case
from tests.compliance.passed_on.test_partner_answers import passed_to
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db


def step_of(case: JointCase, side: str) -> JointStep:
    return case.steps.get(side=side)


def day(name: str) -> dict[str, int]:
    return {f"{name}_day": SOON.day, f"{name}_month": SOON.month, f"{name}_year": SOON.year}


@pytest.mark.both
def test_each_has_a_task_with_the_day_of_its_own_step() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    case = a_joint_case(partner)

    theirs = tasks_of_agency(partner).get(kind="jointstep.answer")
    assert (theirs.due_on, theirs.organisation) == (LATER, None)
    ours = Task.objects.open().visible_to(analyst, NOW.date()).get(kind="jointstep.do")
    assert (ours.due_on, ours.address) == (SOON, f"/staff/joint-cases/{case.reference}/")
    assert "jointcase.agree" not in tasks_of(analyst)
    assert list(faults(NOW)) == []
    assert PLAN["our_step"] not in str(list(Event.objects.values())) + str(list(Task.objects.values()))


def test_both_read_who_leads_and_what_each_did_and_the_case_is_closed_once_nothing_is_open() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    case = a_joint_case(partner)
    desk, office = signed_in(partner), signed_in(analyst)
    theirs, ours = step_of(case, "partner"), step_of(case, "us")
    page = desk.get(f"/staff/passed-on/joint-cases/{case.reference}/").content.decode()
    assert str(case.agency) in page and PLAN["our_step"] in page and PLAN["their_step"] in page

    finish = f"/staff/passed-on/joint-steps/{theirs.reference}/finish/"
    assert desk.post(finish, {"outcome": " "}).status_code == 422
    assert desk.post(finish, {"outcome": "Six workers were met."}).status_code == 302
    assert desk.post(f"/staff/passed-on/joint-steps/{ours.reference}/finish/", {"outcome": "No."}).status_code == 404
    with pytest.raises(Refused) as refused:
        actions.close_joint_case(case, result="Done.", by=analyst, at=NOW)
    assert codes(refused) == ["open_steps"]
    assert office.post(f"/staff/joint-steps/{ours.reference}/finish/", {"outcome": "We visited."}).status_code == 302

    assert "jointcase.agree" in tasks_of(analyst)
    shown = office.get(f"/staff/joint-cases/{case.reference}/").content.decode()
    assert "Six workers were met." in shown and "We visited." in shown
    assert office.post(f"/staff/joint-cases/{case.reference}/close/", {"result": "A proposal."}).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.result) == ("closed", "A proposal.")
    assert list(faults(NOW)) == []


def test_each_sets_its_own_next_step_and_we_change_the_lead() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    case = a_joint_case(partner)
    address = f"/staff/passed-on/joint-cases/{case.reference}/step/"
    assert signed_in(partner).post(address, {"text": "Write to the council.", **day("due_on")}).status_code == 302
    added = case.steps.latest("pk")
    assert (added.side, added.due_on) == ("partner", SOON)

    office = signed_in(analyst)
    assert office.post(f"/staff/joint-cases/{case.reference}/change-lead/", {"lead": "partner"}).status_code == 302
    typed = {"side": "us", "text": "Ask for the payslips.", **day("due_on")}
    assert office.post(f"/staff/joint-cases/{case.reference}/add-step/", typed).status_code == 302
    case.refresh_from_db()
    assert case.lead == "partner"
    assert case.steps.filter(side="us").count() == 2


def test_it_is_made_on_the_page_of_what_was_passed_on_and_once() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    one = hand_overs.pass_on(handed_over("agency", agency=partner.agency), by=analyst, at=NOW)
    office, address = signed_in(analyst), f"/staff/hand-overs/{one.reference}/joint/"
    typed = {"lead": "us", "our_step": "Visit.", "their_step": "Meet.", **day("our_day"), **day("their_day")}

    assert office.post(address, {**typed, "lead": "no one"}).status_code == 422
    assert office.post(address, typed).status_code == 302

    case = JointCase.objects.get(hand_over=one)
    assert case.reference in office.get(f"/staff/hand-overs/{one.reference}/").content.decode()
    assert case.reference in signed_in(partner).get("/staff/passed-on/").content.decode()
    with pytest.raises(Refused) as refused:
        actions.open_joint_case(one, **PLAN, by=analyst, at=NOW)
    assert codes(refused) == ["joint_already"]


@pytest.mark.parametrize(
    ("told", "reasons"),
    [({"lead": "none"}, ["no_lead"]), ({"our_step": " "}, ["no_text"]), ({"their_day": None}, ["no_day"])],
)
def test_it_needs_who_leads_and_a_step_and_a_day_of_each(told: dict[str, Any], reasons: list[str]) -> None:
    partner = a_partner()
    passed = partners.accept_conditions(passed_to(partner), by=partner, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.open_joint_case(passed, **{**PLAN, **told}, by=person("intelligence_analyst"), at=NOW)
    assert codes(refused) == reasons


def test_what_the_authority_has_not_opened_is_no_joint_case() -> None:
    with pytest.raises(Refused) as refused:
        actions.open_joint_case(passed_to(a_partner()), **PLAN, by=person("intelligence_analyst"), at=NOW)
    assert codes(refused) == ["not_passed_on"]


def test_for_an_authority_that_answers_by_post_we_write_down_its_step() -> None:
    agency, analyst = an_agency(way="post"), person("intelligence_analyst")
    one = hand_overs.pass_on(handed_over("agency", agency=agency), by=analyst, at=NOW)
    case = actions.open_joint_case(one, **PLAN, by=analyst, at=NOW)

    assert {"jointstep.do", "jointstep.write_down"} <= tasks_of(analyst)
    actions.finish_step(step_of(case, "partner"), outcome="It wrote that it met six workers.", by=analyst, at=NOW)
    assert "jointstep.write_down" not in tasks_of(analyst)
    assert list(faults(NOW)) == []


def others() -> list[User]:
    return [a_partner(an_agency("Police of Sampleshire")), person("case_officer"), person("inspector")]


def test_no_one_else_sees_it() -> None:
    partner, firm, analyst = a_partner(), an_organisation("Fern Labour Ltd"), person("intelligence_analyst")
    case = a_joint_case(partner, firm)
    for user in others():
        for address in (f"/staff/passed-on/joint-cases/{case.reference}/", f"/staff/joint-cases/{case.reference}/"):
            assert signed_in(user).get(address).status_code in (403, 404)
    conflicts.declare(
        analyst, organisation=firm, because="My brother works there.", since=NOW.date(), by=analyst, at=NOW
    )
    assert signed_in(analyst).get(f"/staff/joint-cases/{case.reference}/").status_code == 404
    assert timedelta(0) < LATER - SOON
