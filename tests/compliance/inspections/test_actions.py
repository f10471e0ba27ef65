from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind, Result
from compliance.inspections.rules import StandardFinding
from compliance.inspections.states import INSPECTION, InspectionStatus
from registry.accounts.models import User
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.stories import (
    FACTS,
    a_scheme,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_inspection_reported,
    an_organisation,
    findings,
)
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def events_of(inspection: Inspection) -> list[str]:
    return list(Event.objects.filter(reference=inspection.reference).order_by("number").values_list("verb", flat=True))


def test_commissioning_copies_the_facts_the_version_and_the_relevant_standards() -> None:
    inspection = an_inspection()

    assert inspection.status == InspectionStatus.COMMISSIONED
    assert inspection.version == a_scheme().version
    assert inspection.facts == FACTS
    assert inspection.standards == [standard.code for standard in a_scheme().relevant_standards(FACTS)]
    assert "6.4" in inspection.standards
    assert "4.1" not in inspection.standards


def test_commissioning_is_written_to_the_trail() -> None:
    inspection = an_inspection()

    event = Event.objects.get(reference=inspection.reference)
    assert (event.verb, event.kind, event.after) == ("commission", "inspection", "commissioned")
    assert event.facts["inspector"] == inspection.inspector.reference


def test_commissioning_draws_a_reference_of_its_own() -> None:
    first, second = an_inspection(), an_inspection()

    assert first.reference.startswith("I-")
    assert first.reference != second.reference


def test_commissioning_keeps_facts_that_are_dates_and_amounts_as_plain_values() -> None:
    inspection = an_inspection(facts={**FACTS, "began": date(2020, 2, 29)})

    assert Inspection.objects.get(pk=inspection.pk).facts["began"] == "2020-02-29"


def test_commissioning_needs_the_permission() -> None:
    with pytest.raises(PermissionDenied):
        an_inspection(by=person("inspector"))


def test_commissioning_says_everything_that_is_wrong_at_once() -> None:
    with pytest.raises(Refused) as refused:
        inspections.commission(
            an_organisation(),
            kind=InspectionKind.COMPLIANCE,
            scheme=a_scheme(),
            facts=FACTS,
            brief=" ",
            inspector=person("case_officer"),
            due_on=TODAY - timedelta(days=1),
            by=person("case_officer"),
            at=NOW,
        )

    assert codes(refused) == ["no_brief", "due_in_the_past", "not_an_inspector"]


def test_commissioning_is_refused_when_there_is_nothing_to_test() -> None:
    nothing_applies = a_scheme().model_copy(update={"standards": ()})

    with pytest.raises(Refused) as refused:
        inspections.commission(
            an_organisation(),
            kind=InspectionKind.COMPLIANCE,
            scheme=nothing_applies,
            facts=FACTS,
            brief="See how hours are written down.",
            inspector=person("inspector"),
            due_on=TODAY,
            by=person("case_officer"),
            at=NOW,
        )

    assert codes(refused) == ["no_standards"]


def test_commissioning_refuses_an_inspector_who_has_left() -> None:
    with pytest.raises(Refused) as refused:
        an_inspection(inspector=person("inspector", is_active=False))

    assert codes(refused) == ["not_an_inspector"]


def test_commissioning_the_same_thing_twice_is_refused_while_the_first_is_open() -> None:
    organisation = an_organisation()
    an_inspection(organisation=organisation)

    with pytest.raises(Refused) as refused:
        an_inspection(organisation=organisation)

    assert codes(refused) == ["already_commissioned"]


def test_commissioning_again_is_possible_once_the_first_is_over() -> None:
    first = an_inspection()
    inspections.call_off(first, because="The business withdrew.", by=person("case_officer"), at=NOW)

    second = an_inspection(organisation=first.organisation)

    assert second.case == first.case


