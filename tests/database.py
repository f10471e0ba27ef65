"""What the tests need of the database itself: reference data in place, and append-only tables that can still be emptied."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command, get_commands
from django.db import connection

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


@contextmanager
def triggers_away() -> Iterator[None]:
    """Without the triggers that keep tables append-only, so that a test's rows can be taken out; then with them again."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        found = cursor.fetchall()
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
