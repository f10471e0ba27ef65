from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import sections_of
from compliance.inspections.states import InspectionStatus
from tests.compliance.stories import an_inspection, an_inspection_recorded, an_inspection_reported
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = timezone.localdate(NOW)
PAGES = ("findings/", "findings/2/", "visit/", "report/")


def address(inspection: Inspection, page: str = "") -> str:
    return f"/staff/inspections/{inspection.reference}/{page}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def typed_date(day: str, month: str, year: str) -> dict[str, str]:
    return {"visited_on_day": day, "visited_on_month": month, "visited_on_year": year}


VISIT = {
    "summary": "Spoke to twelve workers.",
    "business_comments": "They agree.",
    **typed_date("2", "November", "2026"),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_inspector_finds_each_page(page: str) -> None:
    inspection = an_inspection()

    assert signed_in(inspection.inspector).get(address(inspection, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_signed_out_are_sent_to_sign_in(page: str) -> None:
    assert Client().get(address(an_inspection(), page)).headers["Location"].startswith("/account/login/")


@pytest.mark.both
@pytest.mark.parametrize("page", PAGES)
def test_another_inspector_finds_none_of_it(page: str) -> None:
    inspection, other = an_inspection(), person("inspector", "quality_reviewer")

    assert signed_in(other).get(address(inspection, page)).status_code == 404
    assert signed_in(other).post(address(inspection, page), {"x": "1"}).status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["case_officer", "quality_reviewer", "decision_maker", "applicant"])
def test_those_who_do_not_inspect_have_no_such_page(role: str, page: str) -> None:
    assert signed_in(person(role)).get(address(an_inspection(), page)).status_code == 403


@pytest.mark.parametrize("number", ["0", "4", "99"])
def test_a_section_that_is_not_tested_is_not_there(number: str) -> None:
    inspection = an_inspection()

    assert signed_in(inspection.inspector).get(address(inspection, f"findings/{number}/")).status_code == 404


def test_findings_are_kept_as_typed_even_when_unfinished() -> None:
    inspection = an_inspection()
    typed = {"finding-2.1": "not_met", "evidence-2.1": "", "evidence-2.2": "Asked for the payroll."}

    response = signed_in(inspection.inspector).post(address(inspection, "findings/2/"), typed)

    assert response.status_code == 302
    assert response.headers["Location"] == address(inspection, "findings/")
    kept = {result.standard: (result.finding, result.evidence) for result in inspection.results.all()}
    assert kept == {"2.1": ("not_met", ""), "2.2": ("", "Asked for the payroll.")}


def test_what_was_kept_is_shown_again() -> None:
    inspection = an_inspection_recorded("2.4")

    page = text_of(signed_in(inspection.inspector).get(address(inspection, "findings/2/")))

    assert "Payslips of May show it for 2.4.</textarea>" in page
    checked = page[: page.index("checked")].rfind("<input")
    assert 'name="finding-2.1"' in page[checked : page.index("checked")]


def test_a_finding_that_is_none_is_said_and_everything_typed_is_kept() -> None:
    inspection = an_inspection()
    typed = {"finding-2.1": "splendid", "evidence-2.1": "As good as it gets.", "evidence-2.2": "Half a sent"}

    response = signed_in(inspection.inspector).post(address(inspection, "findings/2/"), typed)

    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "Choose what you found of standard 2.1." in page
    assert 'href="#id_finding-2.1_0"' in page
    assert "As good as it gets.</textarea>" in page
    assert "Half a sent</textarea>" in page
    assert not inspection.results.exists()


@pytest.mark.both
@pytest.mark.parametrize("evidence", ["x" * 20_001, "nul \x00 inside"], ids=["too long", "a null character"])
def test_evidence_that_cannot_be_kept_is_said(evidence: str) -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).post(address(inspection, "findings/2/"), {"evidence-2.1": evidence})

    assert response.status_code == 422
    assert not inspection.results.exists()


def test_a_standard_of_another_section_is_left_alone() -> None:
    inspection = an_inspection_recorded("1.1")

    signed_in(inspection.inspector).post(address(inspection, "findings/2/"), {"finding-1.1": "met", "evidence-1.1": ""})

    assert inspection.results.get(standard="1.1").finding == "not_met"


def test_the_list_of_sections_says_how_far_each_is() -> None:
    inspection = an_inspection()
    inspections.record_findings(
        inspection,
        findings=[{"standard": "1.1", "finding": "met", "evidence": ""}],
        by=inspection.inspector,
        at=NOW,
    )

    page = text_of(signed_in(inspection.inspector).get(address(inspection, "findings/")))

    assert "1 of 4 standards" in page
    assert "Choose what you found of standard 1.2." in page
    assert f'href="{address(inspection, "findings/1/")}#group-1.2"' in page
    assert "Read it once more and report" not in page


def test_what_cannot_be_reported_yet_is_not_called_completed() -> None:
    inspection = an_inspection_recorded("2.4")
    by = inspection.inspector
    inspections.record_findings(
        inspection, findings=[{"standard": "2.4", "finding": "not_met", "evidence": ""}], by=by, at=NOW
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    inspections.record_visit(inspection, visited_on=tomorrow, summary="Went.", business_comments="", by=by, at=NOW)

    tasks = signed_in(by).get(address(inspection, "findings/")).context["tasks"]

    states = {task["title"]: task["state"] for task in tasks}
    assert states["The visit"] == "incomplete"
    assert states["2. Pay and tax matters"] == "incomplete"


def test_a_finished_inspection_leads_to_its_report() -> None:
    inspection = an_inspection_recorded()

    page = text_of(signed_in(inspection.inspector).get(address(inspection, "findings/")))

    assert f'href="{address(inspection, "report/")}"' in page
    assert "You cannot report yet" not in page


def test_the_visit_is_kept() -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).post(address(inspection, "visit/"), VISIT)

    now = Inspection.objects.get(pk=inspection.pk)
    assert response.status_code == 302
    assert (now.visited_on, now.summary, now.business_comments) == (TODAY, "Spoke to twelve workers.", "They agree.")


def test_the_visit_may_be_left_for_later() -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).post(address(inspection, "visit/"), {"summary": "So far"})

    now = Inspection.objects.get(pk=inspection.pk)
    assert response.status_code == 302
    assert (now.visited_on, now.summary) == (None, "So far")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (typed_date("31", "2", "2026"), "The day of the visit must be a real date."),
        (typed_date("2", "", "2026"), "The day of the visit must include a month."),
        (typed_date("2", "11", "26"), "a year of 4 numbers"),
        (typed_date("zwei", "11", "2026"), "The day of the visit must be a real date."),
    ],
)
def test_a_day_that_is_none_is_said_and_everything_typed_is_kept(day: dict[str, str], words: str) -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).post(address(inspection, "visit/"), {**VISIT, **day})

    page = text_of(response)
    assert response.status_code == 422
    assert words in page
    assert "Spoke to twelve workers.</textarea>" in page
    for value in day.values():
        assert not value or f'value="{value}"' in page


