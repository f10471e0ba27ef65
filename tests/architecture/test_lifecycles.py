"""Every lifecycle, move by move: what the table allows happens, what it does not is refused, and docs/lifecycles.md draws it so."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from config.management.commands.draw_lifecycles import DOCUMENT, drawn, lifecycles
from registry.errors import Refused
from registry.lifecycle import Lifecycle, move
from registry.refusals.states import CanBeRefused
from tests.architecture import guards
from tests.architecture.source import product

LIFECYCLES = list(lifecycles())
NAMES = [f"{app}.{name}" for app, name, _lifecycle in LIFECYCLES]


def matrix() -> Iterator[tuple[str, Lifecycle, str, str]]:
    for app, name, lifecycle in LIFECYCLES:
        for status in lifecycle.statuses:
            for verb in lifecycle.names:
                yield f"{app}.{name}", lifecycle, status, verb


def is_as_the_table_says(lifecycle: Lifecycle, status: str, verb: str) -> bool:
    offered = verb in lifecycle.moves_from(status)
    rows = [row for row in lifecycle.moves if row.name == verb and status in row.sources]
    if rows:
        (row,) = rows
        blockers = list(lifecycle.blockers(status, verb))
        return offered and lifecycle.after(status, verb) == row.target and blockers == []
    try:
        lifecycle.after(status, verb)
    except Refused as refused:
        return not offered and [reason.code for reason in refused.reasons] == ["wrong_state"]
    return False


def test_each_pair_of_status_and_move_is_allowed_or_refused_as_the_table_says() -> None:
    pairs = list(matrix())

    assert len(pairs) > 700
    wrong = [
        (name, status, verb)
        for name, lifecycle, status, verb in pairs
        if not is_as_the_table_says(lifecycle, status, verb)
    ]
    assert wrong == []


def unreachable(lifecycle: Lifecycle) -> set[str]:
    reached, frontier = {lifecycle.first}, [lifecycle.first]
    while frontier:
        status = frontier.pop()
        for verb in lifecycle.moves_from(status):
            target = lifecycle.after(status, verb)
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    return set(lifecycle.statuses) - reached


@pytest.mark.parametrize("lifecycle", [row[2] for row in LIFECYCLES], ids=NAMES)
def test_every_status_can_be_reached(lifecycle: Lifecycle) -> None:
    assert unreachable(lifecycle) == set()


def test_a_planted_status_that_cannot_be_reached_is_found() -> None:
    assert unreachable(Lifecycle("new", move("close", {"new"}, "closed"), move("reopen", {"lost"}, "new"))) == {"lost"}


def test_every_lifecycle_is_the_life_of_one_model_with_the_same_statuses() -> None:
    lives = {id(model.__dict__["lifecycle"]): choices_of_status(model) for model in models_with_a_lifecycle()}

    assert lives == {id(lifecycle): set(lifecycle.statuses) for _app, _name, lifecycle in LIFECYCLES}


def models_with_a_lifecycle() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if "lifecycle" in model.__dict__]


def choices_of_status(model: type[models.Model]) -> set[str]:
    field = model._meta.get_field("status")
    assert isinstance(field, models.CharField)
    return {value for value, _label in field.flatchoices}


def test_every_move_is_made_by_one_action() -> None:
    made = sorted({(app, name) for app, _action, name in guards.moves_made(product())})
    in_tables = sorted(
        {(room.split(".")[0], name) for room, _table, lifecycle in LIFECYCLES for name in lifecycle.names}
        # That the reason of a refusal was read is one action for all (registry/refusals/actions.py).
        - {(model._meta.app_label, model.reason_reading.name) for model in models_that_can_be_refused()}
    )

    assert made == in_tables


def models_that_can_be_refused() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, CanBeRefused)]


def test_no_move_has_two_actions() -> None:
    made = sorted((app, name) for app, action, name in guards.moves_made(product()) if action == name)

    assert [one for one, other in pairwise(made) if one == other] == []


def test_the_page_draws_every_lifecycle_as_it_is() -> None:
    assert DOCUMENT.read_text() == drawn(), "run manage.py draw_lifecycles"


def test_the_page_draws_each_lifecycle_and_its_moves() -> None:
    page = drawn()

    assert page.count("stateDiagram-v2") == len(LIFECYCLES)
    assert "## Licence\n" in page
    assert "active --> revoked: revoke" in page


def test_the_fields_that_a_move_sets_are_columns_of_what_it_moves() -> None:
    moved = [model for model in apps.get_models() if isinstance(getattr(model, "lifecycle", None), Lifecycle)]
    assert len(moved) >= len(LIFECYCLES)

    for model in moved:
        columns = {field.name for field in model._meta.concrete_fields} - {"status"}
        for row in model.lifecycle.moves:  # type: ignore[attr-defined]
            assert row.sets <= columns, f"{model.__name__}: {row.name}"
