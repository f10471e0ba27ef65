"""Whoever proposes and whoever decides reads what the business says to what an inspection found, beside it."""

from typing import Any

import pytest

from compliance.inspection_reports import actions as visit_reports
from compliance.inspections.models import Inspection
from licensing.decisions.models.decisions import Decision
from tests import stories as everybody
from tests.conftest import NOW
from tests.licensing import stories
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
SAYS = "The sheets were kept at the farm."


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def sent(inspection: Inspection) -> None:
    visit_reports.send(inspection, reply_by=stories.day(14), by=person("quality_reviewer"), at=NOW)


def replied(inspection: Inspection) -> None:
    sent(inspection)
    holder = everybody.holder_of(inspection.organisation)
    visit_reports.reply(inspection.sending, text=SAYS, by=holder, at=NOW)


def proposed(inspection: Inspection, subject: Any) -> Decision:
    return stories.a_grant_proposed(subject, inspections=[inspection])


def test_the_reply_of_the_business_stands_on_the_case_where_it_is_proposed_and_where_it_is_decided() -> None:
    case = stories.an_application_checked()
    inspection = stories.an_inspection_of(case)
    replied(inspection)
    decision = proposed(inspection, case)

    officer, decider = signed_in(person("case_officer")), signed_in(person("decision_maker"))

    for browser, address in (
        (officer, f"/staff/applications/{case.reference}/"),
        (decider, f"/staff/decisions/{decision.reference}/"),
        (decider, f"/staff/decisions/{decision.reference}/decide/"),
    ):
        page = text_of(browser.get(address))
        assert f"What the business says to report {inspection.reference}" in page, address
        assert SAYS in page, address


def test_that_the_business_has_not_been_heard_yet_is_said() -> None:
    case = stories.an_application_checked()
    inspection = stories.an_inspection_of(case)
    decision = proposed(inspection, case)
    decider = signed_in(person("decision_maker"))

    assert "It has not been sent the report." in text_of(decider.get(f"/staff/decisions/{decision.reference}/"))
    sent(inspection)
    assert "may reply by 16 November 2026. It has not replied." in text_of(
        decider.get(f"/staff/decisions/{decision.reference}/")
    )


def test_what_was_found_says_by_which_inspection_it_was() -> None:
    licence = stories.a_licence()
    first, second = stories.an_inspection_of(licence, "2.4"), stories.an_inspection_of(licence, "2.4", "2.3")

    page = text_of(signed_in(person("case_officer")).get(f"/staff/licences/{licence.number}/"))

    assert page.count(f'app-figure">{first.reference}</td>') == 1
    assert page.count(f'app-figure">{second.reference}</td>') == 2
