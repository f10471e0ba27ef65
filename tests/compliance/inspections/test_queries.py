from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from compliance.inspection_reports import actions as visit_reports
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings
from compliance.inspections.queries import inspections as inspections_queries
from compliance.inspections.queries.inspections import known_facts
from compliance.inspections.rules import Score
from tests.compliance.stories import (
    a_scheme,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_inspection_reported,
)
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db


def again(inspection: Inspection, *unmet: str) -> Inspection:
    """A second inspection for the same case."""
    return an_inspection_confirmed(*unmet, organisation=inspection.organisation, case=inspection.case)


def test_inspections_of_an_organisation_are_found() -> None:
    inspection = an_inspection()
    an_inspection()

    assert list(findings.inspections_for(inspection.organisation)) == [inspection]


def test_what_any_of_several_inspections_found_not_met_counts_once() -> None:
    first = an_inspection_confirmed("2.4", "2.3")
    second = again(first, "2.4", "1.1")

    assert findings.unmet([first, second]) == ("1.1", "2.3", "2.4")
    assert findings.unmet([]) == ()


def test_an_inspection_is_scored_on_the_version_that_it_was_commissioned_under() -> None:
    assert findings.score_of(an_inspection_confirmed("2.4", "1.1")) == Score(38, True, ("1.1",))
    assert findings.score_of(an_inspection()) == Score(0, False, ())


def test_it_is_the_inspectors_turn_until_the_report_and_then_somebody_elses() -> None:
    both, reviewer = person("inspector", "quality_reviewer"), person("quality_reviewer")
    inspection = an_inspection_recorded(inspector=both)
    assert (
        inspections_queries.open_count_for(both, NOW.date()),
        inspections_queries.open_count_for(reviewer, NOW.date()),
    ) == (1, 0)

    inspections.report(inspection, by=both, at=NOW)
    assert (
        inspections_queries.open_count_for(both, NOW.date()),
        inspections_queries.open_count_for(reviewer, NOW.date()),
    ) == (0, 1)

    inspections.confirm(inspection, by=reviewer, at=NOW)
    assert inspections_queries.open_count_for(reviewer, NOW.date()) == 1  # to send the business its report
    visit_reports.send(inspection, reply_by=NOW.date() + timedelta(days=14), by=reviewer, at=NOW)
    assert (
        inspections_queries.open_count_for(both, NOW.date()),
        inspections_queries.open_count_for(reviewer, NOW.date()),
    ) == (0, 0)


@pytest.mark.parametrize("role", ["case_officer", "decision_maker", "applicant", "auditor"])
def test_nothing_waits_for_those_who_neither_inspect_nor_review(role: str) -> None:
    an_inspection_reported()

    assert inspections_queries.open_count_for(person(role), NOW.date()) == 0


def test_an_inspection_may_be_given_to_active_inspectors_only_each_once() -> None:
    inspector = person("inspector", "quality_reviewer")
    person("inspector", is_active=False)
    person("case_officer")

    assert list(inspections_queries.inspectors()) == [inspector]


def test_sections_follow_the_pack_and_leave_out_what_is_not_tested() -> None:
    inspection = an_inspection_recorded("2.4")

    sections = findings.sections_of(inspection)

    assert [section.number for section in sections] == [1, 2, 3, 5, 6, 7]
    assert [one.code for section in sections for one in section.tested] == inspection.standards
    assert sum(one.points for section in sections for one in section.tested) == 8
    assert all(section.state == "completed" for section in sections)


def test_sections_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    inspection = an_inspection_recorded("2.4")

    with django_assert_num_queries(1):
        findings.sections_of(inspection)


def test_overdue_is_an_inspection_that_was_to_be_reported_before_today() -> None:
    inspection, reported = an_inspection(), an_inspection_reported()
    day_after = inspection.due_on + timedelta(days=1)

    assert list(Inspection.objects.overdue_on(day_after)) == [inspection]
    assert list(Inspection.objects.overdue_on(inspection.due_on)) == []
    assert inspection.is_overdue(day_after) and not inspection.is_overdue(inspection.due_on)
    assert not reported.is_overdue(day_after)


def test_an_address_is_known_as_it_is_written_on_an_envelope() -> None:
    address = {"country": "england", "county": "West Sussex", "line_1": "74 Ropewalk", "postcode": "PO19 9AQ"}
    facts = {"business_address": {**address, "town": "Chichester"}}

    known = list(known_facts(a_scheme(), facts))

    assert [one.value for one in known] == ["74 Ropewalk, Chichester, West Sussex, PO19 9AQ"]


def test_what_was_known_is_said_as_people_write_it() -> None:
    scheme = a_scheme()
    kinds = {question.key: question.kind for page in scheme.form.pages if not page.scope for question in page.questions}
    day = next(key for key, kind in kinds.items() if kind == "date")
    money = next(key for key, kind in kinds.items() if kind == "money")
    facts = {
        day: "2020-03-02",
        money: "14000000",
        "nation": scheme.nations[0].code,
        "renewal": False,
        "turnover_band": "A",
    }

    known = {one.value for one in known_facts(scheme, facts)}

    assert known == {"2 March 2020", "£14,000,000", scheme.nations[0].title["en"], "No", "A"}
