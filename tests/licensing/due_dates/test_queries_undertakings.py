"""The list of all open dates shows those of undertakings and orders, to whoever may see their cases."""

from datetime import date

import pytest

from licensing.due_dates.queries import due as dates
from tests.compliance.enforcement.world import TODAY, an_order, an_undertaking_in_force, an_undertaking_served
from tests.people import person

pytestmark = pytest.mark.django_db


def test_all_three_with_the_law_of_the_pack_and_nobody_late_by_them() -> None:
    decider = person("decision_maker")
    for made in (an_undertaking_served, an_undertaking_in_force, an_order):
        made(decider=decider)

    found = list(dates.dates({}, by=decider, on=TODAY).rows())

    assert [(str(one.title), one.due_on) for one in found] == [
        ("Last day to agree on an undertaking", date(2026, 11, 16)),
        ("Last day of an undertaking", date(2027, 11, 1)),
        ("Last day of an order", date(2027, 11, 2)),
    ]
    assert all("sections 119 to 129" in one.law and one.lapses for one in found)
    assert found[0].rule == "14 days after the notice, or longer if both agree."


def test_whoever_may_not_see_the_cases_sees_no_date_of_them() -> None:
    an_undertaking_served()

    assert list(dates.dates({}, by=person("case_officer"), on=TODAY).rows()) == []
