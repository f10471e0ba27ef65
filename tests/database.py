"""What the tests need of the database itself: reference data in place, and append-only tables that can still be emptied."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command, get_commands
from django.db import connection, transaction

# Groups and holidays: the product loads them on installation, so no test starts without them.
REFERENCE_COMMANDS = ("sync_roles", "load_holidays")


def load_reference_data() -> None:
    for command in REFERENCE_COMMANDS:
        if command in get_commands():
            call_command(command, verbosity=0)


def triggers() -> list[tuple[str, str]]:
    """Table and name of every trigger of ours, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        return [(table, name) for table, name, _sql in cursor.fetchall()]


def filled() -> set[str]:
    """The tables of our models in which anything is."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {table for (table,) in cursor.fetchall()}


def rows(tables: Collection[str]) -> dict[str, list[Any]]:
    """All that these tables hold."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {_quoted(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def empty(*, but: Collection[str]) -> None:
    """Delete every row that a test has left, in all tables `but` these.

    Django truncates each of the hundred tables, which costs PostgreSQL seconds a time; a test fills a dozen or two.
    """
    tables = filled() - set(but)
    with transaction.atomic(), triggers_away(of=tables), connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"DELETE FROM {_quoted(table)}")
        connection.check_constraints()


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)


@contextmanager
def triggers_away(*, of: Collection[str] | None = None) -> Iterator[None]:
    """Without the triggers that keep tables append-only, so that a test's rows can be taken out; then with them again."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        found = [trigger for trigger in cursor.fetchall() if of is None or trigger[0] in of]
        for table, name, _sql in found:
            cursor.execute(_DROP[connection.vendor].format(table=table, name=name))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _table, _name, sql in found:
                cursor.execute(sql)


_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY tbl_name, name",
    "postgresql": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2
    """,
}
_DROP = {"sqlite": 'DROP TRIGGER "{name}"', "postgresql": 'DROP TRIGGER "{name}" ON {table}'}
