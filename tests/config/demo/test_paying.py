"""The sample money: something waits for an officer, something is still to be looked at, something is still to be paid."""

import pytest

from config.demo import loading, paying
from licensing.payments.models import Payment, Statement
from licensing.payments.queries import statements as queries
from registry.accounts.models import User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_request
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_sample_money_is_there_to_be_dealt_with() -> None:
    list(loading.people(NOW))
    employer = User.objects.get(email="applicant@demo.example")
    for name in ("Short Ltd", "Whole Ltd"):
        stories.an_application_submitted(legal_name=name)
    own = stories.a_provider("Own Ltd", by=employer)
    asked = a_request(stories.an_application_being_assessed(organisation=own)).application
    before = Payment.objects.count()

    list(paying.money(NOW))

    assert {(line.amount, line.bank_reference) for line in queries.waiting_lines()} >= {(620, "LICENCE FEE")}
    assert queries.waiting_lines().count() == 2
    (new,) = Statement.objects.filter(taken_up_at=None)
    assert [row.fate.value for row in queries.preview(new, by=person("case_officer")).rows] == ["sure", "unmatched"]
    assert Payment.objects.count() == before
    assert asked.still_to_pay > 0
