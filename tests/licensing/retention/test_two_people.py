"""What a decision or a court may still rest on is erased only if two people agree; and what fails keeps nothing else from being erased."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from licensing.applications.models import Application
from licensing.retention import actions
from licensing.retention import jobs as retention_jobs
from licensing.retention.models import ErasureBatch, ErasureFailure
from registry.errors import Refused
from registry.retention import actions as holds
from registry.retention.models import Erasure
from registry.retention.queries import DueErasure
from registry.tasks.models import Task
from registry.trail.queries import chain as trail
from tests import stories
from tests.conftest import SetClock
from tests.licensing.stories import a_licence, later, on
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def codes(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def listed() -> tuple[Application, ErasureBatch, datetime]:
    """The application behind a licence that ended over seven years ago, and the batch that it is in."""
    licence = a_licence()
    at = on(licence.valid_until + timedelta(days=7 * 365 + 4))
    assert retention_jobs.erase_due(at=at) == 0
    return licence.applications.get(), ErasureBatch.objects.get(), at


def approved(batch: ErasureBatch, *, at: datetime) -> ErasureBatch:
    first, second = person("manager"), person("decision_maker")
    proposed = actions.propose_erasure(batch, by=first, at=at)
    return actions.approve_erasure(proposed, by=second, at=at)


@pytest.mark.both
def test_it_is_listed_and_erased_only_once_two_people_agree() -> None:
    application, batch, at = listed()
    assert batch.things == [["licences", "application", application.reference]]
    assert retention_jobs.erase_due(at=at) == 0  # listed once
    manager, second = person("manager"), person("decision_maker")
    assert codes(lambda: actions.propose_erasure(batch, by=manager, at=at)) == ["still_listed"]
    ready = at + timedelta(days=14)
    proposed = actions.propose_erasure(batch, by=manager, at=ready)
    assert retention_jobs.erase_due(at=ready) == 0
    assert codes(lambda: actions.approve_erasure(proposed, by=manager, at=ready)) == ["same_person"]
    actions.approve_erasure(proposed, by=second, at=ready)

    assert retention_jobs.erase_due(at=ready) == 1

    assert not application.answers.exists()
    assert Erasure.objects.filter(rule="licences", reference=application.reference).exists()
    batch.refresh_from_db()
    assert (batch.status, batch.erased) == ("erasure_done", 1)
    assert not Task.objects.open().filter(kind__startswith="erasurebatch").exists()
    assert list(trail.faults()) == []


def test_a_hold_wins_over_two_people() -> None:
    application, batch, at = listed()
    ready = at + timedelta(days=14)
    approved(batch, at=ready)
    holds.place(application.organisation, because="The police have asked for it.", by=person("manager"), at=ready)

    assert retention_jobs.erase_due(at=ready) == 0

    assert application.answers.exists()
    batch.refresh_from_db()
    assert (batch.status, batch.erased) == ("erasure_done", 0)


def test_what_is_not_approved_is_kept_and_listed_again() -> None:
    application, batch, at = listed()
    ready = at + timedelta(days=14)
    proposed = actions.propose_erasure(batch, by=person("manager"), at=ready)
    because = "A claim is expected."
    actions.refuse_erasure(proposed, because=because, by=person("decision_maker"), at=ready)

    assert retention_jobs.erase_due(at=ready) == 0

    assert application.answers.exists()
    again = ErasureBatch.objects.exclude(pk=batch.pk).get()
    assert (again.status, again.ready_on) == ("erasure_listed", (ready + timedelta(days=14)).date())


@pytest.mark.both
def test_the_database_asks_for_two_and_keeps_what_was_listed() -> None:
    _application, batch, _at = listed()
    rows, one = ErasureBatch.objects.filter(pk=batch.pk), person("manager")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(status="erasure_approved", proposed_by=one, decided_by=one)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(things=[])
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize("role", ["case_officer", "auditor"])
def test_others_may_not(role: str) -> None:
    _application, batch, at = listed()
    with pytest.raises(PermissionDenied):
        actions.propose_erasure(batch, by=person(role), at=at + timedelta(days=14))


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """References of what the program cannot erase."""
    broken: set[str] = set()
    erase = retention_jobs._erase

    def failing(due: DueErasure, *, at: datetime) -> None:
        if due.reference in broken:
            raise OSError("a secret place")
        erase(due, at=at)

    monkeypatch.setattr(retention_jobs, "_erase", failing)
    return broken


def test_what_fails_keeps_nothing_else_and_is_shown(breaks: set[str], set_clock: SetClock) -> None:
    bad, good = stories.an_application_answered(), stories.an_application_answered()
    breaks.add(bad.reference)
    night = later(366)
    assert retention_jobs.erase_due(at=night, most=1) == 0
    assert retention_jobs.erase_due(at=night, most=1) == 1  # what failed does not take the place of the next

    assert bad.answers.exists() and not good.answers.exists()
    failure = ErasureFailure.objects.get()
    assert (failure.thing, failure.fault, failure.tries) == (bad.reference, "OSError", 1)
    assert Task.objects.open().filter(kind="erasurefailure.see").exists()
    set_clock(night)
    page = signed_in(person("manager")).get("/staff/erasures/").content.decode()
    assert bad.reference in page and "OSError" in page and "secret" not in page

    retention_jobs.erase_due(at=night + timedelta(days=1))
    failure.refresh_from_db()
    assert failure.tries == 2
    breaks.clear()
    assert retention_jobs.erase_due(at=night + timedelta(days=2)) == 1
    failure.refresh_from_db()
    assert failure.status == "erasure_settled"
    assert not Task.objects.open().filter(kind="erasurefailure.see").exists()


def test_a_failure_ends_where_a_hold_keeps_it_now(breaks: set[str]) -> None:
    bad = stories.an_application_answered()
    breaks.add(bad.reference)
    night = later(366)
    retention_jobs.erase_due(at=night)
    holds.place(bad.organisation, because="The police have asked for it.", by=person("manager"), at=night)

    retention_jobs.erase_due(at=night + timedelta(days=1))

    assert ErasureFailure.objects.get().status == "erasure_settled"


def test_two_people_do_it_by_the_pages(set_clock: SetClock) -> None:
    _application, batch, at = listed()
    ready = at + timedelta(days=14)
    set_clock(ready)
    address = f"/staff/erasures/{batch.reference}/"
    first, second = signed_in(person("manager")), signed_in(person("decision_maker"))
    assert "Propose the erasure" in first.get(address).content.decode()
    assert first.post(f"{address}propose/").status_code == 302
    assert first.post(f"{address}approve/").status_code == 422
    assert second.post(f"{address}approve/").status_code == 302
    assert second.post(f"{address}approve/").status_code == 422
    batch.refresh_from_db()
    assert batch.status == "erasure_approved"
    assert "Approved" in second.get("/staff/erasures/").content.decode()
