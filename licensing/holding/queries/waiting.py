"""What a holder's licence and its transfer wait for now: for their tasks (`registry.licences.states`, `licensing.holding.states`)."""

from datetime import date

from licensing.applications.states import IN_HAND
from licensing.holding.models import Transfer
from licensing.holding.rules.renewals import open_blockers
from registry import schemes
from registry.licences.models import Licence


def is_renewal_open(licence: Licence, on: date) -> bool:
    """Renewal is open, and none has been submitted."""
    if any(open_blockers(licence, scheme=schemes.in_force(licence.scheme, on), today=on)):
        return False
    return not licence.renewals.filter(status__in=IN_HAND).exists()


def has_no_open_proposal(transfer: Transfer, on: date) -> bool:
    """Nothing is proposed about the transfer yet."""
    return not transfer.decisions.filter(is_over=False).exists()
