"""Two people at once on one case: one of them is told that something else has happened; nothing is done twice."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import models

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.actions import decisions
from licensing.decisions.models.decisions import Decision
from licensing.holding.actions import changes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.register import queries as register
from registry.register.models import Entry
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter, CounterQuerySet, Event
from registry.trail.queries import chain
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, a_licence, a_revocation_proposed, concluded, day, notified
from tests.people import person
from tests.races import at_once
from tests.registry.stories import somebody_acting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause before each step of the trail, so that anyone who is not kept out gets in."""
    save = Counter.save

    def save_slowly(counter: Counter, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.03)
        save(counter, *args, **kwargs)

    monkeypatch.setattr(Counter, "save", save_slowly)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same code, with the locks taken away."""

    def read_again(thing: models.Model, *, among: models.QuerySet[models.Model] | None = None) -> models.Model:
        return (type(thing)._default_manager.all() if among is None else among).get(pk=thing.pk)

    monkeypatch.setattr(trail, "locked", read_again)
    monkeypatch.setattr(CounterQuerySet, "select_for_update", CounterQuerySet.all)


def deciding(decision: Decision) -> list[Callable[[], object]]:
    return [
        partial(decisions.decide, decision, by=person("decision_maker"), at=NOW, **concluded(decision))
        for _turn in range(2)
    ]


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def assert_whole() -> None:
    assert list(chain.faults()) == []
    assert list(register.faults()) == []


def test_of_two_officers_who_grant_at_once_one_is_refused_and_one_licence_is_issued() -> None:
    decision = a_grant_proposed()

    results = at_once(*deciding(decision))

    assert kinds(results) == ["Decision", "Refused"]
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert told_that_it_is_done(refused)
    assert Licence.objects.count() == 1
    assert Event.objects.filter(verb="decide").count() == 1
    assert Letter.objects.filter(template__contains="granted").count() == 1
    assert_whole()


@pytest.mark.postgresql
@pytest.mark.usefixtures("without_locks")
def test_without_the_locks_two_officers_would_collide() -> None:
    decision = a_grant_proposed()

    results = at_once(*deciding(decision))

    # Whoever comes second finds the decision still open: only a later net, or none, stops them.
    assert not [result for result in results if isinstance(result, Refused) and told_that_it_is_done(result)]


def told_that_it_is_done(refused: Refused) -> bool:
    return "wrong_state" in [reason.code for reason in refused.reasons]


def test_of_two_officers_who_revoke_at_once_one_is_refused() -> None:
    decision = notified(a_revocation_proposed())

    results = at_once(*deciding(decision))

    assert kinds(results) == ["Decision", "Refused"]
    assert Event.objects.filter(kind="licence", verb="revoke").count() == 1
    assert_whole()


def test_an_application_is_either_withdrawn_or_granted_when_both_happen_at_once() -> None:
    decision = a_grant_proposed()
    application = decision.application
    assert application is not None
    holder = stories.holder_of(application.organisation)

    results = at_once(
        partial(applications.withdraw, application, because="Sold.", by=holder, at=NOW),
        partial(decisions.decide, decision, by=person("decision_maker"), at=NOW, **concluded(decision)),
    )

    application.refresh_from_db()
    assert "Refused" in kinds(results)
    assert (application.status, Licence.objects.count()) in [("granted", 1), ("withdrawn", 0)]
    assert Entry.objects.filter(shown_until=None).count() == Licence.objects.count()
    assert_whole()


def test_an_application_handed_in_twice_at_once_is_handed_in_once() -> None:
    application = stories.an_application_answered()
    submit = partial(applications.submit, application, by=stories.holder_of(application.organisation), at=NOW)

    results = at_once(submit, submit)

    assert kinds(results) == ["Application", "Refused"]
    assert Event.objects.filter(verb="submit").count() == 1
    assert Entry.objects.count() == 1
    assert_whole()


def test_an_organisation_that_changes_while_its_application_is_handed_in_waits_its_turn() -> None:
    application = stories.an_application_answered()
    holder = stories.holder_of(application.organisation)

    results = at_once(
        partial(applications.submit, application, by=holder, at=NOW),
        partial(organisations.update, application.organisation, changes={"former_names": ["Old Ltd"]}, by=None, at=NOW),
    )

    assert kinds(results) == ["Application", "Organisation"]
    assert_whole()


def test_a_licence_that_is_revoked_and_ended_at_once_is_one_or_the_other() -> None:
    licence = a_licence()
    decision = notified(a_revocation_proposed(licence))

    results = at_once(
        partial(decisions.decide, decision, by=person("decision_maker"), at=NOW, **concluded(decision)),
        partial(
            changes.change_numbers,
            licence.organisation,
            changes={"company_number": "01234567"},
            by=person("case_officer"),
            at=NOW,
        ),
    )

    licence.refresh_from_db()
    assert licence.status in ("revoked", "ended")
    assert [result for result in results if isinstance(result, BaseException) and not isinstance(result, Refused)] == []
    assert Entry.objects.filter(shown_until=None).standing_on(day(3)).get().standing in ("revoked", "expired")
    assert_whole()


# --- two people of one employer on one page ---


def saving_at_once() -> tuple[Application, list[Any]]:
    application = stories.an_application()
    colleague = somebody_acting(application.organisation, "representative")
    save = partial(applications.save_page, application, page="names", is_complete=True, opened=0, at=NOW)
    return application, at_once(
        partial(save, data={"legal_name": "Mine"}, by=application.started_by),
        partial(save, data={"legal_name": "Theirs"}, by=colleague),
    )


def test_of_two_colleagues_who_save_one_page_at_once_one_is_told_and_neither_is_overwritten() -> None:
    application, results = saving_at_once()

    assert kinds(results) == ["Answer", "Refused"]
    (saved,) = [result for result in results if not isinstance(result, Refused)]
    assert application.answers.get().data == saved.data
    assert Event.objects.filter(verb="save_page").count() == 1
    assert_whole()


@pytest.mark.postgresql
@pytest.mark.usefixtures("without_locks")
def test_without_the_locks_one_of_two_colleagues_would_not_be_told() -> None:
    # On a busy machine one may be done before the other begins.
    assert any("Refused" not in kinds(saving_at_once()[1]) for _try in range(5))


def test_a_thing_that_is_changed_and_removed_at_once_is_not_removed_unseen_nor_put_back() -> None:
    application = stories.an_application_answered()
    colleague = somebody_acting(application.organisation, "representative")
    kept = application.answers.get(page="directors")
    which: dict[str, Any] = {"page": "directors", "item": kept.item, "opened": kept.version, "at": NOW}

    results = at_once(
        partial(applications.remove_item, application, **which, by=application.started_by),
        partial(
            applications.save_page,
            application,
            **which,
            data=kept.data | {"full_name": "Changed"},
            is_complete=True,
            by=colleague,
        ),
    )

    refused = [result.reasons[0].code for result in results if isinstance(result, Refused)]
    left = application.answers.filter(page="directors").count()
    assert (refused, left) in [(["saved_meanwhile"], 1), (["removed_meanwhile"], 0)]
    assert_whole()
