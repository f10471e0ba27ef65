"""Two people at once: one of them is refused, and nothing is doubled or half written. On both engines."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.states import InspectionStatus
from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.reports.world import a_report
from tests.compliance.stories import (
    FACTS,
    a_scheme,
    an_inspection_recorded,
    an_inspection_reported,
    an_organisation,
)
from tests.conftest import NOW
from tests.people import person
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results: list[object]) -> list[str]:
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refused):
            raise result
    return [result.reasons[0].code for result in results if isinstance(result, Refused)]


def test_two_reviewers_confirm_a_report_once() -> None:
    inspection, one, other = an_inspection_reported(), person("quality_reviewer"), person("quality_reviewer")

    results = at_once(
        lambda: inspections.confirm(inspection, by=one, at=NOW),
        lambda: inspections.confirm(inspection, by=other, at=NOW),
    )

    assert refusals(list(results)) == ["wrong_state"]
    assert Event.objects.filter(verb="confirm").count() == 1
    assert list(trail.faults()) == []


def test_a_report_is_either_confirmed_or_returned() -> None:
    inspection, one, other = an_inspection_reported(), person("quality_reviewer"), person("quality_reviewer")

    results = at_once(
        lambda: inspections.confirm(inspection, by=one, at=NOW),
        lambda: inspections.return_for_correction(inspection, because="Whose?", by=other, at=NOW),
    )

    assert refusals(list(results)) == ["wrong_state"]
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.status == InspectionStatus.CONFIRMED) is (now.confirmed_by == one)


def test_findings_saved_while_the_report_is_handed_in_are_in_it_or_refused() -> None:
    inspection = an_inspection_recorded()
    inspector = inspection.inspector

    results = at_once(
        lambda: inspections.report(inspection, by=inspector, at=NOW),
        lambda: inspections.record_findings(
            inspection,
            findings=[{"standard": "2.4", "finding": "not_met", "evidence": "Late."}],
            by=inspector,
            at=NOW,
        ),
    )

    verbs = list(Event.objects.filter(reference=inspection.reference).order_by("number").values_list("verb", flat=True))
    late = inspection.results.get(standard="2.4").finding == "not_met"
    assert refusals(list(results)) == ([] if late else ["wrong_state"])
    assert verbs[-1] == "report"


def test_pressing_commission_twice_commissions_once() -> None:
    organisation, officer, inspector = an_organisation(), person("case_officer"), person("inspector")

    def press() -> Inspection:
        return inspections.commission(
            organisation,
            kind=InspectionKind.APPLICATION,
            scheme=a_scheme(),
            facts=FACTS,
            brief="See how hours are written down.",
            case="A-7KQ2-M9XD",
            inspector=inspector,
            due_on=timezone.localdate(NOW) + timedelta(days=14),
            by=officer,
            at=NOW,
        )

    results = at_once(press, press, press)

    assert refusals(list(results)) == ["already_commissioned"] * 2
    assert Inspection.objects.count() == 1


def test_a_report_sent_twice_at_once_is_one_report() -> None:
    results = at_once(*[lambda: a_report(once="drawn with the form", passphrase="acid acorn acre")] * 2)

    assert refusals(list(results)) == []
    assert Report.objects.count() == 1
    assert Event.objects.filter(verb="receive").count() == 1
    assert list(trail.faults()) == []


def test_two_analysts_begin_a_report_once() -> None:
    report, one, other = a_report(), person("intelligence_analyst"), person("intelligence_analyst")

    results = at_once(
        lambda: reports.begin(report, by=one, at=NOW),
        lambda: reports.begin(report, by=other, at=NOW),
    )

    assert refusals(list(results)) == ["wrong_state"]
    assert Event.objects.filter(verb="begin").count() == 1
