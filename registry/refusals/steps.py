"""The step in the table of each thing that can be refused."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.refusals import actions, rules
from registry.refusals.states import ReasonReading
from registry.steps import Step
from registry.tasks.queries import has_task_of


def reading_step(reading: ReasonReading, *, rows: "Callable[[User], QuerySet[Any]] | None" = None) -> Step:
    """Its page shows the reason, and its button says that it was read."""
    return Step(
        reading.name,
        reading.todo,
        press=_("I have read the reason"),
        permission=reading.permission,
        rows=rows,
        about=lambda thing: getattr(thing, reading.because),
        blockers=lambda thing, by, on: rules.read_blockers(thing, has_task=has_task_of(thing, by), by=by),
        action=actions.read_reason,
        in_statuses=(reading.status,),
        fits=lambda thing, on: thing.has_unread_reason,
        style="",
        verb=reading.name,
        done=_("Reason read"),
    )
