"""Fields that several models have: text compared byte by byte, and a condition as a column."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class PlainCharField(models.CharField[str, str]):
    """Text compared byte by byte on both engines, so that a range of an ordinary index finds the beginnings of words."""

    def db_parameters(self, connection: "BaseDatabaseWrapper") -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


def true_when(condition: models.Q) -> models.GeneratedField:
    """A column that the database itself keeps: whether the condition holds of the row."""
    return models.GeneratedField(
        expression=condition,  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
