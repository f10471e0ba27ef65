"""Each contradiction is answered by who may, of what was seen, and the report is not confirmed before."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from compliance.contradictions.models import Contradiction, ContradictionAnswer
from compliance.contradictions.queries.contradictions import contradictions_now
from compliance.contradictions.states import ContradictionStatus
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from registry.errors import Refused
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.contradictions.world import (
    DAY,
    FIVE,
    TODAY,
    accept_all,
    answered,
    contradictory,
    now_of,
    reported,
)
from tests.compliance.stories import an_inspection_confirmed, an_inspection_reported
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db
S = ContradictionStatus


def keys(visit: Inspection) -> list[tuple[str, str]]:
    return [one.found.key for one in contradictions_now(visit)]


def rows(visit: Inspection) -> dict[tuple[str, str], str]:
    return {(row.code, row.standard): row.status for row in visit.contradictions.exclude(status=S.RESOLVED)}


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def fresh(visit: Inspection) -> Inspection:
    return Inspection.objects.get(pk=visit.pk)


def test_a_report_that_contradicts_itself_is_not_confirmed() -> None:
    visit, reviewer = reported(), person("quality_reviewer")

    with pytest.raises(Refused) as refused:
        inspections.confirm(visit, by=reviewer, at=NOW)

    assert keys(visit) == FIVE
    assert codes(refused) == ["contradiction_open"] * 5
    assert "What a worker said in an interview contradicts this finding." in str(refused.value.reasons[2].text)


def test_a_report_without_contradictions_is_confirmed_as_before() -> None:
    visit = an_inspection_confirmed("2.4")

    # No workers were selected at random: that is to be looked at, and stops no one.
    assert keys(visit) == [("no_sample", "")]
    assert rows(visit) == {("no_sample", ""): S.OPEN}


def test_it_is_confirmed_once_each_was_accepted_with_a_reason() -> None:
    visit, reviewer = reported(), person("quality_reviewer")

    accept_all(visit, reviewer)
    inspections.confirm(fresh(visit), by=reviewer, at=NOW)

    assert set(rows(visit).values()) == {S.ACCEPTED}
    answer = ContradictionAnswer.objects.filter(contradiction__code="interview").get()
    assert (answer.kind, answer.answered_by, answer.answered_at, answer.version) == ("accepted", reviewer, NOW, 1)
    assert answer.seen_digest == visit.versions.get().digest
    assert list(trail.faults()) == []


def test_one_left_open_is_enough_to_refuse() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    for code, standard in FIVE[:-1]:
        answered("accept", visit, code, standard, by=reviewer)

    with pytest.raises(Refused) as refused:
        inspections.confirm(fresh(visit), by=reviewer, at=NOW)

    assert codes(refused) == ["contradiction_open"]


def test_the_database_refuses_too() -> None:
    visit, reviewer = reported(), person("quality_reviewer")

    with pytest.raises(DatabaseError), transaction.atomic():
        Inspection.objects.filter(pk=visit.pk).update(status="confirmed", confirmed_by=reviewer, confirmed_at=NOW)


def test_an_answer_stays_as_it_was_given() -> None:
    visit = reported()
    found = answered("accept", visit, by=person("quality_reviewer"))

    with pytest.raises(DatabaseError), transaction.atomic():
        ContradictionAnswer.objects.filter(contradiction=found).update(text="Otherwise.")


# --- asking, explaining ---


def test_a_question_sends_the_report_back_and_is_a_task_of_the_inspector_with_a_day() -> None:
    visit, reviewer = reported(), person("quality_reviewer")

    found = answered("ask", visit, by=reviewer)

    now = fresh(visit)
    assert (now.status, now.returned_because) == ("commissioned", "Whose passports are in the box?")
    assert (found.status, found.answer_by) == (S.ASKED, TODAY + 3 * DAY)
    task = Task.objects.get(kind="contradiction.explain", done_at=None)
    assert (task.owner, task.due_on, task.organisation) == (visit.inspector, TODAY + 3 * DAY, visit.organisation)


def test_more_is_asked_after_the_first_question_sent_it_back() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    answered("ask", visit, by=reviewer)

    answered("ask", fresh(visit), "sample", "", question="Why did no one drawn speak?", by=reviewer)

    assert Task.objects.filter(kind="contradiction.explain", done_at=None).count() == 2


def test_the_inspector_does_not_report_before_the_question_is_answered() -> None:
    visit = reported()
    answered("ask", visit, by=person("quality_reviewer"))

    with pytest.raises(Refused) as refused:
        inspections.report(fresh(visit), by=visit.inspector, at=NOW)

    assert codes(refused) == ["question_open"]


def test_an_explanation_ends_the_task_and_waits_for_the_reviewer() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    answered("ask", visit, by=reviewer)

    answered("explain", fresh(visit))
    assert not Task.objects.filter(kind="contradiction.explain", done_at=None).exists()
    again = inspections.report(fresh(visit), by=visit.inspector, at=NOW)

    assert rows(visit)["interview", "3.2"] == S.EXPLAINED
    # An explanation by the one who wrote the report does not confirm it.
    with pytest.raises(Refused):
        inspections.confirm(again, by=reviewer, at=NOW)
    accept_all(again, reviewer)
    inspections.confirm(fresh(visit), by=reviewer, at=NOW)
    found = Contradiction.objects.get(inspection=visit, code="interview")
    assert [(one.kind, one.version) for one in found.answers.order_by("number")] == [
        ("asked", 1),
        ("explained", 1),
        ("accepted", 2),
    ]


def test_the_inspector_explains_before_handing_in() -> None:
    visit = contradictory()

    answered("explain", visit, "off_plan", "", text="The business closed on the planned day.")
    inspections.report(fresh(visit), by=visit.inspector, at=NOW)

    row = visit.contradictions.get(code="off_plan")
    assert (row.status, row.first_version, row.last_version) == (S.EXPLAINED, 0, 1)


def test_a_changed_finding_is_an_answer_that_says_which() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    answered("ask", visit, by=reviewer)

    worse = [{"standard": "3.2", "finding": "not_met", "evidence": "The office keeps every passport."}]
    inspections.record_findings(fresh(visit), findings=worse, by=visit.inspector, at=NOW)  # type: ignore[arg-type]
    inspections.report(fresh(visit), by=visit.inspector, at=NOW)

    assert set(rows(visit)) == {("sample", ""), ("off_plan", "")}
    gone = visit.contradictions.get(code="interview")
    assert gone.status == S.RESOLVED
    answer = gone.answers.get(kind="changed")
    assert (answer.changed, answer.answered_by) == (["3.2"], visit.inspector)
    assert not Task.objects.filter(kind="contradiction.explain", done_at=None).exists()


def test_reassigning_gives_the_question_to_the_new_inspector() -> None:
    visit, another = reported(), person("inspector")
    answered("ask", visit, by=person("quality_reviewer"))

    inspections.reassign(fresh(visit), inspector=another, because="Ill.", by=visit.commissioned_by, at=NOW)

    assert Task.objects.get(kind="contradiction.explain", done_at=None).owner == another


# --- what arises again ---


def corrected(visit: Inspection, evidence: str) -> Inspection:
    """Another reason for what was found of 3.2, handed in."""
    said = [{"standard": "3.2", "finding": "met", "evidence": evidence}]
    inspections.record_findings(fresh(visit), findings=said, by=visit.inspector, at=NOW)  # type: ignore[arg-type]
    return inspections.report(fresh(visit), by=visit.inspector, at=NOW)


def test_what_rests_on_something_else_after_a_change_is_answered_again() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    accept_all(visit, reviewer)
    inspections.return_for_correction(fresh(visit), because="Say why it is met.", by=reviewer, at=NOW)

    again = corrected(visit, "Each worker has a key to the box.")

    # The reason answers for the sign and the exhibit; what the worker said contradicts it still.
    assert rows(again) == {("interview", "3.2"): S.OPEN, ("sample", ""): S.ACCEPTED, ("off_plan", ""): S.ACCEPTED}
    with pytest.raises(Refused) as refused:
        inspections.confirm(again, by=reviewer, at=NOW)
    assert codes(refused) == ["contradiction_open"]


def test_what_went_and_came_back_is_answered_again_though_it_says_the_same() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    accept_all(visit, reviewer)
    for evidence in ("Each worker has a key to the box.", ""):
        inspections.return_for_correction(fresh(visit), because="Say why it is met.", by=reviewer, at=NOW)
        again = corrected(visit, evidence)

    assert {key: status for key, status in rows(again).items() if key[1]} == {
        ("sign_and_met", "3.2"): S.OPEN,
        ("exhibit_and_met", "3.2"): S.OPEN,
        ("interview", "3.2"): S.OPEN,
    }


def test_what_a_worker_said_later_asks_for_a_new_answer() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    accept_all(visit, reviewer)
    inspections.return_for_correction(fresh(visit), because="Ask one more worker.", by=reviewer, at=NOW)
    interviews.note_indicator(
        fresh(visit), code="7", seen=True, evidence="Two boxes of passports.", by=visit.inspector, at=NOW
    )

    inspections.report(fresh(visit), by=visit.inspector, at=NOW)

    assert rows(visit)["sign_and_met", "3.2"] == S.OPEN
    assert rows(visit)["exhibit_and_met", "3.2"] == S.ACCEPTED


def test_an_answer_to_what_is_no_more_is_refused() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    seen = now_of(visit).digest
    inspections.return_for_correction(visit, because="Say why it is met.", by=reviewer, at=NOW)
    again = corrected(visit, "Each worker has a key to the box.")

    with pytest.raises(Refused) as refused:
        answered("accept", again, seen=seen, by=reviewer)

    assert codes(refused) == ["gone"]


# --- who, and how many words ---


@pytest.mark.parametrize("act", ["ask", "accept"])
def test_nobody_reviews_their_own_report(act: str) -> None:
    inspector = person("inspector", "quality_reviewer")
    visit = reported(inspector)

    with pytest.raises(Refused) as refused:
        answered(act, visit, by=inspector)

    assert codes(refused) == ["same_person"]


def test_only_the_inspector_explains() -> None:
    visit = contradictory()

    with pytest.raises(Refused) as refused:
        answered("explain", visit, by=person("inspector"))

    assert codes(refused) == ["not_the_inspector"]


def test_what_a_reviewer_accepted_who_became_its_inspector_is_answered_again() -> None:
    visit, both = reported(), person("inspector", "quality_reviewer")
    accept_all(visit, both)
    inspections.return_for_correction(fresh(visit), because="Correct the summary.", by=both, at=NOW)
    inspections.reassign(fresh(visit), inspector=both, because="Ill.", by=visit.commissioned_by, at=NOW)

    inspections.report(fresh(visit), by=both, at=NOW)

    assert set(rows(visit).values()) == {S.OPEN}


@pytest.mark.parametrize("act", ["ask", "accept"])
@pytest.mark.parametrize("role", ["inspector", "case_officer", "decision_maker", "auditor"])
def test_only_a_reviewer_asks_and_accepts(act: str, role: str) -> None:
    visit = reported()

    with pytest.raises(PermissionDenied):
        answered(act, visit, by=person(role))


@pytest.mark.parametrize("act, field", [("ask", "question"), ("accept", "because"), ("explain", "text")])
def test_an_answer_has_as_many_words_as_the_pack_says(act: str, field: str) -> None:
    visit = contradictory() if act == "explain" else reported()
    given: dict[str, Any] = {field: "It is fine so."}
    if act != "explain":
        given["by"] = person("quality_reviewer")

    with pytest.raises(Refused) as refused:
        answered(act, visit, **given)

    assert [(reason.code, reason.where) for reason in refused.value.reasons] == [("too_short", field)]


def test_a_question_is_answered_by_a_day_to_come() -> None:
    with pytest.raises(Refused) as refused:
        answered("ask", reported(), answer_by=TODAY - DAY, by=person("quality_reviewer"))

    assert codes(refused) == ["day_in_the_past"]


def test_a_confirmed_report_is_asked_about_no_more() -> None:
    visit, reviewer = an_inspection_confirmed(), person("quality_reviewer")
    for act in ("ask", "accept"):
        with pytest.raises(Refused) as refused:
            answered(act, visit, "no_sample", "", by=reviewer)
        assert codes(refused) == ["wrong_state"]


def test_what_is_accepted_is_accepted_once() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    answered("accept", visit, by=reviewer)

    with pytest.raises(Refused) as refused:
        answered("accept", visit, by=reviewer)

    assert codes(refused) == ["wrong_state"]


def test_what_the_inspector_explained_is_not_on_the_trail() -> None:
    visit = contradictory()
    found = answered("explain", visit)

    events = Event.objects.filter(kind="contradiction", reference=found.reference)
    assert [event.verb for event in events.order_by("number")] == ["find", "explain_contradiction"]
    assert not any("box belongs" in f"{event.because} {event.facts}" for event in events)


def test_a_report_that_was_handed_in_before_anything_was_compared_is_answered_too() -> None:
    visit, reviewer = reported(), person("quality_reviewer")
    Contradiction.objects.filter(inspection=visit).delete()

    accept_all(visit, reviewer)

    inspections.confirm(fresh(visit), by=reviewer, at=NOW)


def test_the_reported_story_keeps_the_version_of_each() -> None:
    visit = an_inspection_reported()

    assert list(visit.contradictions.values_list("first_version", "last_version")) == [(1, 1)]


def test_what_rests_on_an_interview_is_accepted_only_by_who_read_it_since_the_report_was_handed_in() -> None:
    visit, reviewer = reported(), person("quality_reviewer")

    with pytest.raises(Refused) as refused:
        answered("accept", visit, by=reviewer, reads=False)
    assert codes(refused) == ["not_read"]
    assert answered("accept", visit, "sample", "", by=reviewer, reads=False).status == "accepted"
    assert answered("accept", visit, by=reviewer).status == "accepted"
