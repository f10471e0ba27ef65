"""Whatever can be refused with a reason has one move, one wait and one step by which the proposer says that they read it."""

import pytest
from django.apps import apps

from registry.refusals.states import CanBeRefused
from registry.refusals.steps import reading_step
from registry.steps import declared

MODELS = [model for model in apps.get_models() if issubclass(model, CanBeRefused)]


def test_these_can_be_refused() -> None:
    assert {model._meta.model_name for model in MODELS} == {
        "decision",
        "guardedsharing",
        "lettercorrection",
        "replyoverride",
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_it_is_read_in_one_way(model: type[CanBeRefused]) -> None:
    reading, lifecycle = model.reason_reading, model.lifecycle  # type: ignore[attr-defined]
    [wait] = [one for one in lifecycle.waits if one.code == reading.name]
    steps = [
        step
        for table in declared()
        if issubclass(table.model, model)
        for step in table.steps
        if step.name == reading.name
    ]

    assert lifecycle.after(reading.status, reading.name) == reading.status
    assert (wait.todo, wait.permission) == (reading.todo, reading.permission)
    assert [step.action for step in steps] == [reading_step(reading).action]