def test_reporting_hands_the_findings_in() -> None:
    inspection = an_inspection_recorded()

    response = signed_in(inspection.inspector).post(address(inspection, "report/"))

    assert response.status_code == 302
    assert response.headers["Location"] == address(inspection)
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.REPORTED


def test_reporting_too_early_says_everything_that_is_missing() -> None:
    inspection = an_inspection()

    response = signed_in(inspection.inspector).post(address(inspection, "report/"))

    page = text_of(response)
    assert response.status_code == 422
    assert "There is a problem" in page
    for code in inspection.standards:
        assert f"Choose what you found of standard {code}." in page
    assert "Enter the day of the visit." in page
    assert Inspection.objects.get(pk=inspection.pk).status == InspectionStatus.COMMISSIONED


def test_pressing_report_twice_reports_once() -> None:
    inspection = an_inspection_recorded()
    browser = signed_in(inspection.inspector)

    first, second = (browser.post(address(inspection, "report/")) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 422)


@pytest.mark.parametrize(("page", "typed"), [("findings/2/", {"evidence-2.1": "Afterthought."}), ("visit/", VISIT)])
def test_what_was_reported_cannot_be_changed_and_what_was_typed_is_kept(page: str, typed: dict[str, str]) -> None:
    inspection = an_inspection_reported()
    browser = signed_in(inspection.inspector)

    shown, response = browser.get(address(inspection, page)), browser.post(address(inspection, page), typed)

    assert "Not available yet: Save and continue" in text_of(shown)
    assert response.status_code == 422
    assert "This inspection has been reported or called off, so it cannot be changed." in text_of(response)
    assert next(iter(typed.values())) in text_of(response)


@pytest.mark.both
def test_every_standard_of_the_inspection_can_be_filled_in_page_by_page() -> None:
    inspection = an_inspection(facts={"accommodation": "yes", "transport": "yes", "subcontracting": "yes"})
    browser = signed_in(inspection.inspector)

    for section in sections_of(inspection):
        typed = {f"finding-{one.code}": "met" for one in section.tested}
        assert browser.post(address(inspection, f"findings/{section.number}/"), typed).status_code == 302
    browser.post(address(inspection, "visit/"), VISIT)
    response = browser.post(address(inspection, "report/"))

    assert response.status_code == 302
    assert set(inspection.results.values_list("standard", flat=True)) == set(inspection.standards)
