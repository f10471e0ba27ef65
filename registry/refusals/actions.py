"""Reading why something was refused."""

from datetime import datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.refusals import rules
from registry.tasks.queries import has_task_of
from registry.trail.actions import events as trail


@transaction.atomic
def read_reason(thing: Any, *, by: User, at: datetime) -> Any:
    """Say that you have read why it was refused: then it is no one's task any more.

    Raises `Refused` (reason_read, not_proposer, wrong_state), and `DoesNotExist` for what this person does not see.
    """
    reading = thing.reason_reading
    permissions.require(by, reading.permission)
    thing = trail.locked(thing, among=type(thing).objects.visible_to(by))
    refuse_for(rules.read_blockers(thing, has_task=has_task_of(thing, by), by=by))
    taken: dict[str, Any] = {reading.read_at: at}
    return trail.move(thing, reading.name, by=by, at=at, **taken)
