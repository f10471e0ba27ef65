"""Whatever a hand past the trail writes into a column, verification ends and names the row: nothing throws it.

Of every covered kind a row at once, so that the row of one hides none of another. In each round another column, or another value:
a part of the rounds for each state of the product, and all of them by `script/test whole`.
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
from tests.made_up import fill

pytestmark = pytest.mark.django_db

#: What SQLite takes in a column of any kind, and PostgreSQL in one of words.
NONSENSE = "nonsense"
#: What PostgreSQL takes in a column of a kind, and Python has no value for or no action writes.
STRANGE: tuple[tuple[type["models.Field[object, object]"], tuple[str, ...]], ...] = (
    (models.DateTimeField, ("infinity", "-infinity", "0044-03-15 12:00 BC", "294276-12-31 00:00+00")),
    (models.DateField, ("infinity", "-infinity", "0044-03-15 BC", "9999-12-31", "10000-01-01")),
    (models.TimeField, ("24:00:00",)),
    (models.DurationField, ("178000000 years", "-1 months")),
    (models.DecimalField, ("NaN",)),
    (models.FloatField, ("NaN", "Infinity")),
    (models.IntegerField, ("32767", "-1")),
    (models.UUIDField, ("00000000-0000-0000-0000-000000000000",)),
    (models.BinaryField, ("\\x", "\\x00")),
)
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


Change = tuple[type[models.Model], "models.Field[object, object]", str | None]


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with the_world(django_db_blocker):
        trail.seal()
        with database.triggers_away():
            fill()
            covering.sealing()._forget()
            yield


def odd_values(field: "models.Field[object, object]") -> Iterator[str | None]:
    if isinstance(field, models.JSONField):
        yield from ODD
    elif connection.vendor == "postgresql":
        of_kind = (values for kind, values in STRANGE if isinstance(field, kind))
        yield from next(of_kind, (NONSENSE[: field.max_length],))
    elif not isinstance(field, models.BooleanField):  # SQLite reads as no what is not 1
        yield NONSENSE
    if field.null:
        yield None


def write(model: type[models.Model], field: "models.Field[object, object]", value: str | None) -> str:
    """Past the trail, into the first row that does not hold it; its key, or nothing where all hold it or may not."""
    for pk in covered_rows(model).order_by("pk").values_list("pk", flat=True)[:20]:
        key = model._meta.pk.get_db_prep_value(pk, connection)
        where = f'FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s'
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{field.column}" {where}', [key])
            before = cursor.fetchone()[0]
            if before == value or (before is None and value in (NONSENSE, "null")):  # is read as empty
                continue
            change = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s'
            with suppress(IntegrityError, DataError), transaction.atomic():  # a constraint may keep it out
                cursor.execute(change, [value, key])
                return str(pk)
    return ""


def changes_of(model: type[models.Model]) -> Iterator[Change]:
    for field in covered_fields(model):
        if not field.primary_key:
            yield from ((model, field, value) for value in odd_values(field))


def rounds() -> list[list[Change]]:
    """All changes of all kinds, of each kind one in a round; a kind that has fewer begins again."""
    of_kinds = [list(changes_of(model)) for model in covered_models()]
    longest = max(map(len, of_kinds))
    return [[changes[number % len(changes)] for changes in of_kinds if changes] for number in range(longest)]


def test_odd_values_end_no_verification_and_each_row_is_named() -> None:
    kinds = {model for model, _field, _value in rounds()[0]}
    assert all(covered_rows(model).exists() for model in covered_models())
    assert kinds == set(covered_models())

    unnamed = []
    for changes in in_part(rounds(), of=len(rounds()) // 4, named=str):
        with transaction.atomic():
            written = [(change, row) for change in changes if (row := write(*change))]
            found = verifications.verify_history().faults
            unnamed += [
                (model.__name__, field.name, value, row)
                for (model, field, value), row in written
                if not any(fault.startswith(f"Rows, {model._meta.label_lower} {row}:") for fault in found)
            ]
            assert len(written) > len(kinds) / 3, "most are refused by the database itself"
            transaction.set_rollback(True)

    assert not unnamed, "\n".join(map(str, unnamed))
