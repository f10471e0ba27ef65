"""Many rows of one table at once, the fastest way that each engine has; constraints and triggers hold as ever."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models

from registry.trail.models.covered import is_covered, kinds_of, mark_written


def fields(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """The columns that are written: those that the database works out are not."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def insert(model: type[models.Model], rows: Iterable[Any], *, of: Sequence[str] = ()) -> None:
    """Write rows whose values stand in the order of `fields`, or of the columns named, each as the engine takes it."""
    named = of or [str(field.column) for field in fields(model)]
    rows, keys = _noting_keys(model, rows, named)
    columns = ", ".join(f'"{column}"' for column in named)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            values = ", ".join(["%s"] * len(named))
            # Read as they come: the types ask for a list.
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)  # type: ignore[arg-type]
    for kind in kinds_of(model) if keys else ():
        mark_written(kind, keys)


def _noting_keys(
    model: type[models.Model], rows: Iterable[Any], named: Sequence[str]
) -> tuple[Iterable[Any], list[Any]]:
    """The same rows, and the list that their keys are in once they were read; none of rows that the trail does not cover."""
    keys: list[Any] = []
    column = str(model._meta.pk.column)
    if column not in named or not is_covered(model):
        return rows, keys
    place = list(named).index(column)

    def noted() -> Iterator[Any]:
        for row in rows:
            keys.append(row[place])
            yield row

    return noted(), keys


def prepared(model: type[models.Model], things: Iterable[Mapping[str, Any]]) -> Iterable[list[Any]]:
    """The values of things that are not in the database yet, by column, as `insert` takes them."""
    columns = [
        (field.attname, next((how for kind, how in HOW if isinstance(field, kind)), None)) for field in fields(model)
    ]
    for thing in things:
        values = ((thing[name], how) for name, how in columns)
        yield [value if how is None or value is None else how(value) for value, how in values]


def _instant(value: datetime) -> str:
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return text if connection.vendor == "sqlite" else f"{text}+00"


# Text, numbers and keys are taken as they are. An instant is a day too, so it comes first.
HOW: tuple[tuple[type["models.Field[Any, Any]"], Callable[[Any], str]], ...] = (
    (models.DateTimeField, _instant),
    (models.DateField, date.isoformat),
    (models.JSONField, json.dumps),
)
