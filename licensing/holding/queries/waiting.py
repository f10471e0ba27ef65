"""What a holder's licence and its transfer wait for now: for their tasks (`registry.licences.states`, `licensing.holding.states`)."""

from datetime import date

from licensing.holding.models import Transfer
from licensing.holding.queries.renewals import renewal_of
from registry.licences.models import Licence


def is_renewal_open(licence: Licence, on: date) -> bool:
    """Renewal is open, and none has been submitted."""
    window = renewal_of(licence, today=on)
    return window.is_open and (window.under_way is None or window.under_way.submitted_at is None)


def has_no_open_proposal(transfer: Transfer, on: date) -> bool:
    """Nothing is proposed about the transfer yet."""
    return not transfer.decisions.filter(is_over=False).exists()
