"""Expand, then contract: a migration only adds what the code of before can live with, so that an upgrade stops nothing."""

from typing import Any

import pytest
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from config.way_back import NO_LONGER_READ
from tests.architecture.migrations import faults, since_the_rule


def test_the_code_of_before_can_live_with_every_migration() -> None:
    loader = MigrationLoader(None)

    found = [fault for migration in since_the_rule(loader) for fault in faults(migration, _before(loader, migration))]

    assert found == []


def _before(loader: MigrationLoader, migration: Migration) -> ProjectState:
    return loader.project_state((migration.app_label, migration.name), at_end=False)


def found_in(*steps: Operation, **said: str) -> list[str]:
    """Of a migration with these operations on a table with a name, which may be empty, and a number."""
    state = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40, null=True)),
        ("number", models.IntegerField()),
    ]
    state.add_model(ModelState("registry", "Thing", fields))
    kind = type("Migration", (Migration,), {"operations": list(steps), **said})
    return list(faults(kind("0047_test", "registry"), state))


TEXT: dict[str, Any] = {"max_length": 40}


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (operations.RemoveField("Thing", "number"), "still asks for it"),
        (operations.RenameField("Thing", "number", "figure"), "still asks for it"),
        (operations.DeleteModel("Thing"), "still asks for it"),
        (operations.RenameModel("Thing", "Matter"), "still asks for it"),
        (operations.AddField("Thing", "colour", models.CharField(**TEXT, default="red")), "without it"),
        (operations.AlterField("Thing", "name", models.CharField(**TEXT, default="")), "still writes null"),
        (operations.AlterField("Thing", "name", models.CharField(max_length=20, null=True)), "does not take"),
        (operations.AlterField("Thing", "number", models.CharField(max_length=20)), "does not take"),
    ],
)
def test_what_the_code_of_before_cannot_live_with_is_found(step: Operation, words: str) -> None:
    (fault,) = found_in(step)
    assert fault.startswith("registry 0047_test: ") and words in fault

    wrapped = operations.SeparateDatabaseAndState(database_operations=[step])
    assert found_in(wrapped) == [fault], "nor is it hidden in another operation"


@pytest.mark.parametrize(
    "step",
    [
        operations.AddField("Thing", "colour", models.CharField(**TEXT, null=True)),
        operations.AddField("Thing", "colour", models.CharField(**TEXT, db_default="red")),
        operations.AlterField("Thing", "name", models.CharField(max_length=60, null=True)),
        operations.AddIndex("Thing", models.Index(fields=["name"], name="thing_name")),
    ],
)
def test_what_only_adds_is_let_through(step: Operation) -> None:
    assert found_in(step) == []


def test_a_new_table_may_be_made_in_steps() -> None:
    made = operations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    assert found_in(made, operations.AddField("Other", "name", models.CharField(**TEXT, default=""))) == []


def test_what_no_code_reads_any_more_may_go_if_the_migration_says_since_when() -> None:
    assert found_in(operations.RemoveField("Thing", "number"), **{NO_LONGER_READ: "0.3.0"}) == []
