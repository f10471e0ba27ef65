"""What a holder's licence and its transfer wait for now: for their tasks (`registry.licences.states`, `licensing.holding.states`)."""

from datetime import date

from licensing.applications.queries.applications import holidays_of
from licensing.applications.states import NOT_OVER
from licensing.holding.models import Change, StartOfSupply, Transfer
from licensing.holding.rules.renewals import open_blockers
from registry import schemes, workdays
from registry.licences.models import Licence


def is_renewal_open(licence: Licence, on: date) -> bool:
    """Renewal is open, and none has been begun: one that was begun is a task of its own."""
    if any(open_blockers(licence, scheme=schemes.in_force(licence.scheme, on), today=on)):
        return False
    return not licence.renewals.filter(status__in=NOT_OVER).exists()


def change_expected_on(change: Change, on: date) -> date:
    """By when we mean to look at a reported change: the day of the task that it is for the authority."""
    days = schemes.in_force(change.scheme, on).tasks.working_days("change.decide")
    return workdays.add_working_days(on, days, holidays_of(change.organisation))


def is_supply_untold(licence: Licence, on: date) -> bool:
    """The licence is in force, and its holder has not told us that it has begun to supply."""
    is_running = licence.valid_from <= on <= licence.valid_until
    return is_running and not StartOfSupply.objects.filter(licence=licence).exists()


def has_no_open_proposal(transfer: Transfer, on: date) -> bool:
    """Nothing is proposed about the transfer yet."""
    return not transfer.decisions.filter(is_over=False).exists()
