"""Nobody changes or deletes history: not by the ORM, not by SQL, on either engine."""

import pytest
from django.db import DatabaseError, connection, transaction

from registry.register.actions import publishing as register
from registry.register.models import Entry, Withdrawal
from registry.trail.models.events import Event
from tests import database
from tests.conftest import NOW
from tests.registry.stories import a_licence, a_licence_that_is

pytestmark = pytest.mark.django_db

REFUSED_TO_EVENTS = [
    "UPDATE registry_event SET because = 'Rewritten.'",
    "UPDATE registry_event SET number = number + 1000000",
    "DELETE FROM registry_event",
]
REFUSED_TO_WITHDRAWALS = [
    "UPDATE registry_withdrawal SET number = number + 1",
    "DELETE FROM registry_withdrawal",
]
REFUSED_TO_ENTRIES = [
    "UPDATE registry_entry SET name = 'Somebody else'",
    "UPDATE registry_entry SET shown_from = shown_until WHERE shown_until IS NOT NULL",
    "UPDATE registry_entry SET shown_until = NULL WHERE shown_until IS NOT NULL",
    "UPDATE registry_entry SET shown_until = shown_from WHERE shown_until IS NOT NULL",
    "UPDATE registry_entry SET shown_until = shown_from, name = 'Somebody else' WHERE shown_until IS NULL",
    "DELETE FROM registry_entry",
]


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("statement", REFUSED_TO_EVENTS + REFUSED_TO_ENTRIES)
def test_sql_cannot_rewrite_history(statement: str) -> None:
    a_licence_that_is("revoked")
    before = _everything()

    assert refused(statement)

    assert _everything() == before


@pytest.mark.parametrize("statement", REFUSED_TO_EVENTS + REFUSED_TO_ENTRIES)
def test_only_the_triggers_stand_in_the_way_of_such_sql(statement: str) -> None:
    """Without them each statement goes through, but for the second open entry that the unique constraint refuses."""
    a_licence_that_is("revoked")

    with database.triggers_away():
        assert refused(statement) == ("shown_until = NULL" in statement)


@pytest.mark.parametrize("statement", REFUSED_TO_WITHDRAWALS)
def test_sql_cannot_rewrite_what_was_taken_off_the_register(statement: str) -> None:
    register.hide(a_licence().listing, at=NOW)

    assert refused(statement)

    assert list(Withdrawal.objects.values_list("number", "entry")) == [(1, 1)]


def test_writing_over_an_event_by_its_number_is_refused() -> None:
    a_licence()
    event = Event.objects.earliest("number")
    event.because = "Rewritten."

    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.bulk_create([event], update_conflicts=True, unique_fields=["number"], update_fields=["because"])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows")
def test_sqlite_cannot_replace_a_row_of_history() -> None:
    a_licence()
    before = _everything()

    assert refused("INSERT OR REPLACE INTO registry_event SELECT * FROM registry_event WHERE number = 1")
    assert refused("REPLACE INTO registry_entry SELECT * FROM registry_entry WHERE entry_number = 1")
    columns = ", ".join(str(field.column) for field in Entry._meta.concrete_fields if not field.primary_key)
    assert refused(
        f"REPLACE INTO registry_entry (entry_number, {columns}) SELECT entry_number + 1000, {columns} FROM registry_entry"
    )

    assert _everything() == before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL truncates")
@pytest.mark.parametrize("table", ["registry_event", "registry_entry"])
def test_postgresql_cannot_truncate_history(table: str) -> None:
    a_licence()
    before = _everything()

    assert refused(f"TRUNCATE {table} CASCADE")

    assert _everything() == before


def test_the_orm_cannot_rewrite_an_event() -> None:
    a_licence()
    event = Event.objects.earliest("number")
    event.because = "Rewritten."

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(because="Rewritten.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()


def test_the_orm_can_close_an_entry_once_and_do_nothing_else_to_it() -> None:
    a_licence()
    entry = Entry.objects.get()
    entry.name = "Somebody else"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()

    assert Entry.objects.update(shown_until=NOW) == 1

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(shown_until=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_triggers_are_back_after_a_test_that_emptied_the_tables(turn: str) -> None:
    a_licence()

    assert database.triggers()
    assert {table for table, _name in database.triggers()} >= {"registry_event", "registry_entry"}
    assert refused("DELETE FROM registry_event")
    assert refused("DELETE FROM registry_entry")


def _everything() -> tuple[list[object], list[object]]:
    return list(Event.objects.order_by("number").values()), list(Entry.objects.order_by("entry_number").values())


def test_of_an_entry_nothing_changes_but_until_when_it_is_shown() -> None:
    """A column that comes later is to be guarded too: `registry/migrations/0002_guards.py` says how."""
    columns = {field.column for field in Entry._meta.concrete_fields}

    assert columns - database.columns_compared_by("entry_closes_once") == {"shown_until"}
