"""The report side by side with what it rests on: who sees what of it, and stale pages."""

import re
from typing import Any

import pytest
from django.test import Client

from compliance.contradictions.states import ContradictionStatus
from compliance.field.queries.commissions import asked_of
from compliance.field.queries.field import bundle
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from compliance.interviews.models import InterviewSeed
from tests.compliance.contradictions.world import answered, contradictory, now_of, reported, spoken
from tests.config.test_staff_api import a_program
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
SAID = "Paszport jest w biurze"


@pytest.fixture(autouse=True)
def now(set_clock: SetClock) -> None:
    set_clock(NOW)


def address(visit: Inspection, *rest: str) -> str:
    return "/".join(["/staff/inspections", visit.reference, "contradictions", *rest, ""])


def page(client: Client, *where: Any) -> str:
    answer = client.get(address(*where))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_reviewer_sees_finding_exhibits_and_signs_beside_each_other_and_interviews_once_they_said_why() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    client = signed_in(reviewer)

    before = page(client, visit)
    interviews.read(visit, because="To review the report.", by=reviewer, at=NOW)
    after = page(client, visit)

    assert all(words in before for words in ("The box of passports.", "A box of passports.", "No reason is written."))
    assert "Score as the report is: 0. Score if what contradicts it is right: 30." in before
    name = visit.interviews.get().reference
    assert SAID not in before and name not in before and "An interview" in before
    assert SAID in after and name in after


@pytest.mark.parametrize("role", ["case_officer", "manager", "decision_maker", "auditor"])
def test_who_may_not_read_interviews_sees_that_one_contradicts_and_no_word_of_it(role: str) -> None:
    visit = reported()
    shown = page(signed_in(person(role)), visit)

    assert "What a worker said in an interview contradicts this finding." in shown
    assert SAID not in shown and visit.interviews.get().reference not in shown
    assert "Accept it" not in shown and "Ask the inspector" not in shown


def test_the_inspector_sees_them_before_reporting_and_learns_what_was_answered() -> None:
    visit = contradictory()
    client = signed_in(visit.inspector)
    assert "5 contradictions must be answered" in page(client, visit)
    inspections.report(visit, by=visit.inspector, at=NOW)
    answered("accept", visit, "off_plan", "", by=person("quality_reviewer", name="Rhian Quality"))
    answered("ask", visit, by=person("quality_reviewer"))

    shown = page(client, visit)

    assert "The farm next door confirms it by telephone. Rhian Quality" in shown
    assert "Whose passports are in the box?" in shown
    history = client.get(f"/staff/inspections/{visit.reference}/").content.decode()
    assert "Contradiction accepted by the reviewer" in history
    assert "The inspector was asked about a contradiction" in history


def test_a_page_that_shows_what_is_no_more_changes_nothing() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    client, seen = signed_in(reviewer), now_of(visit).digest
    inspections.return_for_correction(visit, because="Ask one more worker.", by=reviewer, at=NOW)
    spoken(visit, papers="no")
    again = inspections.report(Inspection.objects.get(pk=visit.pk), by=visit.inspector, at=NOW)

    answer = client.post(
        address(visit, "interview", "3.2", "accept"), {"seen": seen, "because": "The farm next door confirms it all."}
    )

    assert answer.status_code == 422
    assert "what it rests on has changed" in answer.content.decode()
    assert again.contradictions.exclude(status="resolved").get(code="interview").status == ContradictionStatus.OPEN


def test_an_old_page_of_the_confirmation_does_not_confirm() -> None:
    visit = reported()
    answer = signed_in(person("quality_reviewer")).post(f"/staff/inspections/{visit.reference}/confirm/")

    assert answer.status_code == 422
    assert answer.content.decode().count("Answer this contradiction first") >= 5


def test_another_inspector_and_who_has_a_conflict_find_nothing() -> None:
    visit = reported()
    assert signed_in(person("inspector")).get(address(visit)).status_code == 404


@pytest.mark.parametrize("of", [("interview", "2.2"), ("unheard_of", "visit"), ("off_plan", "3.2")])
def test_what_the_report_does_not_say_has_no_page(of: tuple[str, str]) -> None:
    visit = reported()
    assert signed_in(person("quality_reviewer")).get(address(visit, *of, "accept")).status_code == 404


def test_a_program_reads_and_answers_them_in_the_same_words() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    program, of = a_program(reviewer), f"inspections/{visit.reference}/contradictions"

    rows = {(one["code"], one["standard"]): one for one in program.get(of).json()}
    assert len(rows) == 5
    assert rows["interview", "3.2"]["rests_on"] == ["An interview"]
    plan = {key: rows["off_plan", ""][key] for key in ("code", "standard", "seen")}
    short = program.post(f"{of}/accept", **plan, because="Fine.")
    assert (short.status_code, short.json()["reasons"][0]["text"]) == (409, "Write at least 5 words.")
    assert (
        program.post(f"{of}/accept", **plan, because="They closed on the planned day.").json()["status"] == "accepted"
    )
    said = {key: rows["interview", "3.2"][key] for key in ("code", "standard", "seen")}
    asked = {"question": "Whose passports are in the box?", "answer_by": "2026-11-09"}
    assert program.post(f"{of}/ask", **said, **asked).json()["status"] == "asked"
    explained = a_program(visit.inspector).post(f"{of}/explain", **said, text="The box belongs to the site next door.")
    assert explained.json()["status"] == "explained"
    assert a_program(person("case_officer")).post(f"{of}/accept", **said, because="It is so.").status_code == 403


def test_the_device_takes_along_the_rules_the_plan_and_the_questions() -> None:
    visit = reported()
    answered("ask", visit, by=person("quality_reviewer"))
    visit.refresh_from_db()
    InterviewSeed.objects.get_or_create(inspection=visit, defaults={"made_at": NOW})

    taken = bundle(visit)["compared"]

    assert (taken["planned_on"], taken["draws"]) == ("2026-11-03", True)
    assert {rule["code"] for rule in taken["book"]["contradictions"]} == set(taken["says"])
    (row,) = [row for row in asked_of(visit) if row["code"] == "questions"]
    assert row["says"].endswith("Whose passports are in the box?")
    assert row["says"].startswith("3.2. What a worker said in an interview")
