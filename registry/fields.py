"""Fields that several models have, and a statement that is written once for each engine."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case

if TYPE_CHECKING:
    from typing import Self

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


class WrittenOnce(Case):
    """Its statement is written once for each engine: Django takes longer to write it than the database to work it out."""

    def __init__(self, *cases: Any, **extra: Any) -> None:
        super().__init__(*cases, **extra)
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def copy(self) -> "Self":
        """A copy may be about another table, so that it is written again."""
        copy = super().copy()
        copy._written = {}
        return copy

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, case_joiner: str | None = None, **extra: Any
    ) -> tuple[str, Any]:
        if connection.vendor not in self._written:
            sql, values = super().as_sql(compiler, connection, template, case_joiner, **extra)
            self._written[connection.vendor] = sql, tuple(values)
        sql, written = self._written[connection.vendor]
        return sql, list(written)
