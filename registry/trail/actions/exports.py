"""What is taken out of the service in bulk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.trail.actions import events as trail
from registry.trail.models.events import Event


@transaction.atomic
def take_list(name: str, *, chosen: Mapping[str, Any], rows: int, by: User, at: datetime) -> Event:
    """Note that somebody takes a list away as a file: which, narrowed by what, and how many rows it had (docs/rules.md G28).

    `chosen` must not hold what was typed in a box of words: a name would stay on the trail for good.
    """
    permissions.require(by, "registry.export_lists")
    return trail.record(by, "take_list", by=by, at=at, list=name, chosen=dict(chosen), rows=rows)
