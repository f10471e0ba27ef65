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
from licensing.payments.actions import payments, statements
from licensing.payments.models import Payment
from licensing.payments.queries import statements as queries
from licensing.requests.actions import asking
from licensing.requests.rules import GivenItem
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters import actions as post
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.outbox import queries as outbox
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, an_agency
from tests.licensing.holding.world import somebody_joins
from tests.licensing.payments.bank_statements import a_row, a_statement, taken_up
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


def test_no_money_of_a_statement_is_recorded_or_shown(case: Application) -> None:
    officer, other = person("case_officer"), person("case_officer")
    paid = stories.an_application_submitted(legal_name="First Firm Ltd")
    pays = stories.an_application_submitted(legal_name="Second Firm Ltd")
    before = taken_up(a_statement(a_row(paid)))
    for one in (paid, pays):
        conflicted(officer, one.organisation)
    new = a_statement(a_row(pays), a_row(pays, amount="8.00", reference="BOTH", description=both(case, pays)))
    browser = signed_in(officer)

    assert paid.reference not in browser.get(f"/staff/payments/statements/{before.reference}/").content.decode()
    assert pays.reference not in browser.get(f"/staff/payments/statements/{new.reference}/").content.decode()
    assert pays.reference in signed_in(other).get(f"/staff/payments/statements/{new.reference}/").content.decode()
    statements.take_up(new, columns=queries.preview(new, by=officer).columns, by=officer, at=NOW)

    lines = list(new.lines.order_by("pk"))
    assert not Payment.objects.filter(line__in=lines).exists()
    for line in lines:
        address = f"/staff/payments/lines/{line.reference}/"
        assert pays.reference not in browser.get(address).content.decode()
        assert pays.reference in signed_in(other).get(address).content.decode()


def both(one: Application, other: Application) -> str:
    return f"{one.payment_reference} {other.payment_reference}"


def test_no_letter_to_it_is_printed_or_marked_as_posted() -> None:
    officer, other = person("case_officer"), person("case_officer")
    letter = Letter.objects.get(reference=stories.a_paper_application_submitted().reference)
    assert letter.organisation is not None
    conflicted(officer, letter.organisation)
    browser = signed_in(officer)

    assert letter.number not in browser.get("/staff/post/").content.decode()
    assert browser.get("/staff/post/print/").status_code == 404
    assert post.mark_posted([letter.number], by=officer, at=NOW) == []
    assert post.mark_posted([letter.number], by=other, at=NOW) == [letter]


def test_no_letter_about_it_to_another_authority_is_read_or_posted() -> None:
    officer, other = person("case_officer"), person("case_officer")
    check = a_check_put(an_agency(way="post"))
    letter = Letter.objects.get(agency=check.agency)
    conflicted(officer, check.organisation)
    browser, another = signed_in(officer), signed_in(other)

    assert letter.number in another.get("/staff/post/").content.decode()
    assert letter.number not in browser.get("/staff/post/").content.decode()
    assert letter.outbox in outbox.undelivered({}, by=other, at=NOW).found()
    assert letter.outbox not in outbox.undelivered({}, by=officer, at=NOW).found()
    assert another.get(f"/staff/letters/{letter.number}/").status_code == 200
    assert browser.get(f"/staff/letters/{letter.number}/").status_code == 404
    assert post.mark_posted([letter.number], by=officer, at=NOW) == []


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
