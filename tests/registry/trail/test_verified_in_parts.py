"""A history that is verified in ranges, by one process or several: the same is found, also where two ranges meet."""

import os
import threading

import pytest
from django.db import connection

from registry.integrity import covering, key_ranges
from registry.integrity.snapshots import snapshot
from registry.register.models import Entry
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.covered import RowDigest
from registry.trail.models.events import Event
from tests import database
from tests.registry.stories import a_licence_that_is, an_organisation

#: With one key to a range everything lies at a seam.
SIZES = (1, 2, 3)
EVENT, ENTRY = "registry_event", "registry_entry"
WAYS = {
    "an event changed": ["UPDATE registry_event SET because = 'Something else.' WHERE number = 3"],
    "an event missing": ["DELETE FROM registry_event WHERE number = 3"],
    "the last event missing": ["DELETE FROM registry_event WHERE number = (SELECT max(number) FROM registry_event)"],
    "two events exchanged": [
        "UPDATE registry_event SET number = -1 WHERE number = 3",
        "UPDATE registry_event SET number = 3 WHERE number = 4",
        "UPDATE registry_event SET number = 4 WHERE number = -1",
    ],
    "an event before the first": ["UPDATE registry_event SET number = -7 WHERE number = 3"],
    "an event far away": ["UPDATE registry_event SET number = 9000000000000000000 WHERE number = 3"],
    "an event doubled": [
        "UPDATE registry_counter SET value = value + 1 WHERE name = 'events'",
        "INSERT INTO registry_event ({event}) SELECT {event_one_later} FROM registry_event ORDER BY number DESC LIMIT 1",
    ],
    "an entry changed": ["UPDATE registry_entry SET name = 'Another Ltd' WHERE entry_number = 2"],
    "an entry missing": ["DELETE FROM registry_entry WHERE entry_number = 2"],
    "digests missing": ["DELETE FROM registry_rowdigest WHERE event = 3"],
    "digests of another event": ["UPDATE registry_rowdigest SET event = 9000000000000000000 WHERE event = 3"],
    "a licence changed": ["UPDATE registry_licence SET valid_until = '2099-01-01'"],
    "a licence taken out of the register": ["UPDATE registry_entry SET shown_until = shown_from"],
    "a name changed": ["UPDATE registry_organisation SET legal_name = 'Another Ltd'"],
}


def a_revoked_licence() -> None:
    """Sealed as by a commit, to which a test's own transaction never comes."""
    a_licence_that_is("revoked")
    trail.seal()
    covering.sealing()._forget()


def tamper(way: str) -> None:
    columns = [f'"{field.column}"' for field in Event._meta.concrete_fields]
    later = ["number + 1" if name == '"number"' else name for name in columns]
    with database.triggers_away(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for sql in WAYS[way]:
            cursor.execute(sql.format(event=", ".join(columns), event_one_later=", ".join(later)))


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_what_was_tampered_with_is_named_alike_wherever_the_ranges_meet(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_revoked_licence()
    tamper(way)

    in_one = verifications.verify_history().faults

    assert in_one
    for size in SIZES:
        monkeypatch.setattr(key_ranges, "SIZE", size)
        assert verifications.verify_history().faults == in_one


@pytest.mark.django_db
@pytest.mark.parametrize("size", SIZES)
def test_a_whole_history_is_whole_in_ranges(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    a_revoked_licence()
    monkeypatch.setattr(key_ranges, "SIZE", size)

    assert verifications.verify_history().holds


@pytest.mark.django_db
@pytest.mark.parametrize("size", [*SIZES, 50_000])
def test_each_row_is_in_one_range(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    a_revoked_licence()
    tamper("an event far away")
    tamper("an event before the first") if size % 2 else None
    monkeypatch.setattr(key_ranges, "SIZE", size)

    for model in (Event, Entry, RowDigest):
        rows = model._default_manager.all()
        found = [key_ranges.in_range(rows, limits) for limits in key_ranges.key_ranges(rows)]
        assert len(found) <= key_ranges.MOST + 1
        assert sorted(row.pk for some in found for row in some) == sorted(rows.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["an event missing", "an entry changed", "a licence changed"])
def test_several_processes_find_what_one_finds(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    a_licence_that_is("revoked")
    monkeypatch.setattr(key_ranges, "SIZE", 2)
    assert verifications.verify_history(processes=2).holds
    tamper(way)

    found = verifications.verify_history(processes=2).faults

    assert found
    assert found == verifications.verify_history().faults


@pytest.mark.django_db(transaction=True)
def test_several_processes_read_one_moment() -> None:
    an_organisation()
    there = Event.objects.count()

    with snapshot(2) as each:
        assert list(each(count_events, [0])) == [(there, each is not map)]
        if each is not map:  # on SQLite no one writes while this reads
            writer = threading.Thread(target=write)
            writer.start()
            writer.join()
        assert {count for count, _is_other in each(count_events, range(4))} == {there}

    assert (Event.objects.count() > there) == (each is not map)


OWN = os.getpid()


def count_events(_nth: int) -> tuple[int, bool]:
    """How many there are, and whether another process was asked."""
    return Event.objects.count(), os.getpid() != OWN


def write() -> None:
    try:
        an_organisation("Other Ltd")
    finally:
        connection.close()