def test_reassigning_gives_the_inspection_to_another_inspector() -> None:
    inspection, other = an_inspection_recorded(), person("inspector")

    inspections.reassign(inspection, inspector=other, because="Ill.", by=person("case_officer"), at=NOW)

    assert Inspection.objects.visible_to(other).get() == inspection
    assert not Inspection.objects.visible_to(inspection.inspector).exists()
    assert events_of(inspection)[-1] == "reassign"


def test_reassigning_says_everything_that_is_wrong_at_once() -> None:
    inspection = an_inspection_reported()

    with pytest.raises(Refused) as refused:
        inspections.reassign(inspection, inspector=inspection.inspector, because="", by=person("case_officer"), at=NOW)

    assert codes(refused) == ["wrong_state", "same_inspector", "no_reason"]


def test_recording_keeps_unfinished_work() -> None:
    inspection = an_inspection()
    half: list[StandardFinding] = [
        {"standard": "1.1", "finding": "not_met", "evidence": ""},
        {"standard": "1.2", "finding": "", "evidence": "Asked for the contracts."},
    ]

    inspections.record_findings(inspection, findings=half, by=inspection.inspector, at=NOW)

    kept = {result.standard: (result.finding, result.evidence) for result in inspection.results.all()}
    assert kept == {"1.1": ("not_met", ""), "1.2": ("", "Asked for the contracts.")}
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.COMMISSIONED


def test_recording_leaves_alone_what_is_not_given() -> None:
    inspection = an_inspection_recorded("2.4")

    inspections.record_findings(
        inspection,
        findings=[{"standard": "2.4", "finding": "met", "evidence": "Seen."}],
        by=inspection.inspector,
        at=NOW,
    )

    now = Inspection.objects.get(pk=inspection.pk)
    assert now.summary == "Visited the office and both places of work."
    assert now.results.get(standard="2.4").finding == "met"
    assert now.results.count() == len(now.standards)


def test_recording_the_same_again_writes_no_event() -> None:
    inspection = an_inspection_recorded()
    before = events_of(inspection)

    inspections.record_findings(
        inspection, findings=findings(inspection), visited_on=TODAY, by=inspection.inspector, at=NOW
    )

    assert events_of(inspection) == before


def test_recording_puts_a_digest_of_the_evidence_and_not_the_evidence_in_the_trail() -> None:
    inspection = an_inspection_recorded("2.4")

    event = Event.objects.filter(reference=inspection.reference, verb="record_findings").get()
    assert event.facts["findings"]["2.4"]["finding"] == "not_met"
    assert "Payslips" not in str(event.facts)


def test_recording_a_visit_can_empty_what_was_there() -> None:
    inspection = an_inspection_recorded()

    inspections.record_visit(
        inspection, visited_on=None, summary="", business_comments="", by=inspection.inspector, at=NOW
    )

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.visited_on, now.summary, now.business_comments) == (None, "", "")
    assert now.results.count() == len(now.standards)


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        ({"standard": "4.1", "finding": "met", "evidence": ""}, "not_tested_here"),
        ({"standard": "1.1", "finding": "splendid", "evidence": ""}, "no_such_finding"),
    ],
)
def test_recording_refuses_what_the_inspection_does_not_know(finding: StandardFinding, code: str) -> None:
    inspection = an_inspection()

    with pytest.raises(Refused) as refused:
        inspections.record_findings(inspection, findings=[finding], by=inspection.inspector, at=NOW)

    assert codes(refused) == [code]
    assert not inspection.results.exists()


Act = Callable[[Inspection, User], Any]
WORK: dict[str, Act] = {
    "record_findings": lambda inspection, by: inspections.record_findings(inspection, summary="Mine.", by=by, at=NOW),
    "record_visit": lambda inspection, by: inspections.record_visit(
        inspection, visited_on=None, summary="Mine.", business_comments="", by=by, at=NOW
    ),
    "report": lambda inspection, by: inspections.report(inspection, by=by, at=NOW),
}


@pytest.mark.parametrize("act", WORK.values(), ids=WORK)
def test_only_the_inspector_who_has_it_works_on_an_inspection(act: Act) -> None:
    inspection = an_inspection_recorded()

    with pytest.raises(Refused) as refused:
        act(inspection, person("inspector"))

    assert codes(refused) == ["not_the_inspector"]


