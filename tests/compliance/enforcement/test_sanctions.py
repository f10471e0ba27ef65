"""Notices of underpayment and orders on conviction: drafted by one, served by another; what was served stays; the clock runs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from compliance import jobs
from compliance.enforcement.actions import orders, underpayment
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.underpayment import OwedSum, UnderpaymentNotice
from compliance.enforcement.rules import underpayment as rules
from compliance.enforcement.rules.underpayment import WagesOwed
from licensing.due_dates.queries import due as dates
from registry import schemes
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import words as paper_words
from registry.trail.models.events import Event
from tests.compliance.enforcement.world import (
    OWED,
    TODAY,
    WHY,
    a_case_referred,
    a_conviction,
    a_notice_of_underpayment,
    a_notice_of_underpayment_served,
    an_order_on_conviction,
)
from tests.compliance.stories import SCHEME, an_inspection_confirmed
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
SHOWN = "Bank statements of twelve workers, and of the penalty."


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def stays(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def conflicted(officer: User, organisation: Organisation) -> None:
    conflicts.declare(
        officer, organisation=organisation, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
    )


@pytest.fixture
def decider() -> User:
    return person("decision_maker", name="Non Decider")


# --- what is owed, and the penalty ---


@pytest.mark.parametrize(
    ("owed", "penalty", "reduced"),
    [
        ([(12, 120_000)], 240_000, 120_000),  # twice what is owed
        ([(1, 1_000)], 10_000, 5_000),  # never under 100 pounds
        ([(1, 1_500_000)], 2_000_000, 1_000_000),  # at most 20,000 pounds a worker
        ([(2, 1_500_000), (1, 100_000)], 3_000_000 + 200_000, 1_600_000),
        ([(3, 33_333)], 66_666, 33_333),
    ],
)
def test_the_penalty_follows_from_what_is_owed_and_from_the_pack(
    owed: list[tuple[int, int]], penalty: int, reduced: int
) -> None:
    words = schemes.in_force(SCHEME, TODAY).sanctions
    assert words is not None
    counted = [WagesOwed("Hours", workers, pence, TODAY, TODAY) for workers, pence in owed]

    assert rules.penalty(counted, words.underpayment) == rules.Penalty(penalty, reduced)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"owed": ()}, "nothing_owed"),
        ({"owed": [WagesOwed("", 1, 1, TODAY, TODAY)]}, "sum_unexplained"),
        ({"owed": [WagesOwed("Hours", 0, 1, TODAY, TODAY)]}, "sum_unexplained"),
        ({"owed": [WagesOwed("Hours", 1, 1, TODAY, TODAY + timedelta(days=1))]}, "wrong_days"),
        ({"owed": [WagesOwed("Hours", 1, 1, TODAY, TODAY - timedelta(days=1))]}, "wrong_days"),
        ({"reasons": "x"}, "no_reason"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(more: dict[str, Any], code: str) -> None:
    assert refused(lambda: a_notice_of_underpayment(**more)) == [code]


def test_a_scheme_that_says_nothing_of_it_makes_no_notice() -> None:
    assert refused(lambda: a_notice_of_underpayment(scheme=schemes.in_force("construction", TODAY))) == ["switched_off"]


# --- served by another, and what it says stays ---


def test_another_serves_it_and_the_business_reads_what_is_owed_the_penalty_and_the_day(decider: User) -> None:
    both = person("inspector", "decision_maker")
    draft = a_notice_of_underpayment(by=both)
    assert refused(lambda: underpayment.serve_underpayment(draft, by=both, at=NOW)) == ["own_draft"]
    with pytest.raises(PermissionDenied):
        underpayment.serve_underpayment(draft, by=person("inspector"), at=NOW)

    served = underpayment.serve_underpayment(draft, by=decider, at=NOW)

    assert (served.status, served.pay_by, served.reduced_by) == ("to_pay", date(2026, 11, 29), date(2026, 11, 15))
    assert (served.penalty_pence, served.reduced_pence) == (240_000, 120_000)
    letter = Letter.objects.get(reference=served.reference)
    assert letter.subject == "Notice of underpayment" and letter.sheet
    words = paper_words.text(letter)
    for said in ("sections 103 to 115", OWED.what, "£1,200.00", "£2,400.00", "29 November 2026", "15 November 2026"):
        assert said in words, said


def test_what_was_served_stays_by_sql_too(decider: User) -> None:
    served = a_notice_of_underpayment_served(decider=decider)
    here = UnderpaymentNotice.objects.filter(pk=served.pk)

    for changed in (
        {"penalty_pence": 1}, {"pay_by": date(2030, 1, 1)}, {"reasons": "Others."}, {"served_by": served.drafted_by},
        {"status": "drafted"}, {"status": "in_court", "enforced_by": decider, "court": "Cardiff"},
    ):  # fmt: skip
        stays(lambda: here.update(**changed))  # noqa: B023
    stays(lambda: OwedSum.objects.update(pence=1))
    stays(lambda: OwedSum.objects.create(notice=served, what="More", workers=1, pence=1, since=TODAY, until=TODAY))
    stays(lambda: here.delete())


def test_it_is_not_served_or_withdrawn_and_the_business_told_why(decider: User) -> None:
    left = underpayment.leave_underpayment(
        a_notice_of_underpayment(), because="The sheets were read wrongly.", by=decider, at=NOW
    )
    served = a_notice_of_underpayment_served(decider=decider)
    gone = underpayment.withdraw_underpayment(served, because="The hours were paid in cash.", by=decider, at=NOW)

    assert (left.status, gone.status) == ("left", "withdrawn_notice")
    assert not Letter.objects.filter(reference=left.reference).exists()
    assert "The hours were paid in cash." in paper_words.text(
        Letter.objects.filter(reference=gone.reference).latest("pk")
    )


def test_paid_is_what_is_shown_to_be_paid(decider: User) -> None:
    served = a_notice_of_underpayment_served(decider=decider)

    def paid(on: date, shown_by: str = SHOWN) -> Callable[[], UnderpaymentNotice]:
        return lambda: underpayment.settle_underpayment(
            served, paid_on=on, shown_by=shown_by, by=served.drafted_by, at=NOW
        )

    assert refused(paid(TODAY + timedelta(days=1))) == ["wrong_day"]
    assert refused(paid(TODAY - timedelta(days=1))) == ["wrong_day"]
    assert refused(paid(TODAY, "Yes")) == ["not_shown"]
    settled = paid(TODAY)()
    assert settled.status == "paid"
    stays(lambda: UnderpaymentNotice.objects.filter(pk=settled.pk).update(shown_by="Something else that shows it."))


def test_unpaid_by_its_day_it_may_go_to_a_court_by_another_and_still_be_paid(decider: User) -> None:
    both = person("inspector", "decision_maker")
    served = a_notice_of_underpayment_served(by=both, decider=decider)

    assert jobs.let_sanctions_run_out(at=NOW + timedelta(days=27)) == 0
    later = NOW + timedelta(days=28)
    assert jobs.let_sanctions_run_out(at=later) == 1 and jobs.let_sanctions_run_out(at=later) == 0
    served.refresh_from_db()
    assert served.status == "unpaid"
    go: dict[str, Any] = {"court": "Cardiff County Court", "because": WHY, "at": later}
    assert refused(lambda: underpayment.enforce_underpayment(served, by=both, **go)) == ["own_draft"]
    in_court = underpayment.enforce_underpayment(served, by=decider, **go)
    assert in_court.status == "in_court"
    paid = underpayment.settle_underpayment(
        in_court, paid_on=TODAY + timedelta(days=28), shown_by=SHOWN, by=both, at=later
    )
    assert paid.status == "paid"
    assert set(Event.objects.filter(verb="miss_payment").values_list("by", flat=True)) == {""}
    assert refused(lambda: underpayment.miss_payment(a_notice_of_underpayment_served(), by=None, at=NOW)) == [
        "too_early"
    ]


def test_nobody_with_a_conflict_of_interest_drafts_serves_or_sees_it(decider: User) -> None:
    officer, other = person("inspector"), person("decision_maker")
    draft = a_notice_of_underpayment()
    firm = draft.organisation
    for who in (officer, other):
        conflicted(who, firm)

    assert refused(lambda: a_notice_of_underpayment(by=officer, organisation=firm)) == ["conflicted"]
    assert refused(lambda: underpayment.serve_underpayment(draft, by=other, at=NOW)) == ["conflicted"]
    stays(
        lambda: UnderpaymentNotice.objects.filter(pk=draft.pk).update(
            status="to_pay",
            served_by=other,
            served_at=NOW,
            pay_by=TODAY,
            reduced_by=TODAY,
            penalty_pence=1,
            reduced_pence=1,
        )
    )
    assert signed_in(other).get(f"/staff/underpayments/{draft.reference}/").status_code == 404
    assert draft.reference not in signed_in(other).get("/staff/underpayments/").content.decode()
    assert draft.reference in signed_in(decider).get("/staff/underpayments/").content.decode()


def test_an_inspector_sees_their_own_notices_alone() -> None:
    own, others = a_notice_of_underpayment(), a_notice_of_underpayment(by=person("inspector"))
    browser = signed_in(own.drafted_by)

    assert browser.get(f"/staff/underpayments/{own.reference}/").status_code == 200
    assert browser.get(f"/staff/underpayments/{others.reference}/").status_code == 404
    assert others.reference not in browser.get("/staff/underpayments/").content.decode()


# --- pages ---


def filled(organisation: str, **more: Any) -> dict[str, Any]:
    since = {"since_1_day": "1", "since_1_month": "8", "since_1_year": "2026"}
    until = {"until_1_day": "30", "until_1_month": "9", "until_1_year": "2026"}
    return {
        "number": organisation, "reasons": "The sheets show more hours.", "what_1": "Hours", "workers_1": "12",
        "pounds_1": "1200.50", **since, **until, **more,
    }  # fmt: skip


def test_it_is_drafted_from_a_visit_served_after_reading_the_letter_and_settled_on_pages(decider: User) -> None:
    inspection = an_inspection_confirmed("2.4")
    desk, office = signed_in(inspection.inspector), signed_in(decider)
    new = f"/staff/underpayments/new/?inspection={inspection.reference}"
    assert new in desk.get(f"/staff/inspections/{inspection.reference}/").content.decode()

    assert "would go out" not in desk.get(new).content.decode()
    half = desk.post(new, filled(inspection.organisation.reference, what_2="Holiday pay"))
    assert half.status_code == 422 and "Fill in every part of this sum, or leave it empty." in half.content.decode()
    desk.post(new, filled(inspection.organisation.reference))

    one = UnderpaymentNotice.objects.get()
    assert (one.inspection, one.owed.get().pence) == (inspection, 120_050)
    address = f"/staff/underpayments/{one.reference}/"
    page = desk.get(address).content.decode()
    assert "£1,200.50" in page and "£2,401.00" in page
    read = office.post(f"{address}serve/", {"preview": "1"})
    assert "Notice of underpayment" in read.content.decode()
    office.post(f"{address}serve/", {})
    day = {"paid_on_day": "2", "paid_on_month": "11", "paid_on_year": "2026"}
    assert desk.post(f"{address}settle/", {"shown_by": SHOWN, **day}).status_code == 302
    one.refresh_from_db()
    assert one.status == "paid"
    assert "Write down what workers got back" in desk.get(address).content.decode()


def test_the_list_asks_as_often_for_many_as_for_one(
    decider: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client: Client = signed_in(decider)
    a_notice_of_underpayment()
    client.get("/staff/underpayments/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/staff/underpayments/")
    for _more in range(3):
        a_notice_of_underpayment()
    with django_assert_num_queries(len(asked)):
        client.get("/staff/underpayments/")


def test_its_day_to_pay_is_among_the_dates_due_with_the_law(decider: User) -> None:
    a_notice_of_underpayment_served(decider=decider)

    (due,) = dates.dates({"clock": ["pay_underpayment"]}, by=decider, on=TODAY).rows()

    assert (due.due_on, due.rule, due.lapses) == (
        date(2026, 11, 29),
        "28 days, of which the first is the day of the notice.",
        False,
    )
    assert "sections 103 to 115" in due.law
    assert list(dates.dates({}, by=person("case_officer"), on=TODAY).rows()) == []


# --- orders on conviction ---


def written(case: Any, **more: Any) -> Callable[[], ConvictionOrder]:
    return lambda: orders.write_order(
        case,
        **{
            "on_whom": "Brook Farm Ltd", "is_adult": True, "court": "Cardiff", "starts_on": TODAY,
            "until": date(2028, 11, 1), "terms": "Use no other supplier.", "by": case.officer, "at": NOW, **more,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"is_adult": False}, "under_18"),
        ({"until": date(2028, 11, 2)}, "too_long"),
        ({"starts_on": TODAY - timedelta(days=1), "until": TODAY}, "too_early"),
        ({"terms": "Nothing."}, "no_terms"),
    ],
)
def test_what_is_wrong_with_an_order_is_said(more: dict[str, Any], code: str) -> None:
    assert refused(written(a_conviction(), **more)) == [code]


def test_without_a_conviction_there_is_no_such_order() -> None:
    assert refused(written(a_case_referred())) == ["not_convicted"]


def test_another_compares_it_with_the_paper_of_the_court_and_then_it_holds(decider: User) -> None:
    both = person("inspector", "decision_maker")
    own = written(a_conviction(by=decider), by=both)()
    assert refused(lambda: orders.compare_order(own, by=both, at=NOW)) == ["own_record"]
    order = an_order_on_conviction(by=decider)
    here = ConvictionOrder.objects.filter(pk=order.pk)
    stays(lambda: here.update(status="holds", compared_by=order.written_by, compared_at=NOW))
    stays(lambda: here.update(status="holds"))

    holds = orders.compare_order(order, by=decider, at=NOW)

    assert holds.status == "holds"
    for changed in (
        {"on_whom": "Another"},
        {"is_adult": False},
        {"starts_on": date(2020, 1, 1)},
        {"compared_by": both},
    ):
        stays(lambda: here.update(**changed))  # noqa: B023


def test_it_is_varied_discharged_or_ends_with_its_day(decider: User) -> None:
    held = orders.compare_order(an_order_on_conviction(by=decider), by=decider, at=NOW)
    officer = held.case.officer

    varied = orders.vary_holding_order(
        held, until=date(2027, 11, 1), terms="Use no other supplier, and report.", by=officer, at=NOW
    )
    assert (varied.status, varied.until) == ("holds", date(2027, 11, 1))
    page = signed_in(officer).get(f"/staff/orders/{held.reference}/").content.decode()
    assert "1 November 2027\nUse no other supplier, and report." in page
    assert "Use no supplier who is not on the register." in page
    assert jobs.let_sanctions_run_out(at=NOW + timedelta(days=364)) == 0
    assert jobs.let_sanctions_run_out(at=NOW + timedelta(days=365)) == 1
    held.refresh_from_db()
    assert held.status == "over"
    other = orders.compare_order(an_order_on_conviction(by=decider), by=decider, at=NOW)
    assert orders.lift_order(other, because="On appeal.", by=other.case.officer, at=NOW).status == "lifted"
    wrong = orders.strike_order(an_order_on_conviction(by=decider), because="Another firm’s.", by=decider, at=NOW)
    assert wrong.status == "struck"


def test_an_order_is_written_down_compared_and_found_on_pages(decider: User) -> None:
    case = a_conviction(by=decider)
    desk, office = signed_in(case.officer), signed_in(decider)
    day = {"starts_on_day": "2", "starts_on_month": "11", "starts_on_year": "2026"}
    until = {"until_day": "1", "until_month": "11", "until_year": "2027"}
    typed = {"on_whom": "Brook Farm Ltd", "is_adult": "on", "court": "Cardiff", "terms": "Use no other supplier."}
    assert "Write down an order of the court" in desk.get(f"/staff/unlicensed/{case.reference}/").content.decode()

    assert desk.post(f"/staff/unlicensed/{case.reference}/order/", {**typed, **day, **until}).status_code == 302

    order = ConvictionOrder.objects.get()
    assert order.reference in office.get("/staff/undertakings/").content.decode()
    assert office.post(f"/staff/orders/{order.reference}/compare/", {}).status_code == 302
    assert "Order in force" in desk.get(f"/staff/orders/{order.reference}/").content.decode()
    (due,) = dates.dates({"clock": ["conviction_order_ends"]}, by=decider, on=TODAY).rows()
    assert (due.due_on, due.lapses) == (date(2027, 11, 1), True)
