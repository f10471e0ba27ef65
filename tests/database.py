"""What the tests need of the database itself: reference data in place, and append-only tables that can still be emptied."""

import functools
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command, get_commands
from django.db import connection, transaction

#: The engine's own switch, from Python 3.12 on.
TRIGGERS_ON: int | None = getattr(sqlite3, "SQLITE_DBCONFIG_ENABLE_TRIGGER", None)
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


def columns_compared_by(name: str) -> set[str]:
    """The columns that a guard refuses to see changed."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID[connection.vendor], [name])
        (said,) = cursor.fetchone()
    return set(re.findall(r'NEW\."(\w+)" IS (?:NOT|DISTINCT FROM) OLD\."\1"', said))


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
def triggers_away(*, of: Collection[str] | None = None, when: str = "") -> Iterator[None]:
    """Without the triggers that keep tables append-only, so that a test's rows can be taken out; then with them again.

    Only those of these tables, and only those that are about this: `when="INSERT"`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        found = [
            trigger for trigger in cursor.fetchall() if (of is None or trigger[0] in of) and when in _event(trigger[2])
        ]
        for table, name, _sql in found:
            cursor.execute(_DROP[connection.vendor].format(table=table, name=name))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _table, _name, sql in found:
                cursor.execute(sql)


def _event(sql: str) -> str:
    """Before or after what the trigger is to be asked: whatever stands before the name of its table."""
    return sql.partition(" ON ")[0]


@contextmanager
def nothing_triggered(*, by: Collection[str]) -> Iterator[None]:
    """Rows of these tables can be put in as they once were, in any order and with whatever has become of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and _may_switch_triggers_off():
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
        elif connection.vendor == "sqlite" and TRIGGERS_ON:
            # Not dropped: where that is rolled back, SQLite reads the whole schema again, which takes longer than the rows.
            engine = connection.connection
            engine.setconfig(TRIGGERS_ON, False)
            try:
                yield
            finally:
                engine.setconfig(TRIGGERS_ON, True)
        else:
            with triggers_away(of=by, when="INSERT"):
                yield


@functools.cache
def _may_switch_triggers_off() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY tbl_name, name",
    "postgresql": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2
    """,
}
_SAID = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s",
    "postgresql": "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgname = %s",
}
_DROP = {"sqlite": 'DROP TRIGGER "{name}"', "postgresql": 'DROP TRIGGER "{name}" ON {table}'}
