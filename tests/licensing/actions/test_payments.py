from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from licensing.actions import payments
from licensing.models import Application, Payment
from registry.errors import Refused
from registry.models import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_licence, day
from tests.people import person

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
        )


def test_recording_refuses_when_the_application_is_not_in_hand() -> None:
    assert refusal_of(stories.an_application()) == ["not_in_hand"]
    assert refusal_of(a_licence().applications.get()) == ["not_in_hand"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager", "auditor"])
def test_recording_is_for_case_officers(role: str) -> None:
    with pytest.raises(PermissionDenied):
        record(stories.an_application_submitted(), by=person(role))
