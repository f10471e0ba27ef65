"""Whether a holder can renew now: for its task (`registry.licences.states`)."""

from datetime import date

from licensing.holding.queries.renewals import renewal_of
from registry.licences.models import Licence


def is_renewal_open(licence: Licence, on: date) -> bool:
    """Renewal is open, and none has been submitted."""
    window = renewal_of(licence, today=on)
    return window.is_open and (window.under_way is None or window.under_way.submitted_at is None)
