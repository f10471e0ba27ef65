from typing import Any

import pytest
from django.test import Client

from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = ("confirm/", "return-for-correction/")


def address(inspection: Inspection, page: str = "") -> str:
    return f"/staff/inspections/{inspection.reference}/{page}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_confirming_makes_the_report_one_to_rely_on() -> None:
    inspection, reviewer = an_inspection_reported("2.4"), person("quality_reviewer")
    browser = signed_in(reviewer)

    shown, response = browser.get(address(inspection, "confirm/")), browser.post(address(inspection, "confirm/"))

    assert "Payslips of May show it for 2.4." in text_of(shown)
    assert response.headers["Location"] == address(inspection)
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.status, now.confirmed_by) == (InspectionStatus.CONFIRMED, reviewer)


def test_returning_says_what_to_put_right() -> None:
    inspection = an_inspection_reported()
    typed = {"because": "Name the payslips."}

    response = signed_in(person("quality_reviewer")).post(address(inspection, "return-for-correction/"), typed)

    assert response.headers["Location"] == address(inspection)
    for page in ("", "findings/"):
        shown = text_of(signed_in(inspection.inspector).get(address(inspection, page)))
        assert "Returned for correction" in shown
        assert "Name the payslips." in shown


def test_returning_needs_a_reason() -> None:
    inspection = an_inspection_reported()

    response = signed_in(person("quality_reviewer")).post(address(inspection, "return-for-correction/"), {})

    assert response.status_code == 422
    assert "Enter the reason." in text_of(response)
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


@pytest.mark.parametrize("page", PAGES)
def test_nobody_reviews_their_own_report(page: str) -> None:
    both = person("inspector", "quality_reviewer")
    inspection = an_inspection_reported(inspector=both)

    response = signed_in(both).post(address(inspection, page), {"because": "My own work."})

    assert response.status_code == 422
    assert "You are the inspector, so someone else must review the report." in text_of(response)
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_reported_cannot_be_reviewed(page: str) -> None:
    inspection = an_inspection()

    response = signed_in(person("quality_reviewer")).post(address(inspection, page), {"because": "Early."})

    assert response.status_code == 422
    assert "This step is not possible now" in text_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_looking_at_the_page_changes_nothing(page: str) -> None:
    inspection = an_inspection_reported()

    assert signed_in(person("quality_reviewer")).get(address(inspection, page)).status_code == 200
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["inspector", "case_officer", "decision_maker", "manager", "auditor", "applicant"])
def test_others_may_not(role: str, page: str) -> None:
    inspection = an_inspection_reported()

    assert signed_in(person(role)).get(address(inspection, page)).status_code == 403
    assert signed_in(person(role)).post(address(inspection, page), {"because": "No."}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_signed_out_are_sent_to_sign_in(page: str) -> None:
    assert Client().post(address(an_inspection_reported(), page)).headers["Location"].startswith("/account/login/")


def test_staff_without_a_second_factor_go_nowhere() -> None:
    inspection = an_inspection_reported()

    response = signed_in(person("quality_reviewer"), second_factor=False).post(address(inspection, "confirm/"))

    assert response.status_code == 302
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED
