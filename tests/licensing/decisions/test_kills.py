"""A decision whose process is killed between two beats has not been taken: no licence, no entry, no letter."""

from typing import Any

import pytest
from django.db.models import Model

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.checks.models import Check
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations.models import Fact, Organisation
from registry.register import queries as register
from registry.register.models import Entry
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain as trail
from tests import stories
from tests.conftest import NOW
from tests.killed import killed
from tests.licensing.stories import a_grant_proposed, a_revocation_proposed, decided, notified
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)


def decide() -> None:
    decider = User.objects.filter(groups__name="decision_maker").latest("pk")
    decided(Decision.objects.latest("pk"), by=decider, at=NOW)


def submit() -> None:
    application = Application.objects.get()
    applications.submit(application, by=stories.holder_of(application.organisation), at=NOW)


def everything() -> list[list[dict[str, Any]]]:
    tables: tuple[type[Model], ...] = (
        Application,
        Check,
        Counter,
        Decision,
        Entry,
        Event,
        Fact,
        Letter,
        Licence,
        Organisation,
    )
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def assert_whole() -> None:
    assert list(trail.faults()) == []
    assert list(register.faults()) == []


BEATS = [
    ("registry.trail.actions.events:locked", "after"),
    ("registry.trail.actions.events:move", "after"),
    ("registry.register.actions.publishing:publish", "after"),
    ("registry.letters.letters.sending:queue", "before"),
    ("registry.letters.letters.sending:queue", "after"),
]


@pytest.mark.parametrize(("function", "moment"), BEATS)
def test_a_grant_that_is_cut_off_has_not_been_made(function: str, moment: str) -> None:
    a_grant_proposed()
    person("decision_maker")
    before = everything()

    assert killed(decide, function, moment)

    assert everything() == before
    decide()
    assert Licence.objects.count() == Event.objects.filter(verb="decide").count() == 1
    assert_whole()


@pytest.mark.parametrize(("function", "moment"), BEATS[1:])
def test_a_revocation_that_is_cut_off_has_not_been_decided(function: str, moment: str) -> None:
    notified(a_revocation_proposed())
    before = everything()

    assert killed(decide, function, moment)

    assert everything() == before
    decide()
    assert Licence.objects.get().status == "revoked"
    assert_whole()


@pytest.mark.parametrize(("function", "moment"), BEATS[1:4])
def test_an_application_whose_handing_in_is_cut_off_is_still_a_draft(function: str, moment: str) -> None:
    stories.an_application_answered()
    before = everything()

    assert killed(submit, function, moment)

    assert everything() == before
    submit()
    assert Application.objects.get().status == "submitted"
    assert Entry.objects.count() == 1
    assert_whole()
