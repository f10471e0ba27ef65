"""What must be true before a holder asks for a transfer, or asks no longer."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.models import Transfer
from licensing.rules.decisions import is_open
from licensing.rules.holding import holding_blockers
from licensing.states import OPEN_DECISIONS
from registry.errors import Reason
from registry.models import Licence


def ask_blockers(
    licence: Licence, *, to_name: str | None = None, because: str | None = None, today: date
) -> Iterator[Reason]:
    """Only before the licence ends: afterwards there is nothing left to transfer (CHANGES)."""
    yield from holding_blockers(licence, today=today)
    if any(is_open(one, licence) for one in licence.transfers.all()):
        yield Reason("asked_already", _("You have asked for this already. We will write to you."))
    if to_name is not None and not to_name.strip():
        yield Reason("no_name", _("Enter the name of the other business."), "to_name")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Say why."), "because")


def withdraw_blockers(transfer: Transfer) -> Iterator[Reason]:
    if not is_open(transfer, transfer.licence):
        yield Reason("over", _("This has been answered, or taken back."))
    if transfer.decisions.filter(status__in=OPEN_DECISIONS).exists():
        yield Reason("decision_open", _("We have proposed how to answer it. Reply to our notice."))
