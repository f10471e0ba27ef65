"""Reminders by email: once before the day and once after it, to those who may act and want them."""

from datetime import datetime, timedelta

import pytest

from licensing.conditions import actions as evidence
from licensing.jobs import remind_of_duties
from registry.letters.models import Letter
from registry.memberships.states import Act
from registry.papers import words
from registry.trail.actions import events as trail
from registry.trail.queries import beginnings
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence, a_request
from tests.people import signed_in
from tests.registry.stories import a_condition, an_agent
from tests.stories import holder_of

pytestmark = pytest.mark.django_db
TEMPLATE = "licensing/letters/duties.html"


def reminded(at: datetime) -> list[str]:
    """The addresses that the reminders of this day went to."""
    remind_of_duties(at=at)
    found = Letter.objects.filter(template=TEMPLATE, at=at).order_by("pk")
    return list(found.values_list("address", flat=True))


@pytest.mark.both
def test_a_person_is_reminded_once_before_the_day_and_once_after_it() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    due = NOW + (condition.due_on - TODAY)

    sent = [(days, reminded(due + timedelta(days=days))) for days in (-8, -7, -6, 0, 1, 2)]

    assert sent == [(-8, []), (-7, [holder.email]), (-6, []), (0, []), (1, [holder.email]), (2, [])]
    first, last = Letter.objects.filter(template=TEMPLATE).order_by("pk")
    assert "Meet the condition and send evidence" in words.text(first)
    assert "7 days left" in words.text(first)
    assert "1 day late" in words.text(last)


def test_only_who_may_do_it_is_reminded() -> None:
    request = a_request()
    organisation = request.application.organisation
    agent = an_agent(organisation, covers=(Act.REPLY,))
    due = NOW + (request.due_on - TODAY)

    assert reminded(due) == [holder_of(organisation).email]
    assert agent.email not in Letter.objects.filter(template=TEMPLATE).values_list("address", flat=True)


def test_a_person_chooses_when_and_whether() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    due = NOW + (condition.due_on - TODAY)
    client = signed_in(holder)
    answer = client.post("/duties/reminders/", {"by_email": "yes", "days_before": "3"})
    assert answer.headers["Location"] == "/duties/"
    assert "We email you 3 days before a day" in client.get("/duties/").content.decode()

    assert [reminded(due - timedelta(days=days)) for days in (7, 3)] == [[], [holder.email]]

    client.post("/duties/reminders/", {"by_email": "no", "days_before": "3"})
    assert reminded(due + timedelta(days=1)) == []
    assert client.post("/duties/reminders/", {"by_email": "yes", "days_before": "400"}).status_code == 422


def test_what_is_done_is_not_reminded_of_and_a_new_day_is() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    due = NOW + (condition.due_on - TODAY)
    assert reminded(due - timedelta(days=7)) == [holder.email]

    evidence.send(condition, text="Payslips.", by=holder, at=due)

    assert duties_at(holder, "condition.meet", at=due) == []
    assert reminded(due + timedelta(days=1)) == []


def test_no_one_is_reminded_at_night() -> None:
    licence = a_licence()
    condition = a_condition(licence)
    night = (NOW + (condition.due_on - TODAY)).replace(hour=2)

    assert remind_of_duties(at=night) == 0


def test_what_was_missed_before_an_upgrade_brought_reminders_is_not_reminded_of() -> None:
    due = NOW + (a_condition(a_licence()).due_on - TODAY)

    trail.begin_rule(beginnings.DUTIES_MISSED, at=due + timedelta(days=1))
    assert reminded(due + timedelta(days=2)) == []


def test_what_is_missed_on_the_day_of_the_upgrade_or_after_it_is() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    due = NOW + (condition.due_on - TODAY)

    trail.begin_rule(beginnings.DUTIES_MISSED, at=due)
    assert reminded(due + timedelta(days=1)) == [holder.email]
