"""The page of a licence lists everything that is pending about it: whose turn it is, and by when."""

import pytest
from django.urls import reverse

from licensing.duties.queries.duties import Duty
from registry.tasks.models import Task
from tests.conftest import SetClock
from tests.licensing.appeals.world import DECIDED, received
from tests.licensing.holding.test_actions_surrenders import asked
from tests.licensing.holding.world import a_change, the_holder
from tests.licensing.stories import a_licence, a_renewal_handed_in, day, weeks_before_the_end
from tests.people import signed_in
from tests.registry.stories import a_condition

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def listed(duties: list[Duty]) -> dict[str, tuple[str, object]]:
    return {duty.task.kind: (duty.waits_for, duty.due) for duty in duties}


def test_change_surrender_condition_renewal_and_payment_are_listed_with_turn_and_day(set_clock: SetClock) -> None:
    licence = a_licence()
    a_condition(licence)
    change = a_change(licence=licence)
    asked(licence)
    renewal = a_renewal_handed_in(licence)
    set_clock(weeks_before_the_end(licence, 5))

    page = signed_in(the_holder(licence)).get(reverse("licence", args=[licence.number]))

    duties, pending = listed(page.context["duties"]), listed(page.context["pending"])
    # The day by which we meant to look at it has passed.
    assert pending["change.deciding"] == ("Waiting for us", None)
    assert pending["decision.surrender"] == ("Waiting for us", day(20))
    assert {"condition.meet", "application.pay"} <= set(duties)
    words = page.content.decode()
    for address in (
        reverse("told_change", args=[licence.number, change.reference]),
        reverse("surrender_licence", args=[licence.number]),
        reverse("application_tasks", args=[renewal.reference]),
    ):
        assert address in words


def test_a_change_that_is_looked_at_says_by_when() -> None:
    licence = a_licence()
    a_change(licence=licence)

    page = signed_in(the_holder(licence)).get(reverse("licence", args=[licence.number]))

    expected = Task.objects.get(kind="change.decide").due_on
    assert listed(page.context["pending"])["change.deciding"] == ("Waiting for us", expected)
    assert f"By {expected:%-d %B %Y}" in " ".join(page.content.decode().split())


def test_an_appeal_is_listed_at_the_licence(set_clock: SetClock) -> None:
    appeal = received()
    licence = appeal.decision.licence
    assert licence is not None
    set_clock(DECIDED)

    page = signed_in(the_holder(licence)).get(reverse("licence", args=[licence.number]))

    assert any(
        duty.href.startswith(f"/licences/appeals/{appeal.decision.reference}/") for duty in page.context["pending"]
    )
