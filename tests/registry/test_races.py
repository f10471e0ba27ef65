"""Two at once: on PostgreSQL the locks of rows keep them apart, on SQLite the one writer. Without the locks they collide."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from registry.errors import Refused
from registry.licences.actions import conditions, licences
from registry.licences.models import Condition, Licence
from registry.organisations import actions as organisations
from registry.register import queries as register
from registry.register.actions import listings
from registry.register.models import Entry
from registry.trail.actions import events
from registry.trail.models.events import Counter, CounterQuerySet, Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.races import at_once
from tests.registry.stories import SCHEME, a_decider, a_licence, an_organisation, day

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(hours=1)
COUNTER = "licence ABER"


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause between reading a counter and writing it, so that anyone who is not kept out gets in."""
    save = Counter.save

    def save_slowly(counter: Counter, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.05)
        save(counter, *args, **kwargs)

    monkeypatch.setattr(Counter, "save", save_slowly)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same code, with the lock taken away."""
    monkeypatch.setattr(CounterQuerySet, "select_for_update", CounterQuerySet.all)


@transaction.atomic
def draw() -> int:
    return Counter.objects.draw(COUNTER)


def start_counting() -> None:
    with transaction.atomic():
        Counter.objects.held(Counter.EVENTS)
        Counter.objects.held(COUNTER)


@pytest.mark.usefixtures("slowly")
def test_numbers_drawn_at_once_are_all_different() -> None:
    start_counting()

    assert sorted(map(int, numbers(at_once(*[draw] * 6)))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.postgresql
@pytest.mark.usefixtures("slowly", "without_locks")
def test_without_the_lock_the_same_number_would_be_drawn_twice() -> None:
    start_counting()

    drawn = numbers(at_once(*[draw] * 6))

    assert len(set(drawn)) < 6


def numbers(results: list[int | BaseException]) -> list[int]:
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if isinstance(result, int)]


@transaction.atomic
def look(thing: Licence) -> Event:
    return events.record(thing, "look", by=None, at=NOW)


@pytest.mark.usefixtures("slowly")
def test_events_written_at_once_make_one_chain() -> None:
    licence = a_licence()
    before = Event.objects.count()

    results = at_once(*[partial(look, licence)] * 6)

    assert [result for result in results if isinstance(result, BaseException)] == []
    assert Event.objects.count() == before + 6
    assert list(trail.faults()) == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("slowly", "without_locks")
def test_without_the_lock_the_chain_would_break() -> None:
    licence = a_licence()

    results = at_once(*[partial(look, licence)] * 6)

    assert any(isinstance(result, BaseException) for result in results) or list(trail.faults())


def test_licences_issued_at_once_have_numbers_of_their_own() -> None:
    decider = a_decider()
    firms = [an_organisation(f"Abercwm {letter} Ltd") for letter in "ABCD"]

    results = at_once(*[partial(a_licence, firm, by=decider) for firm in firms])

    assert sorted(str(result) for result in results) == ["ABER0001", "ABER0002", "ABER0003", "ABER0004"]
    assert_whole()


def test_of_two_licences_issued_at_once_to_one_organisation_one_is_refused() -> None:
    decider, firm = a_decider(), an_organisation()

    results = at_once(*[partial(a_licence, firm, by=decider)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Licence", "Refused"]
    assert Licence.objects.count() == 1
    assert_whole()


def test_of_two_revocations_at_once_one_is_refused_and_the_register_says_it_once() -> None:
    licence, decider = a_licence(), a_decider()
    revoke = partial(licences.revoke, licence, takes_effect=day(9), because="x", by=decider, at=LATER)

    results = at_once(revoke, revoke)

    assert sorted(type(result).__name__ for result in results) == ["Licence", "Refused"]
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert "wrong_state" in [reason.code for reason in refused.reasons]
    assert Event.objects.filter(verb="revoke").count() == 1
    assert Entry.objects.count() == 2
    assert_whole()


def test_a_condition_and_a_suspension_at_once_are_both_shown() -> None:
    licence, decider = a_licence(), a_decider()
    jobs: list[Callable[[], object]] = [
        partial(
            conditions.impose,
            licence,
            standard="3.1",
            requirement="Keep records.",
            due_on=day(28),
            on=day(0),
            by=decider,
            at=LATER,
        ),
        partial(licences.suspend, licence, starts=day(0), until=day(9), because="x", by=decider, at=LATER),
    ]

    results = at_once(*jobs)

    assert {type(result) for result in results} == {Condition, Licence}
    entry = Entry.objects.get(shown_until=None)
    assert (entry.condition_count, entry.suspended_from) == (1, day(0))
    assert_whole()


def test_two_publishings_at_once_of_one_change_make_one_entry() -> None:
    organisation = a_licence().organisation
    organisations.update(organisation, changes={"legal_name": "Newport Labour Ltd"}, by=None, at=LATER)

    results = at_once(*[partial(listings.republish, organisation, by=None, at=LATER)] * 4)

    assert [result for result in results if isinstance(result, BaseException)] == []
    assert Entry.objects.count() == 2
    assert Entry.objects.get(shown_until=None).name == "Newport Labour Ltd"
    assert_whole()


def test_applicants_shown_at_once_have_numbers_of_their_own() -> None:
    firms = [an_organisation(f"Abercwm {letter} Ltd") for letter in "ABCD"]

    results = at_once(
        *[
            partial(
                listings.show_applicant,
                firm,
                scheme=SCHEME,
                sectors=["x"],
                supplies_to=["wales"],
                applied_on=day(0),
                by=None,
                at=NOW,
            )
            for firm in firms
        ]
    )

    assert [result for result in results if isinstance(result, BaseException)] == []
    assert sorted(Entry.objects.values_list("number", flat=True)) == [f"APP-0000{n}" for n in (1, 2, 3, 4)]
    assert_whole()


def assert_whole() -> None:
    assert list(trail.faults()) == []
    assert list(register.faults()) == []
