"""Guards are written for both engines by one writer, and a table that SQLite makes anew keeps them."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard
from registry.migrations._tables import CreateTables

KEPT = Guard("letter_stays", "toy_letter", "DELETE", ALWAYS, "a letter stays")
# In memory, but the door to databases is opened for all or none.
pytestmark = pytest.mark.django_db

ONCE = Guard("letter_sent_once", "toy_letter", "UPDATE", f"OLD.sent = 1 AND ({guards.changed('words')})", "sent once")


@pytest.fixture
def toy() -> Iterator[DatabaseWrapper]:
    """A database of its own in memory, with a letter, of which the guards are created."""
    connection = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    assert isinstance(connection, DatabaseWrapper)
    yield connection
    connection.close()


def columns() -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    return [("id", models.AutoField(primary_key=True)), ("words", models.TextField()), ("sent", models.IntegerField())]


def migrate(connection: DatabaseWrapper, state: ProjectState, *operations: object) -> ProjectState:
    migration = type("Migration", (migrations.Migration,), {"operations": operations})("0001", "toy")
    with connection.schema_editor() as editor:
        return migration.apply(state, editor)  # type: ignore[no-any-return]


def begun(connection: DatabaseWrapper) -> ProjectState:
    letter = migrations.CreateModel("Letter", columns())
    state = migrate(
        connection, ProjectState(), CreateTables(letter), guards.CreateGuards("toy", lambda _vendor: [KEPT, ONCE])
    )
    run(connection, "INSERT INTO toy_letter (words, sent) VALUES ('We grant it.', 1)")
    return state


def run(connection: DatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_guard_refuses_with_its_words(toy: DatabaseWrapper) -> None:
    begun(toy)

    with pytest.raises(IntegrityError, match="a letter stays"):
        run(toy, "DELETE FROM toy_letter")
    with pytest.raises(IntegrityError, match="sent once"):
        run(toy, "UPDATE toy_letter SET words = 'We refuse it.'")
    run(toy, "UPDATE toy_letter SET sent = 1")


def test_a_table_that_is_made_anew_keeps_its_guards(toy: DatabaseWrapper) -> None:
    state = begun(toy)
    altered = migrations.AlterField("letter", "sent", models.BigIntegerField(default=0))

    migrate(toy, state, *guards.keeping_triggers(altered))

    with pytest.raises(IntegrityError, match="a letter stays"):
        run(toy, "DELETE FROM toy_letter")


def test_without_that_it_would_lose_them(toy: DatabaseWrapper) -> None:
    state = begun(toy)

    migrate(toy, state, migrations.AlterField("letter", "sent", models.BigIntegerField(default=0)))

    run(toy, "DELETE FROM toy_letter")


def test_guards_that_are_dropped_refuse_no_more(toy: DatabaseWrapper) -> None:
    state = begun(toy)

    migrate(toy, state, guards.DropGuards("toy", lambda _vendor: [KEPT]))

    run(toy, "DELETE FROM toy_letter")


def test_all_former_guards_are_dropped_by_any_name(toy: DatabaseWrapper) -> None:
    state = begun(toy)

    migrate(toy, state, guards.DropAllGuards("toy"))

    run(toy, "DELETE FROM toy_letter")


def test_what_is_never_deleted_is_never_truncated() -> None:
    written = list(guards.statements("postgresql", "toy", [KEPT]))

    assert [one.partition("(")[0] for one in written][:1] == ["CREATE FUNCTION toy_letter_stays"]
    assert "BEFORE DELETE ON toy_letter" in written[1]
    assert "BEFORE TRUNCATE ON toy_letter" in written[2]


@pytest.mark.parametrize(
    ("vendor", "said"),
    [
        ("sqlite", 'NEW."words" IS NOT OLD."words"'),
        ("postgresql", 'NEW."words" IS DISTINCT FROM OLD."words"'),
    ],
)
def test_columns_that_may_be_empty_are_compared_on_both_engines(vendor: str, said: str) -> None:
    assert said in " ".join(guards.statements(vendor, "toy", [ONCE]))


def test_a_status_goes_only_where_it_may() -> None:
    assert guards.in_order({"asked": ("agreed", "declined")}) == (
        "OLD.status = 'asked' AND NEW.status IN ('agreed', 'declined')"
    )
