"""Whether a holder can renew now, and has said that it supplies: for its tasks (`registry.licences.states`)."""

from datetime import date

from licensing.holding.models import StartOfSupply
from licensing.holding.queries.renewals import renewal_of
from registry.licences.models import Licence


def is_renewal_open(licence: Licence, on: date) -> bool:
    """Renewal is open, and none has been begun: one that was begun is a task of its own."""
    window = renewal_of(licence, today=on)
    return window.is_open and window.under_way is None


def is_supply_untold(licence: Licence, on: date) -> bool:
    """The licence is in force, and its holder has not told us that it has begun to supply."""
    is_running = licence.valid_from <= on <= licence.valid_until
    return is_running and not StartOfSupply.objects.filter(licence=licence).exists()
