"""Reading the tables of the index: plain statements, because building one of these by the ORM takes longer than what it asks."""

import json
from typing import Any

from django.db import connections, router

from registry.search.models import IndexedName

#: Sorts after whatever is written of a word.
LAST = "\U0010ffff"


def read(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with _connection().cursor() as cursor:
        cursor.execute(sql, [_list(value) if isinstance(value, list) else value for value in values])
        return list(cursor.fetchall())


def among(column: str) -> str:
    """The column is one of a list, which is one value of the statement: so it is the same statement for any list."""
    is_list = _connection().vendor == "postgresql"
    return f"{column} = ANY(%s)" if is_list else f"{column} IN (SELECT value FROM json_each(%s))"


def _connection() -> Any:
    """Of the database that is read: the look-up may read another one than is written (public_lookup/lookup/queries/replica.py)."""
    return connections[router.db_for_read(IndexedName)]


def _list(values: list[Any]) -> Any:
    return values if _connection().vendor == "postgresql" else json.dumps(values)
