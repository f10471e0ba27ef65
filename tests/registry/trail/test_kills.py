"""A process that is killed between two beats leaves nothing half-done, and whoever tries again does it once."""

from typing import Any

import pytest
from django.db.models import Model

from registry.accounts.models import User
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.register import queries as register
from registry.register.actions import listings
from registry.register.models import Entry, Listing
from registry.search.models import IndexedName
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.killed import killed
from tests.registry.stories import SCHEME, a_decider, a_licence, a_scheme, an_organisation, day

pytestmark = pytest.mark.django_db(transaction=True)


def decider() -> User:
    return User.objects.get(groups__name="decision_maker")


def revoke() -> None:
    licences.revoke(Licence.objects.get(), takes_effect=day(9), because="Wages.", by=decider(), at=NOW)


def issue() -> None:
    licences.issue(
        Organisation.objects.get(),
        scheme=a_scheme(),
        sectors=["horticulture"],
        countries_supplied=["wales"],
        starts=day(0),
        until=day(364),
        by=decider(),
        at=NOW,
    )


def show_applicant() -> None:
    listings.show_applicant(
        Organisation.objects.get(),
        scheme=SCHEME,
        sectors=["x"],
        supplies_to=["wales"],
        applied_on=day(0),
        by=None,
        at=NOW,
    )


def everything() -> list[list[dict[str, Any]]]:
    tables: tuple[type[Model], ...] = (Organisation, Licence, Listing, Entry, Event, Counter, IndexedName)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def assert_whole() -> None:
    assert list(trail.faults()) == []
    assert list(register.faults()) == []


@pytest.mark.parametrize(
    ("function", "moment"),
    [
        ("registry.trail.actions.events:move", "before"),
        ("registry.trail.actions.events:_record", "before"),
        ("registry.trail.actions.events:move", "after"),
        ("registry.register.actions.publishing:_close", "after"),
        ("registry.register.actions.publishing:_open", "after"),
        ("registry.register.actions.publishing:publish", "after"),
    ],
)
def test_a_revocation_that_is_cut_off_has_not_happened(function: str, moment: str) -> None:
    a_licence(by=a_decider())
    before = everything()

    assert killed(revoke, function, moment)

    assert everything() == before
    assert_whole()
    revoke()
    assert Event.objects.filter(verb="revoke").count() == 1
    assert Entry.objects.count() == 2
    assert_whole()


@pytest.mark.parametrize(
    ("function", "moment"),
    [
        ("registry.register.actions.publishing:listing_of", "after"),
        ("registry.licences.actions.numbers:draw", "after"),
        ("registry.trail.actions.events:_record", "after"),
        ("registry.register.actions.publishing:publish", "after"),
    ],
)
def test_an_issue_that_is_cut_off_gives_no_number_away(function: str, moment: str) -> None:
    an_organisation()
    a_decider()
    before = everything()

    assert killed(issue, function, moment)

    assert everything() == before
    issue()
    assert Licence.objects.get().number == "ABER0001"
    assert_whole()


@pytest.mark.parametrize("function", ["registry.trail.actions.events:record", "registry.search:add"])
def test_an_applicant_whose_showing_is_cut_off_is_not_on_the_register(function: str) -> None:
    an_organisation()
    before = everything()

    assert killed(show_applicant, function, "after")

    assert everything() == before
    show_applicant()
    assert Entry.objects.get().number == "APP-00001"
    assert_whole()


def test_the_same_process_left_alone_does_it_all() -> None:
    a_licence(by=a_decider())

    assert not killed(revoke, "registry.register.actions.publishing:hide", "before")

    assert Licence.objects.get().status == "revoked"
    assert Entry.objects.count() == 2
    assert_whole()
