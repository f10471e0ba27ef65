"""Who read what is covered by the trail: a digest of each run of readings is on it, and verifying compares them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from licensing.retention import jobs as retention_jobs
from registry import jobs
from registry.organisations.models import Organisation
from registry.reading.models import Consultation
from registry.retention import actions as holds
from registry.retention.models import ReadingSeal
from registry.retention.queries import seal_faults
from registry.trail.actions.verifications import verify_history
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.database import triggers_away
from tests.licensing.retention.test_readings import REASON, SIX_YEARS, read_an_organisation
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_one_approves")]
SOON = NOW + timedelta(minutes=11)


@pytest.mark.both
def test_readings_are_sealed_once_and_the_trail_has_the_digest() -> None:
    read_an_organisation()
    assert jobs.seal_readings(at=NOW + timedelta(minutes=1)) == 0  # someone may still be writing one
    count = Consultation.objects.count()
    assert jobs.seal_readings(at=SOON) == count
    assert jobs.seal_readings(at=SOON + timedelta(hours=2)) == 0

    seal = ReadingSeal.objects.get()
    event = Event.objects.get(kind="readingseal", reference=seal.reference)
    assert (event.facts["digest"], event.facts["rows"], seal.first) == (seal.digest, count, 1)
    assert list(seal_faults()) == []
    assert verify_history().holds


def test_at_most_once_an_hour() -> None:
    read_an_organisation()
    jobs.seal_readings(at=SOON)
    read_an_organisation()
    assert jobs.seal_readings(at=SOON + timedelta(minutes=30)) == 0
    assert jobs.seal_readings(at=SOON + timedelta(hours=1)) > 0
    first, second = ReadingSeal.objects.order_by("pk")
    assert second.first == first.last + 1  # no reading fits between two seals
    assert list(seal_faults()) == []


@pytest.mark.parametrize(
    "change", ["UPDATE registry_consultation SET way = 'list'", "DELETE FROM registry_consultation"]
)
def test_what_is_changed_past_the_guards_is_found(change: str) -> None:
    read_an_organisation()
    jobs.seal_readings(at=SOON)
    with triggers_away(), connection.cursor() as cursor:
        cursor.execute(change)

    seal = ReadingSeal.objects.get()
    assert list(seal_faults()) == [f"readings of {seal.day} ({seal.reference}): they are not as they were sealed"]
    assert not verify_history().holds


@pytest.mark.both
def test_a_seal_stays_as_it_was_made() -> None:
    read_an_organisation()
    jobs.seal_readings(at=SOON)
    for act in (lambda: ReadingSeal.objects.update(rows=0), lambda: ReadingSeal.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_a_hold_keeps_of_an_erased_day_is_sealed_again() -> None:
    reference = read_an_organisation()
    read_an_organisation()
    jobs.seal_readings(at=SOON)
    holds.place(Organisation.objects.get(reference=reference), because=REASON, by=person("manager"), at=NOW)

    retention_jobs.erase_due(at=SIX_YEARS)

    assert set(Consultation.objects.values_list("reference", flat=True)) == {reference}
    assert ReadingSeal.objects.count() == 2
    assert list(seal_faults()) == []
    with triggers_away(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_consultation")
    assert len(list(seal_faults())) == 1
