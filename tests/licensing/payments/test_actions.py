from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.duties.queries.duties import Duty
from licensing.payments.actions import payments
from licensing.payments.models import Demand, Payment
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words as paper_words
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.licensing.stories import (
    TODAY,
    a_licence,
    a_renewal_checked,
    an_application_checked,
    an_inspection_of,
    day,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def record(application: Application, **given: Any) -> Payment:
    options = {"amount": Decimal("400.00"), "received_on": TODAY, "bank_reference": "FP 1"}
    return payments.record(application, **{**options, "by": person("case_officer"), "at": NOW, **given})


def refusal_of(application: Application, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        record(application, **given)
    return [reason.code for reason in refused.value.reasons]


def test_recording_counts_towards_the_fee() -> None:
    application = stories.an_application_submitted()
    assert application.fee

    record(application, amount=application.fee - 100)
    assert application.still_to_pay == Decimal(100)

    record(application, amount=Decimal(100), bank_reference="FP 2")
    assert application.still_to_pay == 0


def test_recording_is_written_on_the_trail() -> None:
    application = stories.an_application_submitted()

    record(application)

    event = Event.objects.get(verb="record_payment")
    assert (event.reference, event.facts["amount"]) == (application.reference, "400.00")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"amount": Decimal(0)}, ["amount_not_positive"]),
        ({"amount": Decimal("-1")}, ["amount_not_positive"]),
        ({"received_on": day(1)}, ["received_in_the_future"]),
        ({"bank_reference": " "}, ["no_bank_reference"]),
    ],
)
def test_recording_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    assert refusal_of(stories.an_application_submitted(), **given) == expected


def test_the_same_payment_cannot_be_recorded_twice() -> None:
    application = stories.an_application_submitted()
    payment = record(application)

    assert refusal_of(application) == ["recorded_before"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            application=application,
            amount=1,
            received_on=payment.received_on,
            bank_reference=payment.bank_reference,
            recorded_by=payment.recorded_by,
            recorded_at=NOW,
            reference="T-0000-0000",
        )


