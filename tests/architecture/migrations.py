"""Which migrations the code of before cannot live with: it goes on serving while `set_up` works, and until the server has the new code."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

from config.way_back import BEFORE_THE_RULE, NO_LONGER_READ

_TAKES_AWAY = (
    operations.RemoveField,
    operations.DeleteModel,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
)


def since_the_rule(loader: MigrationLoader) -> list[Migration]:
    """Of our apps, in the order of their names."""
    return [
        migration
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in BEFORE_THE_RULE and name > BEFORE_THE_RULE[app]
    ]


def faults(migration: Migration, before: ProjectState) -> Iterator[str]:
    """What the code of before would fail at. `before`: the state of all migrations before this one; nothing is rendered."""
    state = before.clone()
    new_models: set[str] = set()
    for operation in _each(migration.operations):
        if isinstance(operation, operations.CreateModel):
            new_models.add(operation.name_lower)
        elif _model_of(operation) not in new_models:
            yield from _faults(operation, migration, state)
        operation.state_forwards(migration.app_label, state)


def _each(found: Sequence[Operation]) -> Iterator[Operation]:
    for operation in found:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _each(operation.database_operations)
        else:
            yield operation


def _model_of(operation: Operation) -> str:
    return str(getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")))


def _faults(operation: Operation, migration: Migration, state: ProjectState) -> Iterator[str]:
    said = f"{migration.app_label} {migration.name}: {operation.describe()}"
    if isinstance(operation, _TAKES_AWAY) and not getattr(migration, NO_LONGER_READ, ""):
        yield f"{said}: the code of before still asks for it. Say since when none does: {NO_LONGER_READ} = “0.2.0”"
    if isinstance(operation, operations.AddField) and _must_be_given(operation.field):
        yield f"{said}: the code of before writes rows without it. Let it be null, or give it a db_default"
    if isinstance(operation, operations.AlterField):
        old = state.models[migration.app_label, operation.model_name_lower].fields[operation.name]
        if old.null and _must_be_given(operation.field):
            yield f"{said}: the code of before still writes null"
        if old.get_internal_type() != operation.field.get_internal_type() or _is_shorter(old, operation.field):
            yield f"{said}: the code of before writes what the new column does not take. Add a column beside it"


def _must_be_given(field: "models.Field[Any, Any]") -> bool:
    return not field.many_to_many and not field.null and field.db_default is NOT_PROVIDED


def _is_shorter(old: "models.Field[Any, Any]", new: "models.Field[Any, Any]") -> bool:
    return new.max_length is not None and (old.max_length is None or new.max_length < old.max_length)
