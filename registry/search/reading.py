"""Reading the tables of the index: plain statements, because building one of these by the ORM takes longer than what it asks."""

import json
from typing import Any

from django.db import connections, router

from registry.search.models import IndexedName

#: Sorts after whatever is written of a word.
LAST = "\U0010ffff"
# Between the values of a list: no folded word, number or key has it.
_BETWEEN = "\x1f"


def read(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with _connection().cursor() as cursor:
        cursor.execute(sql, [_list(value) if isinstance(value, list) else value for value in values])
        return list(cursor.fetchall())


def among(column: str, of: type[str] | type[int] = str) -> str:
    """The column is one of a list, which is one value of the statement: so it is the same statement for any list."""
    if _connection().vendor != "postgresql":
        return f"{column} IN (SELECT value FROM json_each(%s))"
    # As a statement within the statement: otherwise PostgreSQL weighs each value of the list before it looks any up, which
    # takes several times as long as looking all of them up.
    return f"{column} = ANY((SELECT string_to_array(%s, chr({ord(_BETWEEN)})))::{'text' if of is str else 'bigint'}[])"


def _connection() -> Any:
    """Of the database that is read: the look-up may read another one than is written (public_lookup/lookup/queries/replica.py)."""
    return connections[router.db_for_read(IndexedName)]


def _list(values: list[Any]) -> Any:
    if _connection().vendor != "postgresql":
        return json.dumps(values)
    # One text: to write an array of PostgreSQL, psycopg looks at each value several times.
    return _BETWEEN.join([str(value).replace(_BETWEEN, "") for value in values])
