"""When a person may say that they have read why something was refused."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason


def read_blockers(thing: Any, *, has_task: bool, by: User) -> Iterator[Reason]:
    """Why this person does not say that the reason was read: the proposer does, or who was given the task."""
    reading = thing.reason_reading
    yield from thing.lifecycle.blockers(thing.status, reading.name)
    proposer = getattr(thing, reading.proposer)
    if not has_task and by != proposer:
        text = _("This is for {name}, who made the proposal. Ask for the task to be given to you first.")
        yield Reason("not_proposer", format_lazy(text, name=str(proposer)))
    if getattr(thing, reading.read_at) is not None:
        yield Reason("reason_read", _("It was already said that the reason was read."))