def test_recording_refuses_when_the_application_is_not_in_hand() -> None:
    assert refusal_of(stories.an_application()) == ["not_in_hand"]
    assert refusal_of(a_licence().applications.get()) == ["not_in_hand"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager", "auditor"])
def test_recording_is_for_case_officers(role: str) -> None:
    with pytest.raises(PermissionDenied):
        record(stories.an_application_submitted(), by=person(role))


def test_a_payment_brings_a_receipt_with_a_number_of_its_own() -> None:
    application = stories.an_application_submitted()

    payment = record(application)

    letter = Letter.objects.get(template="licensing/letters/paid.html")
    words = paper_words.text(letter)
    assert letter.facts["receipt"] == payment.reference
    for said in (payment.reference, "£400", "By bank transfer", "outside the scope of VAT", "£220 is still"):
        assert said in words


def test_what_was_paid_too_much_is_said() -> None:
    application = stories.an_application_submitted()

    record(application, amount=Decimal(700))

    assert (application.still_to_pay, application.overpaid) == (Decimal(0), Decimal(80))
    assert "£80 more than is due" in paper_words.text(Letter.objects.get(template="licensing/letters/paid.html"))


# --- the charge for an inspection


def an_inspection_commissioned() -> Application:
    application = an_application_checked()
    an_inspection_of(application)
    return application


def charge(application: Application) -> Demand:
    return payments.charge_inspection(application, by=person("case_officer"), at=NOW)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


def test_the_charge_for_an_inspection_is_demanded_of_the_applicant_and_paid() -> None:
    application = an_inspection_commissioned()

    demand = charge(application)

    application.refresh_from_db()
    assert (demand.amount, demand.due_on, application.still_to_pay) == (Decimal(2870), day(14), Decimal(2870))
    duties = duties_to_pay(application)
    assert [(one.text, one.due) for one in duties] == [("Pay what is still due", day(14))]
    page = signed_in(stories.holder_of(application.organisation)).get(duties[0].href).content.decode()
    assert str(application.payment_reference) in page and "£2,870" in page
    assert "We begin to assess the application when the fee has arrived" not in page
    letter = Letter.objects.get(template="licensing/letters/demanded.html")
    assert "£2,870" in paper_words.text(letter)
    assert str(application.payment_reference) in paper_words.text(letter)
    assert application.marks.filter(mark="unpaid").exists()
    record(application, amount=Decimal(2870))
    assert duties_to_pay(application) == []
    assert not application.marks.filter(mark="unpaid").exists()


def duties_to_pay(application: Application) -> list[Duty]:
    found = duties_at(stories.holder_of(application.organisation))
    return [one for one in found if one.href == reverse("application_payments", args=[application.reference])]


def test_the_charge_is_refused_twice_and_without_an_inspection() -> None:
    application = an_inspection_commissioned()
    charge(application)

    assert refused(lambda: charge(application)) == ["charged_before"]
    assert refused(lambda: charge(stories.an_application_being_assessed(legal_name="Other Ltd"))) == ["no_inspection"]


def test_a_renewal_has_no_charge_for_an_inspection() -> None:
    renewal = a_renewal_checked()

    assert "no_charge" in refused(lambda: charge(renewal))


# --- a turnover that was declared too low


def verify(application: Application, turnover: int, evidence: str = "The accounts to 31 March, page 4.") -> Demand:
    return payments.verify_turnover(
        application, verified=Decimal(turnover), evidence=evidence, by=person("case_officer"), at=NOW
    )


def test_a_higher_turnover_becomes_something_to_pay_and_is_done_when_paid() -> None:
    application = stories.an_application_being_assessed()

    demand = verify(application, 2_000_000)

    application.refresh_from_db()
    assert (demand.declared, demand.band, demand.amount) == (Decimal(640_000), "C", Decimal(1240))
    assert application.fee == 620
    assert [(one.text, one.due) for one in duties_to_pay(application)] == [("Pay what is still due", day(28))]
    words = paper_words.text(Letter.objects.get(template="licensing/letters/demanded.html"))
    for said in ("£640,000", "£2,000,000", "The accounts to 31 March, page 4.", "send us evidence"):
        assert said in words
    record(application, amount=Decimal(1240))
    assert duties_to_pay(application) == []


def test_a_holder_pays_the_difference_after_the_grant() -> None:
    application = a_licence().applications.get()

    verify(application, 12_000_000)

    assert [one.text for one in duties_to_pay(application)] == ["Pay what is still due"]
    record(application, amount=Decimal(3380))
    assert duties_to_pay(application) == []
    assert refusal_of(application, bank_reference="FP 9") == ["not_in_hand"]


def test_evidence_of_the_applicant_ends_what_was_demanded() -> None:
    application = stories.an_application_being_assessed()
    first = verify(application, 2_000_000)

    second = verify(application, 640_000, "The certified accounts that the applicant sent.")

    first.refresh_from_db()
    assert (first.ended_at, second.amount, second.ended_at) == (NOW, Decimal(0), None)
    assert duties_to_pay(application) == []
    assert Letter.objects.filter(template="licensing/letters/demanded.html").count() == 1


def test_nothing_is_given_back_for_a_turnover_declared_too_high() -> None:
    application = stories.an_application_being_assessed(turnover="6000000")

    assert verify(application, 100).amount == 0
    assert Application.objects.get(pk=application.pk).overpaid == 0


def test_a_turnover_is_found_by_evidence_and_on_a_case_that_is_not_over() -> None:
    assert refused(lambda: verify(stories.an_application_being_assessed(), -1, " ")) == ["negative", "no_evidence"]
    refused_case = stories.an_application_submitted(legal_name="Gone Ltd")
    applications.withdraw(refused_case, because="", by=stories.holder_of(refused_case.organisation), at=NOW)
    assert refused(lambda: verify(refused_case, 1)) == ["not_in_hand"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "manager"])
def test_demands_are_made_by_case_officers(role: str) -> None:
    application = stories.an_application_submitted()
    with pytest.raises(PermissionDenied):
        payments.verify_turnover(application, verified=Decimal(1), evidence="x", by=person(role), at=NOW)
    with pytest.raises(PermissionDenied):
        payments.charge_inspection(application, by=person(role), at=NOW)


# --- on pages


def test_an_officer_records_a_turnover_and_demands_a_charge_on_pages() -> None:
    application = an_inspection_commissioned()
    officer = signed_in(person("case_officer"))
    verify_page, charge_page = (
        reverse(name, args=[application.reference]) for name in ("verify_turnover", "charge_inspection")
    )

    answer = officer.post(verify_page, {"verified": "nonsense", "evidence": "kept"})
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()
    assert officer.post(verify_page, {"verified": "£2,000,000", "evidence": "The accounts."}).status_code == 302
    assert officer.post(charge_page).status_code == 302
    assert officer.post(charge_page).status_code == 422

    case = officer.get(reverse("application", args=[application.reference])).content.decode()
    for said in ("Turnover declared: £640,000; found: £2,000,000", "The accounts.", "£4,110.00 is still to be paid"):
        assert said in case
    own = signed_in(stories.holder_of(application.organisation))
    page = own.get(reverse("application_payments", args=[application.reference])).content.decode()
    assert "£4,110" in page
    assert "Charge for an inspection" in page
