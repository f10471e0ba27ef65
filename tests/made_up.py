"""A row of every kind that the trail covers: where a world has none, one is made up past all actions and taken in.

So that what is said of all covered kinds is tried on all of them. The triggers must be away, and the test takes it back.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models

from registry.trail.actions import events as trail
from registry.trail.models.covered import covered_models, covered_rows

INSTANT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
#: In this order: an instant is a day too, and an address is words too.
VALUES: tuple[tuple[Any, Any], ...] = (
    (models.DateTimeField, INSTANT),
    (models.DateField, INSTANT.date()),
    (models.TimeField, INSTANT.time()),
    (models.DurationField, timedelta(days=7)),
    (models.JSONField, {"made": "up"}),
    (models.BooleanField, True),
    ((models.IntegerField, models.DecimalField, models.FloatField), 7),
    (models.BinaryField, b"made up"),
    (models.UUIDField, UUID(int=7)),
    (models.EmailField, "made-up@people.example"),
    (models.Field, "made-up"),
)


_CHECKS = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"


def fill() -> list[str]:
    """Put a row into each covered table that has none; says into which. Its constraints are away, on PostgreSQL for good."""
    empty = [model for model in covered_models() if not covered_rows(model).exists()]
    with _constraints_away(empty):
        for model in empty:
            _put_in(model)
    trail.cover_all(at=INSTANT)
    return [model._meta.label_lower for model in empty]


@contextmanager
def _constraints_away(models: Collection[type[models.Model]]) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        for model in models:
            table = model._meta.db_table
            cursor.execute(_CHECKS, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    yield


def _put_in(model: type[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})',
            [field.get_db_prep_save(_value(field), connection) for field in fields],
        )


def _value(field: "models.Field[Any, Any]") -> Any:
    """Something in every column, also where there need be nothing."""
    if isinstance(field, models.ForeignKey):
        name = field.target_field.attname
        there = field.related_model._base_manager.order_by("pk").values_list(name, flat=True)
        return there.first() or 1
    if field.choices:
        return next(value for value, _words in field.flatchoices if value not in ("", None))
    value = next(value for kind, value in VALUES if isinstance(field, kind))
    return value[: field.max_length] if isinstance(value, str) else value
