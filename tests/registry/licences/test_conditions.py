from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from registry.errors import Refused
from registry.licences.actions import conditions
from registry.licences.models import Condition
from registry.register.models import Entry
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_condition, a_decider, a_licence, day

pytestmark = pytest.mark.django_db

VERBS: dict[str, Callable[..., Condition]] = {
    "extend": partial(conditions.extend, due_on=day(60), because="Slow post."),
    "discharge": partial(conditions.discharge, on=day(0), because="Seen."),
    "fail": partial(conditions.fail, on=day(0), because="Not done."),
}


def shown() -> Entry:
    return Entry.objects.filter(shown_until=None).standing_on(day(0)).get()


def test_imposing_shows_the_licence_as_one_with_conditions() -> None:
    a_condition()

    assert (shown().standing, shown().condition_count) == ("licensed_with_conditions", 1)


def test_imposing_writes_down_the_standard_and_the_day() -> None:
    condition = a_condition()

    event = Event.objects.latest("number")
    assert (event.verb, event.reference) == ("impose", condition.reference)
    assert event.facts["due_on"] == day(28).isoformat()
    assert event.facts["licence"] == condition.licence.number


def test_extending_moves_the_day_on_and_shows_it() -> None:
    condition = VERBS["extend"](a_condition(), by=a_decider(), at=NOW)

    assert (condition.status, condition.due_on) == ("open", day(60))
    assert [item["due_on"] for item in shown().conditions] == [day(60).isoformat()]


@pytest.mark.parametrize("due_on", [27, 28])
def test_extending_refuses_a_day_that_is_not_later(due_on: int) -> None:
    with pytest.raises(Refused) as refused:
        conditions.extend(a_condition(due_on=day(28)), due_on=day(due_on), because="x", by=a_decider(), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["not_later"]


def test_discharging_the_last_condition_shows_the_licence_without_any() -> None:
    condition = VERBS["discharge"](a_condition(), by=a_decider(), at=NOW)

    assert (condition.status, condition.closed_on) == ("discharged", day(0))
    assert (shown().standing, shown().conditions) == ("licensed", [])


def test_discharging_one_of_two_leaves_the_other() -> None:
    licence = a_licence()
    first, _second = a_condition(licence), a_condition(licence)

    VERBS["discharge"](first, by=a_decider(), at=NOW)

    assert (shown().standing, shown().condition_count) == ("licensed_with_conditions", 1)


def test_a_failed_condition_still_stands_until_a_decision_follows() -> None:
    condition = VERBS["fail"](a_condition(), by=a_decider(), at=NOW)

    assert (condition.status, condition.closed_on) == ("failed", day(0))
    assert shown().standing == "licensed_with_conditions"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("closed", ["discharge", "fail"])
def test_nothing_happens_to_a_condition_that_is_closed(verb: str, closed: str) -> None:
    condition = VERBS[closed](a_condition(), by=a_decider(), at=NOW)

    with pytest.raises(Refused) as refused:
        VERBS[verb](condition, by=a_decider(), at=NOW)

    assert "wrong_state" in [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["case_officer", "inspector", "applicant"])
def test_only_who_decides_changes_a_condition(verb: str, role: str) -> None:
    condition = a_condition()
    before = Event.objects.count()

    with pytest.raises(PermissionDenied):
        VERBS[verb](condition, by=person(role), at=NOW)

    assert Event.objects.count() == before


def test_only_who_decides_imposes_a_condition() -> None:
    licence = a_licence()

    with pytest.raises(PermissionDenied):
        conditions.impose(
            licence,
            standard="3.1",
            requirement="x",
            due_on=day(1),
            on=day(0),
            by=person("case_officer"),
            at=NOW,
        )

    assert not Condition.objects.exists()
