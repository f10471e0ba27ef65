"""Writing rows in bulk, the fastest way that each engine has, with all constraints and triggers on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from compliance.models import Inspection
from compliance.states import INSPECTION
from config.demo.patterns import Table, tables
from licensing.models import Decision
from licensing.states import DECISION
from registry.models.rows import insert

# What hangs on these rows can only be written while they are open, so they are written open and closed afterwards.
OPEN: Mapping[Any, Mapping[str, Any]] = {
    Inspection: {"status": INSPECTION.first, "confirmed_by_id": None, "confirmed_at": None},
    Decision: {"status": DECISION.first, "decided_by_id": None, "decided_at": None},
}


class Sheets:
    """Rows by table, to be written together."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Sequence[Any]]] = defaultdict(list)

    def add(self, place: int, row: Sequence[Any]) -> None:
        self.rows[place].append(row)

    def write(self) -> None:
        """Write them all. The numbers that the database gives next come after those written here."""
        written = [(tables()[place], rows) for place, rows in sorted(self.rows.items())]
        for table, rows in written:
            insert(table.model, _opened(table, rows))
            _count_on(table)
        for table, rows in written:
            _close(table, rows)


def _opened(table: Table, rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    if table.model not in OPEN:
        return rows
    opened = {table.at(column): value for column, value in OPEN[table.model].items()}
    return ([opened.get(nth, value) for nth, value in enumerate(row)] for row in rows)


def _close(table: Table, rows: Iterable[Sequence[Any]]) -> None:
    columns = [table.at(column) for column in OPEN.get(table.model, ())]
    closed = [row for row in rows if columns and row[columns[0]] != OPEN[table.model]["status"]]
    if closed:
        assignments = ", ".join(f"{table.columns[nth]} = %s" for nth in columns)
        statement = f"UPDATE {table.name} SET {assignments} WHERE {table.columns[table.key]} = %s"
        with connection.cursor() as cursor:
            cursor.executemany(statement, [[*(row[nth] for nth in columns), row[table.key]] for row in closed])


def _count_on(table: Table) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [table.name, table.columns[table.key], table.last()],
            )
