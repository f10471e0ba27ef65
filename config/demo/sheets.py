"""Writing rows in bulk, the fastest way that each engine has, with all constraints and triggers on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from compliance.inspections.models import Inspection
from compliance.inspections.states import INSPECTION
from config.demo.pattern_tables import PatternTable, tables
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Ground
from licensing.decisions.states.decisions import DECISION, DecisionStatus
from registry.trail.models.rows import insert

# What hangs on these rows can only be written while they are open, so they are written open, and closed afterwards in this
# order: a decision is notified once its grounds are in their notice, and taken last.
OPEN: Mapping[Any, Mapping[str, Any]] = {
    Inspection: {"status": INSPECTION.first, "confirmed_by_id": None, "confirmed_at": None},
    Ground: {"notice_id": None, "upheld": None, "concluded_because": ""},
    Decision: {
        "status": DECISION.first,
        "notified_at": None,
        "reply_by": None,
        "decided_by_id": None,
        "decided_at": None,
        "decided_because": "",
    },
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
            count_on(table)
        by_model = {table.model: (table, rows) for table, rows in written}
        for model in [model for model in OPEN if model in by_model]:
            _close(*by_model[model])


def _opened(table: PatternTable, rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    if table.model not in OPEN:
        return rows
    opened = {table.at(column): value for column, value in OPEN[table.model].items()}
    return ([opened.get(nth, value) for nth, value in enumerate(row)] for row in rows)


def _close(table: PatternTable, rows: Iterable[Sequence[Any]]) -> None:
    if table.model is Decision:
        notified_at, status = table.at("notified_at"), table.at("status")
        told = [[*row] for row in rows if row[notified_at] is not None]
        for row in told:
            row[status] = DecisionStatus.NOTIFIED.value
        _write(table, ("status", "notified_at", "reply_by"), told)
        # A supplement that has not been notified yet is the one proposal that was notified before.
        rows = [row for row in rows if row[status] != DecisionStatus.NOTIFIED]
    columns = tuple(OPEN[table.model])
    _write(
        table, columns, [row for row in rows if any(row[table.at(one)] != OPEN[table.model][one] for one in columns)]
    )


def _write(table: PatternTable, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    assignments = ", ".join(f"{column} = %s" for column in columns)
    statement = f"UPDATE {table.name} SET {assignments} WHERE {table.columns[table.key]} = %s"
    values = [[*(row[table.at(column)] for column in columns), row[table.key]] for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def count_on(table: PatternTable) -> None:
    """Move the sequence past the keys written here, and never back: a number that it has drawn is not drawn again."""
    if connection.vendor == "postgresql":
        column = table.columns[table.key]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, column])
            (sequence,) = cursor.fetchone()
            cursor.execute(
                f"SELECT setval(%s, GREATEST(%s, (SELECT last_value FROM {sequence})))", [sequence, table.last()]
            )
