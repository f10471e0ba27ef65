"""What the database itself keeps, whatever the code forgets."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, Result
from tests.compliance.stories import (
    an_inspection,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_inspection_reported,
)
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[Inspection], object]] = {
    "a finding": lambda inspection: inspection.results.update(finding="met"),
    "its evidence": lambda inspection: inspection.results.update(evidence="Nothing was found."),
    "no result any more": lambda inspection: inspection.results.all().delete(),
    "one more result": lambda inspection: Result.objects.create(inspection=inspection, standard="9.9", finding="met"),
}


@pytest.mark.parametrize("story", [an_inspection_reported, an_inspection_confirmed])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_results_stay_as_they_were_reported(
    story: Callable[[str], Inspection], change: Callable[[Inspection], object]
) -> None:
    inspection = story("2.4")

    with pytest.raises(IntegrityError), transaction.atomic():
        change(inspection)

    assert inspection.results.get(standard="2.4").finding == "not_met"
    assert inspection.results.count() == len(inspection.standards)


def test_results_cannot_be_moved_into_an_inspection_that_was_reported() -> None:
    reported, other = an_inspection_reported(), an_inspection()
    result = Result.objects.create(inspection=other, standard="9.9", finding="met")

    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(inspection=reported)


def test_results_can_be_corrected_while_the_inspection_is_being_carried_out() -> None:
    inspection = an_inspection_recorded("2.4")

    inspection.results.filter(standard="2.4").update(finding="met")

    assert not inspection.results.filter(finding="not_met").exists()


@pytest.mark.parametrize("field", ["summary", "business_comments", "brief", "case", "status"])
def test_a_confirmed_inspection_does_not_change(field: str) -> None:
    inspection = an_inspection_confirmed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(**{field: "called_off"})


def test_a_confirmed_inspection_is_not_deleted() -> None:
    inspection = an_inspection_confirmed(facts={"sectors": ["horticulture"]})

    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk)._raw_delete("default")


def test_no_report_leaves_a_standard_not_met_without_evidence() -> None:
    inspection = an_inspection_recorded("2.4")
    inspection.results.filter(standard="2.4").update(evidence=" ")

    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(status="reported", reported_at=NOW)


def test_nobody_confirms_what_they_inspected() -> None:
    inspection = an_inspection_reported()

    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(
            status="confirmed", confirmed_by=F("inspector"), confirmed_at=NOW
        )


def test_inspectors_see_their_own_inspections_and_no_others() -> None:
    mine, _other = an_inspection(), an_inspection()

    assert list(Inspection.objects.visible_to(mine.inspector)) == [mine]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("case_officer", True),
        ("decision_maker", True),
        ("quality_reviewer", True),
        ("manager", True),
        ("auditor", True),
        ("inspector", False),
        ("applicant", False),
        ("labour_user", False),
        ("partner_agency", False),
        ("people_administrator", False),
    ],
)
def test_officers_and_reviewers_see_every_inspection_and_strangers_none(role: str, sees: bool) -> None:
    an_inspection()

    assert Inspection.objects.visible_to(person(role)).exists() is sees


def test_an_inspection_prints_as_its_reference_and_a_result_as_its_finding() -> None:
    inspection = an_inspection_recorded("2.4")

    assert str(inspection) == inspection.reference
    assert str(inspection.results.get(standard="2.4")) == f"{inspection.reference} 2.4: not_met"


def test_calling_off_locks_the_results_too() -> None:
    inspection = an_inspection_recorded()
    inspections.call_off(inspection, because="Not needed.", by=person("case_officer"), at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        inspection.results.update(finding="not_met", evidence="Afterthought.")
