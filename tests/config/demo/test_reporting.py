"""The sample reports."""

from collections import Counter

import pytest

from compliance.models import Report, ReportPhoto
from config.demo import loading
from registry import trail
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db


def test_there_are_a_few_dozen_in_every_state_and_none_is_stuck() -> None:
    list(loading.people(NOW))
    licence = a_holder("Harvest Hands Ltd")

    list(loading.reports(NOW))

    assert Counter(Report.objects.values_list("status", flat=True)) == {
        "received": 10,
        "being_looked_at": 15,
        "done": 11,
    }
    assert Report.objects.waiting().count() == 10 + 5 + 2
    assert Report.objects.filter(about_number=licence.number).exists()
    assert ReportPhoto.objects.exists()
    assert set(Report.objects.values_list("contact", flat=True)) == {"mailbox", "direct", "none"}
    assert list(trail.faults()) == []