@pytest.mark.parametrize("act", WORK.values(), ids=WORK)
def test_working_on_an_inspection_needs_the_permission(act: Act) -> None:
    with pytest.raises(PermissionDenied):
        act(an_inspection_recorded(), person("case_officer"))


def test_reporting_hands_the_findings_in() -> None:
    inspection = an_inspection_recorded("2.4")

    inspections.report(inspection, by=inspection.inspector, at=NOW)

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.status, now.reported_at) == (InspectionStatus.REPORTED, NOW)
    assert events_of(inspection) == ["commission", "sign", "record_findings", "report"]


def test_reporting_says_every_missing_thing_at_once_and_where_it_is_put_right() -> None:
    inspection = an_inspection()
    unfinished = [one for one in findings(inspection, "1.1") if one["standard"] != "2.4"]
    inspections.record_findings(inspection, findings=unfinished, by=inspection.inspector, at=NOW)
    inspections.record_findings(
        inspection,
        findings=[{"standard": "1.1", "finding": "not_met", "evidence": " \n"}],
        by=inspection.inspector,
        at=NOW,
    )

    with pytest.raises(Refused) as refused:
        inspections.report(inspection, by=inspection.inspector, at=NOW)

    assert [(reason.code, reason.where) for reason in refused.value.reasons] == [
        ("no_evidence", "1.1"),
        ("no_finding", "2.4"),
        ("no_visit_date", "visited_on"),
        ("no_summary", "summary"),
    ]
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.COMMISSIONED


@pytest.mark.parametrize(
    ("days", "code"), [(1, "visit_in_the_future"), (-1, "visit_before_commissioning")], ids=["tomorrow", "too early"]
)
def test_reporting_refuses_a_visit_on_an_impossible_day(days: int, code: str) -> None:
    inspection = an_inspection_recorded()
    visited_on = TODAY + timedelta(days=days)
    inspections.record_findings(inspection, visited_on=visited_on, by=inspection.inspector, at=NOW)

    with pytest.raises(Refused) as refused:
        inspections.report(inspection, by=inspection.inspector, at=NOW)

    assert codes(refused) == [code]


@pytest.mark.parametrize("finding", ["not_applicable", "not_tested"])
def test_a_report_may_say_of_a_standard_that_it_was_not_tested_or_does_not_apply(finding: str) -> None:
    inspection = an_inspection_recorded()
    inspections.record_findings(
        inspection,
        findings=[{"standard": "7.2", "finding": finding, "evidence": ""}],
        by=inspection.inspector,
        at=NOW,
    )

    inspections.report(inspection, by=inspection.inspector, at=NOW)

    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


def test_what_has_been_reported_cannot_be_changed() -> None:
    inspection = an_inspection_reported()

    with pytest.raises(Refused) as refused:
        inspections.record_findings(inspection, summary="Otherwise.", by=inspection.inspector, at=NOW)

    assert codes(refused) == ["wrong_state"]


def test_a_report_that_was_returned_can_be_put_right_and_reported_again() -> None:
    inspection, reviewer = an_inspection_reported("2.4"), person("quality_reviewer")

    inspections.return_for_correction(inspection, because="Which payslips?", by=reviewer, at=NOW)
    returned = Inspection.objects.get(pk=inspection.pk)
    inspections.record_findings(
        returned,
        findings=[{"standard": "2.4", "finding": "not_met", "evidence": "Payslips 14 to 19."}],
        by=inspection.inspector,
        at=NOW,
    )
    inspections.report(returned, by=inspection.inspector, at=NOW)
    inspections.confirm(returned, by=reviewer, at=NOW)

    assert (returned.returned_because, returned.reported_at) == ("Which payslips?", None)
    assert events_of(inspection)[3:] == [
        "report",
        "return_for_correction",
        "record_findings",
        "report",
        "lock",
        "confirm",
    ]


