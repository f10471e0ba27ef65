"""Whoever has a conflict of interest with an organisation reads no check about it, and takes no step in its cases."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from compliance.inspections import actions as inspections
from licensing.applications.models import Application
from licensing.cases.actions import assignment as applications
from licensing.checks.queries import askings
from licensing.messages import actions as messages
from licensing.payments.actions import payments
from licensing.requests.actions import asking
from licensing.requests.rules import GivenItem
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.organisations.models import Organisation
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.conftest import NOW
from tests.licensing.holding.world import somebody_joins
from tests.licensing.stories import TODAY, day
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def conflicted(officer: User, organisation: Organisation) -> None:
    conflicts.declare(officer, organisation=organisation, because="My sister's.", since=NOW.date(), by=officer, at=NOW)


def refused(step: Callable[..., Any], *given: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        step(*given, at=NOW, **more)
    return [reason.code for reason in refusal.value.reasons]


def test_no_check_about_it_is_listed_or_read() -> None:
    officer, case, change = person("case_officer"), stories.an_application_being_assessed(), somebody_joins()
    check = case.checks.order_by("pk")[0]
    browser = signed_in(officer)
    seen = {row.reference for row in askings.checks({}, by=officer, on=TODAY).found()}
    assert check.reference in seen and seen & set(change.checks.values_list("reference", flat=True))
    assert browser.get(f"/staff/checks/{check.reference}/").status_code == 200

    conflicted(officer, case.organisation)
    conflicted(officer, change.licence.organisation)

    assert not askings.checks({}, by=officer, on=TODAY).found().exists()
    for page in ("", "record/", "put/", "sanitise/", "release/"):
        assert browser.get(f"/staff/checks/{check.reference}/{page}").status_code == 404, page


@pytest.fixture
def case() -> Application:
    return stories.an_application_being_assessed()


def test_nothing_is_asked_or_written_to_the_applicant(case: Application) -> None:
    officer = person("case_officer")
    conflicted(officer, case.organisation)

    assert refused(asking.ask, case, items=[GivenItem(text="Why?")], due_on=day(14), by=officer) == ["conflicted"]
    assert refused(messages.reply, case, text="Hello.", by=officer) == ["conflicted"]
    assert refused(messages.take_note, case, seen=1, by=officer) == ["conflicted"]


def test_no_money_is_recorded_or_demanded(case: Application) -> None:
    officer = person("case_officer")
    conflicted(officer, case.organisation)
    paid = {"amount": Decimal(1), "received_on": TODAY, "bank_reference": "X"}

    assert refused(payments.record, case, by=officer, **paid) == ["conflicted"]
    assert refused(payments.charge_inspection, case, by=officer) == ["conflicted"]
    given = {"verified": Decimal(1), "evidence": "Books."}
    assert refused(payments.verify_turnover, case, by=officer, **given) == ["conflicted"]


def test_no_case_is_given_to_anybody(case: Application) -> None:
    manager = person("manager")
    conflicted(manager, case.organisation)

    assert refused(applications.assign, case, case_officer=person("case_officer"), by=manager) == ["conflicted"]
    assert applications.assign_many([case], case_officer=person("case_officer"), by=manager, at=NOW).refused


def test_no_inspection_is_given_to_another_recorded_called_off_or_returned() -> None:
    inspection, reported = an_inspection(), an_inspection_reported()
    officer, reviewer = person("case_officer"), person("quality_reviewer")
    for one in (officer, inspection.inspector):
        conflicted(one, inspection.organisation)
    conflicted(reviewer, reported.organisation)

    moved = {"inspector": person("inspector"), "because": "Ill."}
    assert refused(inspections.reassign, inspection, by=officer, **moved) == ["conflicted"]
    assert refused(inspections.call_off, inspection, because="So.", by=officer) == ["conflicted"]
    own = inspection.inspector
    assert refused(inspections.record_findings, inspection, summary="Fine.", by=own) == ["conflicted"]
    visit = {"visited_on": TODAY - timedelta(days=1), "summary": "Fine.", "business_comments": ""}
    assert refused(inspections.record_visit, inspection, by=own, **visit) == ["conflicted"]
    assert refused(inspections.return_for_correction, reported, because="So.", by=reviewer) == ["conflicted"]
