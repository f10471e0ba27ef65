"""What is sealed when many write at once, and what a verification reads meanwhile: with the real locks of PostgreSQL."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from registry.integrity import covering
from registry.licences.models import Licence
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.events import Event
from registry.trail.queries import chain
from tests.conftest import NOW
from tests.races import at_once
from tests.registry.stories import a_licence, an_organisation

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_rows_that_many_write_at_once_are_each_sealed_as_they_ended() -> None:
    licences = [a_licence(an_organisation(f"Firm {number} Ltd")) for number in range(3)]

    def write(nth: int) -> None:
        with transaction.atomic():
            licence = trail.locked(licences[nth % 3])
            licence.countries_supplied = [f"country {nth}"]
            licence.save(update_fields=["countries_supplied"])
            trail.record(licence, "test", by=None, at=NOW + timedelta(seconds=nth))
            Licence.objects.filter(pk=licence.pk).update(version=NOW.date() + timedelta(days=nth))

    results = at_once(*(lambda nth=nth: write(nth) for nth in range(12)))

    assert not any(isinstance(result, BaseException) for result in results)
    assert list(covering.faults()) == []
    assert list(chain.faults()) == []


def test_a_verification_reads_one_moment_while_others_write() -> None:
    licence = a_licence()
    stop = threading.Event()

    def write() -> None:
        nth = 0
        try:
            while not stop.is_set():
                nth += 1
                with transaction.atomic():
                    trail.record(trail.locked(licence), "test", by=None, at=NOW)
                    Licence.objects.update(version=NOW.date() + timedelta(days=nth))
        finally:
            connection.close()

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        found = [verifications.verify_history() for _ in range(10)]
    finally:
        stop.set()
        writer.join(timeout=30)

    assert [one.faults for one in found] == [()] * 10
    assert found[-1].events > found[0].events
    assert Event.objects.filter(verb="seal").exists()
