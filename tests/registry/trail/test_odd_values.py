"""Whatever a hand past the trail writes into a column, verification ends and names the row: nothing throws it.

A part of the columns for each state of the product, and all of them by `script/test whole`.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction
from pytest_django import DjangoDbBlocker

from registry.integrity import covering
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.covered import covered_fields, covered_models, covered_rows
from tests import database
from tests.config.walked_world import the_world
from tests.in_part import in_part

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: What SQLite takes in a column of numbers or days.
NONSENSE = "nonsense"
#: What takes any words, and what SQLite reads as no where it is not 1.
NOT_CONVERTED = (models.CharField, models.TextField, models.BooleanField)
#: What JSON may be, and no action writes.
ODD = (
    "null",
    "0",
    "-1e400",
    "true",
    '""',
    '"\\ud800"',
    "[]",
    "[null]",
    "{}",
    '{"": null}',
    '[[{"a": [1.5, "x", {}]}]]',
    '{"valid_until": [], "standing": {}}',
)


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with the_world(django_db_blocker):
        trail.seal()
        covering.sealing()._forget()
        with database.triggers_away():
            yield


def columns() -> Iterator[tuple[type[models.Model], "models.Field[object, object]"]]:
    """The columns of every covered kind of which the world has a row."""
    for model in covered_models():
        if not covered_rows(model).exists():
            continue
        for field in covered_fields(model):
            if not field.primary_key:
                yield model, field


def odd_values(field: "models.Field[object, object]") -> Iterator[str | None]:
    if isinstance(field, models.JSONField):
        yield from ODD
    elif connection.vendor == "sqlite" and not isinstance(field, NOT_CONVERTED):
        yield NONSENSE
    if field.null:
        yield None


def write(model: type[models.Model], field: "models.Field[object, object]", value: str | None) -> str:
    """Past the trail, into the first row that does not hold it; its key, or nothing where all hold it or may not."""
    for row in covered_rows(model).order_by("pk")[:20]:
        key = model._meta.pk.get_db_prep_value(row.pk, connection)
        where = f'FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s'
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{field.column}" {where}', [key])
            before = cursor.fetchone()[0]
            if before == value or (before is None and value in (NONSENSE, "null")):  # is read as empty
                continue
            change = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s'
            with suppress(IntegrityError, DataError), transaction.atomic():  # a constraint may keep it out
                cursor.execute(change, [value, key])
                return str(row.pk)
    return ""


def test_odd_values_end_no_verification_and_each_row_is_named() -> None:
    tried = [(model, field, value) for model, field in columns() for value in odd_values(field)]
    assert len(tried) > 1_000

    unnamed = []
    for model, field, value in in_part(tried, of=len(tried) // 12, named=lambda one: f"{one[0]} {one[1]} {one[2]}"):
        with transaction.atomic():
            row = write(model, field, value)
            found = verifications.verify_history().faults if row else ()
            if row and not any(fault.startswith(f"Rows, {model._meta.label_lower} {row}:") for fault in found):
                unnamed.append((model.__name__, field.name, value, row, found))
            transaction.set_rollback(True)

    assert not unnamed, "\n".join(map(str, unnamed))
