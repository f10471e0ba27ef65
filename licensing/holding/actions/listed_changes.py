"""Many things that join one list of a holder, such as vehicles, reported together."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.holding import letters
from licensing.holding.actions import changes
from licensing.holding.models import Change
from licensing.holding.states import ChangeStatus
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason, Refused
from registry.licences.models import Licence


@transaction.atomic
def tell_many(
    licence: Licence, *, kind: str, rows: Sequence[Mapping[str, Any]], happened_on: date, by: User, at: datetime
) -> list[Change]:
    """Report each row as a change of its own, all of them or none, and confirm them by one letter.

    Raises what `changes.tell` raises, and `Refused` (told_already) for what has been reported and waits for us.
    """
    permissions.require(by, "licensing.apply")
    waiting = set(licence.changes.filter(kind=kind, status=ChangeStatus.TOLD).values_list("called", flat=True))
    told = [
        changes.tell(licence, kind=kind, data=row, happened_on=happened_on, confirms=False, by=by, at=at)
        for row in rows
    ]
    text = _("You have told us of “{name}” already, and we are looking at it. Leave the row out.")
    twice = [Reason("told_already", format_lazy(text, name=one.called)) for one in told if one.called in waiting]
    if twice:
        raise Refused(twice)
    letters.told(told, at=at)
    return told
