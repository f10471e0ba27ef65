"""What must be true before a condition is discharged, extended or found failed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.models import Condition


def condition_blockers(condition: Condition, move: str, *, due_on: date | None = None) -> Iterator[Reason]:
    yield from condition.lifecycle.blockers(condition.status, move)
    if due_on is not None and due_on <= condition.due_on:
        yield Reason("not_later", _("The new date must be later than the present one."), "due_on")
