"""Payments recorded by mistake are taken out, and what was paid too much is paid back or said why not; nothing is edited."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from licensing.applications.models import Application, CaseMark
from licensing.payments import forms
from licensing.payments.actions import corrections, payments
from licensing.payments.models import Payment, Refund
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.tasks.models import Task
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.decisions.test_views import a_day
from tests.licensing.stories import TODAY
from tests.people import person, signed_in
from tests.registry.conflicts.test_actions import declared

pytestmark = pytest.mark.django_db


def paid(application: Application, amount: Any, number: str = "FP 1") -> Payment:
    return payments.record(
        application,
        amount=Decimal(amount),
        received_on=TODAY,
        bank_reference=number,
        by=person("case_officer"),
        at=NOW,
    )


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def overpaid(by: int = 100) -> tuple[Application, Refund]:
    application = stories.an_application_submitted()
    assert application.fee is not None
    paid(application, application.fee + by)
    return application, Refund.objects.get()


def refusal_of(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def is_unpaid(application: Application) -> bool:
    return CaseMark.objects.filter(application=application, mark=CaseMark.UNPAID).exists()


# --- taken out


def test_a_payment_recorded_by_mistake_counts_no_more_and_the_payer_is_told() -> None:
    application = stories.an_application_submitted()
    assert application.fee is not None
    wrong = paid(application, application.fee)
    assert not is_unpaid(application)

    corrections.cancel_payment(wrong, because="It was for another firm.", by=person("case_officer"), at=NOW)

    assert again(application).still_to_pay == application.fee and is_unpaid(application)
    assert Task.objects.open().filter(kind="application.pay", reference=application.reference).exists()
    letter = Letter.objects.latest("pk")
    assert "Your receipt no longer counts" in letter.subject and "It was for another firm." in letter.sheet
    right = paid(application, application.fee)
    assert again(application).still_to_pay == 0 and right.reference != wrong.reference


def test_it_is_taken_out_once_and_not_by_everyone() -> None:
    application, officer = stories.an_application_submitted(), person("case_officer")
    wrong = paid(application, 100)

    def take_out(by: User) -> Payment:
        return corrections.cancel_payment(wrong, because="Twice.", by=by, at=NOW)

    with pytest.raises(PermissionDenied):
        take_out(person("decision_maker"))
    take_out(officer)
    assert refusal_of(lambda: take_out(officer)) == ["cancelled_before"]
    counter = Payment.objects.get(kind="cancelled")
    counted = lambda: corrections.cancel_payment(counter, because="x", by=officer, at=NOW)  # noqa: E731
    assert refusal_of(counted) == ["cancelled_before"]


def test_a_page_takes_it_out_and_keeps_what_was_typed(set_clock: SetClock) -> None:
    set_clock(NOW)
    application, client = stories.an_application_submitted(), signed_in(person("case_officer"))
    wrong = paid(application, 100)
    door = f"/staff/payments/received/{wrong.reference}/cancel/"
    assert door in client.get(f"/staff/applications/{application.reference}/").content.decode()

    assert client.post(door, {"because": " "}).status_code == 422
    assert client.post(door, {"because": "It came for another firm."}).status_code == 302

    page = client.get(f"/staff/applications/{application.reference}/").content.decode()
    assert "Recorded by mistake" in page and door not in page


# --- paid too much


def test_what_was_paid_too_much_is_a_task_until_it_is_paid_back() -> None:
    application, refund = overpaid()
    assert refund.amount == Decimal(100)
    assert Task.objects.open().get(kind="refund.pay_back").address == f"/staff/applications/{application.reference}/"
    assert "We pay it back to you" in Letter.objects.latest("pk").sheet

    corrections.pay_back(refund, paid_on=TODAY, bank_reference="BACS 7", by=person("case_officer"), at=NOW)

    assert again(application).overpaid == 0
    assert not Task.objects.open().filter(kind__startswith="refund.").exists()
    assert "We have paid back what you paid too much." in Letter.objects.latest("pk").sheet


def test_why_it_is_not_paid_back_is_read_by_the_payer() -> None:
    _application, refund = overpaid()

    corrections.drop_refund(refund, because="It is kept for the inspection.", by=person("case_officer"), at=NOW)

    assert "It is kept for the inspection." in Letter.objects.latest("pk").sheet
    assert not Task.objects.open().filter(kind__startswith="refund.").exists()


def test_what_is_not_paid_back_for_a_reason_is_not_asked_about_again() -> None:
    application, refund = overpaid()
    corrections.drop_refund(refund, because="It is kept for the inspection.", by=person("case_officer"), at=NOW)

    paid(application, 50, "FP 2")

    assert Refund.objects.due().get().amount == 50


def test_a_lower_turnover_makes_what_was_paid_too_much() -> None:
    application = stories.an_application_submitted()
    officer = person("case_officer")
    found: dict[str, Any] = {"evidence": "The accounts, page 4.", "by": officer, "at": NOW}
    demand = payments.verify_turnover(application, verified=Decimal(50_000_000), **found)
    assert demand.amount and application.fee is not None
    paid(application, application.fee + demand.amount)
    assert not Refund.objects.exists()

    payments.verify_turnover(again(application), verified=Decimal(1_000), **found)

    assert Refund.objects.due().get().amount == demand.amount


def test_the_sum_follows_what_is_paid_and_taken_out() -> None:
    application, refund = overpaid()
    more = paid(application, 50, "FP 2")
    assert [(one.status, int(one.amount)) for one in Refund.objects.order_by("pk")] == [("replaced", 100), ("due", 150)]

    corrections.cancel_payment(more, because="Not ours.", by=person("case_officer"), at=NOW)

    assert Refund.objects.due().get().amount == 100
    assert refusal_of(
        lambda: corrections.pay_back(refund, paid_on=TODAY, bank_reference="B", by=person("case_officer"), at=NOW)
    ) == ["wrong_state"]


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"paid_on": TODAY + timedelta(days=1)}, ["day_too_late"]),
        ({"paid_on": date(9999, 1, 1)}, ["day_too_late"]),
        ({"paid_on": TODAY - timedelta(days=1)}, ["day_too_early"]),
        ({"bank_reference": " "}, ["no_bank_reference"]),
    ],
)
def test_it_was_paid_back_on_a_day_that_can_be(given: dict[str, Any], reasons: list[str]) -> None:
    _application, refund = overpaid()
    told: dict[str, Any] = {"paid_on": TODAY, "bank_reference": "BACS 7", **given}

    assert refusal_of(lambda: corrections.pay_back(refund, **told, by=person("case_officer"), at=NOW)) == reasons


def test_nobody_with_a_conflict_of_interest_touches_the_money() -> None:
    application, refund = overpaid()
    officer = person("case_officer")
    declared(officer, application.organisation)

    pay = lambda: corrections.pay_back(refund, paid_on=TODAY, bank_reference="B", by=officer, at=NOW)  # noqa: E731
    assert refusal_of(pay) == ["conflicted"]
    client = signed_in(officer)
    assert client.get(f"/staff/payments/refunds/{refund.reference}/pay-back/").status_code == 404
    payment = application.payments.get()
    assert client.get(f"/staff/payments/received/{payment.reference}/cancel/").status_code == 404


def test_pages_record_it_and_the_payer_sees_it(set_clock: SetClock) -> None:
    set_clock(NOW)
    application, refund = overpaid()
    client, payer = signed_in(person("case_officer")), signed_in(application.started_by)
    assert (
        "You paid £100 more than is due."
        in payer.get(reverse("application_payments", args=[application.reference])).content.decode()
    )

    door = f"/staff/payments/refunds/{refund.reference}/pay-back/"
    assert door in client.get(f"/staff/applications/{application.reference}/").content.decode()
    assert client.post(door, {"bank_reference": "BACS 7", **a_day("paid_on", TODAY)}).status_code == 302

    assert "Paid back" in payer.get(reverse("application_payments", args=[application.reference])).content.decode()


# --- how a sum is written


@pytest.mark.parametrize("typed", ["1e3", "1E+3", "٤٠٠", "NaN", "0x10", "1_000", "400.555", "-5", ""])
def test_a_sum_is_written_in_figures(typed: str) -> None:
    given = {"amount": typed, "bank_reference": "FP 1", **a_day("received_on", TODAY)}

    assert "amount" in forms.Payment(given).errors


@pytest.mark.parametrize(
    ("typed", "sum_"), [("400", "400"), ("£2,000.50", "2000.50"), (" 1 000 ", "1000"), ("£ 7.5", "7.5")]
)
def test_a_sum_is_read_as_people_write_it(typed: str, sum_: str) -> None:
    form = forms.Payment({"amount": typed, "bank_reference": "FP 1", **a_day("received_on", TODAY)})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal(sum_)


# --- by SQL


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE licensing_payment SET amount = -1",
        "UPDATE licensing_payment SET kind = 'paid_back'",
        "UPDATE licensing_refund SET status = 'paid'",
        "UPDATE licensing_refund SET status = 'not_due'",
    ],
)
def test_by_sql_a_row_counts_as_its_kind(change: str) -> None:
    overpaid()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
