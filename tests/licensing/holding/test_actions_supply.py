"""That supply has begun: told once, in time or not, and what the scheme then proposes to the officer."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from licensing.holding.actions import supply
from licensing.holding.models import StartOfSupply
from licensing.holding.queries import changes
from registry.errors import Refused
from registry.licences.models import Licence
from registry.organisations.models import Fact
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_grant_proposed, a_licence, an_inspection_of, day, decided, later

pytestmark = pytest.mark.django_db


def tell(licence: Licence, *, began_on: date = TODAY, at: Any = NOW) -> StartOfSupply:
    return supply.tell(licence, began_on=began_on, by=the_holder(licence), at=at)


def test_it_is_told_in_time_within_the_days_of_the_scheme() -> None:
    start = tell(a_licence(), at=later(28))

    assert (start.due_on, start.days_late) == (date(2026, 11, 30), 0)


def test_how_late_it_was_is_written_down() -> None:
    licence = a_licence()

    start = tell(licence, at=later(30))

    assert start.days_late == 2
    fact = Fact.objects.get(organisation=licence.organisation, key="told_late")
    assert fact.value == {"change": "start_of_supply", "working_days": 2, "due_on": "2026-11-30"}


@pytest.mark.parametrize(
    ("began_on", "code"),
    [(day(1), "in_the_future"), (day(-1), "before_licence")],
    ids=["tomorrow", "before the licence"],
)
def test_it_cannot_have_begun(began_on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tell(a_licence(), began_on=began_on)

    assert [reason.code for reason in refused.value.reasons] == [code]


def test_it_is_told_once() -> None:
    licence = a_licence()
    tell(licence)

    with pytest.raises(Refused) as refused:
        tell(licence)

    assert [reason.code for reason in refused.value.reasons] == ["told_before"]


def test_before_the_first_day_of_the_licence_there_is_nothing_to_tell() -> None:
    licence = decided(a_grant_proposed(starts=day(5))).application.licence  # type: ignore[union-attr]
    assert licence

    with pytest.raises(Refused) as refused:
        tell(licence)

    assert "not_begun" in [reason.code for reason in refused.value.reasons]


def test_nothing_is_proposed_before_supply_has_begun() -> None:
    assert changes.visit_of(a_licence()) is None


def test_who_never_supplied_before_is_to_be_inspected_as_a_new_business() -> None:
    licence = a_licence()
    tell(licence)

    assert changes.visit_of(licence).is_inspection  # type: ignore[union-attr]
    assert changes.visit_kind(licence) == "new_business"


def test_who_supplied_before_is_to_get_an_awareness_visit() -> None:
    licence = a_licence(supplied_before=True)
    tell(licence)

    visit = changes.visit_of(licence)
    assert visit is not None
    assert not visit.is_inspection
    assert changes.visit_kind(licence) == "compliance"


def test_nothing_more_is_proposed_once_an_inspection_has_been_commissioned() -> None:
    licence = a_licence()
    tell(licence)
    an_inspection_of(licence)

    assert changes.visit_of(licence) is None


def test_it_waits_among_what_the_holder_must_do_until_it_is_told() -> None:
    licence = a_licence()
    holder = the_holder(licence)
    (duty,) = duties_at(holder, "licence.tell_supply")
    assert (duty.due, duty.href) == (date(2026, 11, 30), reverse("tell_supply", args=[licence.number]))
    (late,) = duties_at(holder, "licence.tell_supply", at=later(40))
    assert late.due is None and not late.is_late

    tell(licence)

    assert duties_at(holder, "licence.tell_supply") == []
