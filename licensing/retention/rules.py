"""What must be true before anything is erased, and before two people let it. Asked again inside the action: a hold may have come since."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND
from licensing.retention.models import ErasureBatch
from registry.accounts.models import User
from registry.errors import Reason

#: Within how many days after a batch has been listed for long enough someone looks at it.
DAYS_TO_PROPOSE = 14


def erase_blockers(application: Application, *, is_kept: bool) -> Iterator[Reason]:
    """`is_kept`: there is a hold on its organisation, or business that is still open."""
    if application.status in IN_HAND:
        yield Reason("in_hand", _("The application is still being decided."))
    if is_kept:
        yield Reason("held", _("The data of this organisation is held."))


def propose_erasure_blockers(batch: ErasureBatch, *, today: date) -> Iterator[Reason]:
    yield from batch.lifecycle.blockers(batch.status, "propose_erasure")
    if today < batch.ready_on:
        text = _("It is listed until {day}, so that anyone who needs something of it can place a hold.")
        yield Reason("still_listed", format_lazy(text, day=date_format(batch.ready_on, "j F Y")))


def decide_erasure_blockers(batch: ErasureBatch, move: str, *, by: User) -> Iterator[Reason]:
    yield from batch.lifecycle.blockers(batch.status, move)
    if by.pk == batch.proposed_by_id:
        yield Reason("same_person", _("You proposed this erasure, so someone else must decide."))