def test_returning_needs_a_reason() -> None:
    inspection = an_inspection_reported()

    with pytest.raises(Refused) as refused:
        inspections.return_for_correction(inspection, because=" ", by=person("quality_reviewer"), at=NOW)

    assert codes(refused) == ["no_reason"]


def test_confirming_says_who_stands_by_the_report_and_when() -> None:
    reviewer = person("quality_reviewer")

    inspection = an_inspection_confirmed("2.4", by=reviewer)

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.status, now.confirmed_by, now.confirmed_at) == (InspectionStatus.CONFIRMED, reviewer, NOW)


REVIEW: dict[str, Act] = {
    "confirm": lambda inspection, by: inspections.confirm(inspection, by=by, at=NOW),
    "return_for_correction": lambda inspection, by: inspections.return_for_correction(
        inspection, because="See to it.", by=by, at=NOW
    ),
}


@pytest.mark.parametrize("act", REVIEW.values(), ids=REVIEW)
def test_nobody_reviews_an_inspection_of_their_own(act: Act) -> None:
    both = person("inspector", "quality_reviewer")
    inspection = an_inspection_reported(inspector=both)

    with pytest.raises(Refused) as refused:
        act(inspection, both)

    assert codes(refused) == ["same_person"]
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


@pytest.mark.parametrize("role", ["inspector", "case_officer", "decision_maker", "manager"])
@pytest.mark.parametrize("act", REVIEW.values(), ids=REVIEW)
def test_reviewing_needs_the_permission(act: Act, role: str) -> None:
    with pytest.raises(PermissionDenied):
        act(an_inspection_reported(), person(role))


def test_calling_off_ends_an_inspection_and_says_why() -> None:
    inspection = an_inspection_recorded()

    inspections.call_off(inspection, because="The application was withdrawn.", by=person("case_officer"), at=NOW)

    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.CALLED_OFF
    assert Event.objects.get(verb="call_off").because == "The application was withdrawn."


def test_calling_off_needs_the_permission() -> None:
    with pytest.raises(PermissionDenied):
        inspections.call_off(an_inspection(), because="No.", by=person("inspector"), at=NOW)


AT: dict[str, Callable[[], Inspection]] = {
    "commissioned": an_inspection_recorded,
    "reported": an_inspection_reported,
    "confirmed": an_inspection_confirmed,
    "called_off": lambda: inspections.call_off(
        an_inspection_recorded(), because="Not needed.", by=person("case_officer"), at=NOW
    ),
}
MOVES: dict[str, Act] = {
    "report": lambda inspection, _: inspections.report(inspection, by=inspection.inspector, at=NOW),
    "call_off": lambda inspection, _: inspections.call_off(
        inspection, because="Not needed.", by=person("case_officer"), at=NOW
    ),
    "confirm": lambda inspection, _: REVIEW["confirm"](inspection, person("quality_reviewer")),
    "return_for_correction": lambda inspection, _: REVIEW["return_for_correction"](
        inspection, person("quality_reviewer")
    ),
}


@pytest.mark.parametrize("move", INSPECTION.names)
@pytest.mark.parametrize("status", INSPECTION.statuses)
def test_every_move_is_made_or_refused_as_the_table_says(status: str, move: str) -> None:
    inspection = AT[status]()
    assert inspection.status == status

    if INSPECTION.allows(status, move):
        MOVES[move](inspection, inspection.inspector)
        expected = INSPECTION.after(status, move)
    else:
        with pytest.raises(Refused) as refused:
            MOVES[move](inspection, inspection.inspector)
        assert codes(refused)[0] == "wrong_state"
        expected = status

    assert Inspection.objects.get(pk=inspection.pk).status == expected
    assert list(trail.faults()) == []


def test_an_action_that_is_refused_changes_nothing() -> None:
    inspection = an_inspection()
    before = (Event.objects.count(), Result.objects.count())

    with pytest.raises(Refused):
        inspections.report(inspection, by=inspection.inspector, at=NOW)

    assert (Event.objects.count(), Result.objects.count()) == before
