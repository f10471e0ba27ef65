"""The page of evaluation: from confirmed inspections by how they were chosen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import jobs
from compliance.inspections import actions as inspections
from compliance.inspections.states import ChosenHow
from compliance.targeting.actions import evaluation as counting
from compliance.targeting.actions import rounds
from compliance.targeting.models import Choice
from compliance.targeting.queries import evaluation
from tests.compliance.stories import an_inspection_confirmed, findings, signed
from tests.compliance.targeting.world import a_round, a_round_drawn, licences
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/targeting/evaluation/"


def visited(choice: Choice, *unmet: str) -> None:
    inspection = rounds.send(
        choice,
        inspector=person("inspector"),
        due_on=timezone.localdate(NOW),
        brief="Look at everything.",
        by=person("case_officer"),
        at=NOW,
    )
    signed(inspection)
    inspections.record_findings(
        inspection,
        findings=findings(inspection, *unmet),
        summary="Seen.",
        visited_on=timezone.localdate(NOW),
        by=inspection.inspector,
        at=NOW,
    )
    inspections.report(inspection, by=inspection.inspector, at=NOW)
    inspections.confirm(inspection, by=person("quality_reviewer"), at=NOW)


def test_what_was_found_is_counted_by_how_it_was_chosen() -> None:
    made = licences(5)
    one = a_round_drawn(a_round(capacity=3))
    number = next(n for n in one.numbers if not one.choices.filter(licence__number=n).exists())
    analyst = person("intelligence_analyst")
    targeted = rounds.choose(one, number=number, because="The highest score.", by=analyst, at=NOW)
    visited(one.choices.get(how=ChosenHow.RANDOM))
    visited(targeted, "1.4", "2.2")
    left = next(licence for licence in made if not licence.choices.exists())
    an_inspection_confirmed(
        "1.4", organisation=left.organisation, kind="compliance", case="", licence_number=left.number
    )
    an_inspection_confirmed(organisation=left.organisation)  # for an application: not a visit after the grant

    counting.evaluate(by=None, at=NOW)

    (found,) = [each for each in evaluation.evaluations() if each.name == "gla-food"]
    by = {named.arm.how: (named.arm.visits, named.arm.hits) for named in found.arms}
    assert by == {"targeted": (1, 1), "random": (1, 0), "reactive": (1, 1)}
    assert found.lift and found.lift.value == 1.0
    assert {named.worth.verdict for named in found.signals} == {"unknown"}
    page = signed_in(analyst).get(PAGE)
    assert page.status_code == 200
    assert "Too few visits to say" in page.content.decode()
    assert signed_in(person("case_officer")).get(PAGE).status_code == 403


def test_of_numbers_that_are_all_the_same_no_interval_is_told_and_ties_are_spoken_of() -> None:
    for one in licences(2):
        an_inspection_confirmed(organisation=one.organisation, kind="compliance", case="", licence_number=one.number)
    counting.evaluate(by=None, at=NOW)
    analyst = person("intelligence_analyst")

    page = " ".join(signed_in(analyst).get(PAGE).content.decode().split())

    assert "(0.00 to 0.00)" not in page
    assert "0.00 (all the same, so no interval can be told)" in page
    assert "the weights say nothing about that year" in page


def test_it_is_counted_once_a_day_and_when_asked_and_the_page_reads_no_visit() -> None:
    left = licences(1)[0]
    analyst = signed_in(person("intelligence_analyst"))
    assert "Nothing has been counted yet" in analyst.get(PAGE).content.decode()
    assert jobs.evaluate_choosing(at=NOW) > 0
    an_inspection_confirmed(
        "1.4", organisation=left.organisation, kind="compliance", case="", licence_number=left.number
    )
    assert jobs.evaluate_choosing(at=NOW + timedelta(minutes=1)) == 0
    assert seen() == 0

    with CaptureQueriesContext(connection) as asked:
        analyst.get(PAGE)
    answer = analyst.post(f"{PAGE}again/", follow=True)

    assert not [one for one in asked.captured_queries if "compliance_inspection" in one["sql"]]
    assert "Everything has been counted again." in answer.content.decode()
    assert seen() == 1
    assert signed_in(person("case_officer")).post(f"{PAGE}again/").status_code == 403
    assert jobs.evaluate_choosing(at=NOW + timedelta(days=1)) > 0


def seen() -> int:
    return sum(named.arm.visits for one in evaluation.evaluations() for named in one.arms)
