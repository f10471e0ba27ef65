"""Orders that a court makes when it convicts: written down by one, compared with the paper of the court by another."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.rules import cases as enforcement
from compliance.enforcement.rules import orders as rules
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.reasons import move_blockers
from registry.trail.actions import events as trail

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


@transaction.atomic
def write_order(
    case: UnlicensedCase,
    *,
    on_whom: str,
    is_adult: bool,
    court: str,
    starts_on: date,
    until: date,
    terms: str,
    by: User,
    at: datetime,
) -> ConvictionOrder:
    """Write down what the court ordered when it convicted; it counts once another has compared it.

    Raises `Refused` (not_convicted, under_18, too_long, no_terms …).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    refuse_for(rules.write_blockers(case, is_adult=is_adult, starts_on=starts_on, until=until, terms=terms))
    order = ConvictionOrder.objects.create(
        reference=new_reference("Q"),
        case=case,
        on_whom=on_whom,
        is_adult=is_adult,
        court=court,
        starts_on=starts_on,
        until=until,
        terms=terms,
        written_by=by,
        written_at=at,
    )
    trail.record(
        order,
        "write_order",
        by=by,
        at=at,
        after=order.status,
        case=case,
        starts_on=starts_on,
        until=until,
        terms=terms,
    )
    return order


@transaction.atomic
def compare_order(order: ConvictionOrder, *, by: User, at: datetime) -> ConvictionOrder:
    """Say, as the second person, that it is what the court has written: from now on it holds."""
    order = _held(order, by, APPROVES)
    refuse_for(rules.compare_blockers(order, by=by))
    return trail.move(order, "compare_order", by=by, at=at, compared_by=by, compared_at=at)


@transaction.atomic
def strike_order(order: ConvictionOrder, *, because: str, by: User, at: datetime) -> ConvictionOrder:
    """It was written down by mistake, or otherwise than the court has it: strike it out, and write it down anew."""
    order = _held(order, by, APPROVES)
    refuse_for(move_blockers(order, "strike_order", because=because))
    return trail.move(order, "strike_order", by=by, at=at, because=because)


@transaction.atomic
def vary_holding_order(order: ConvictionOrder, *, until: date, terms: str, by: User, at: datetime) -> ConvictionOrder:
    """Keep how the court varied the order."""
    order = _held(order, by, WORKS)
    refuse_for(rules.vary_blockers(order, until=until, terms=terms))
    return trail.move(order, "vary_holding_order", by=by, at=at, until=until, terms=terms)


@transaction.atomic
def lift_order(order: ConvictionOrder, *, because: str, by: User, at: datetime) -> ConvictionOrder:
    """Keep that the court discharged the order."""
    order = _held(order, by, WORKS)
    refuse_for(move_blockers(order, "lift_order", because=because))
    return trail.move(order, "lift_order", by=by, at=at, because=because)


@transaction.atomic
def run_out_order(order: ConvictionOrder, *, by: User | None, at: datetime) -> ConvictionOrder:
    """By the clock: its term is over."""
    order = trail.locked(order)
    refuse_for(rules.run_out_blockers(order, on=timezone.localdate(at)))
    return trail.move(order, "run_out_order", by=by, at=at)


def _held(order: ConvictionOrder, by: User, permission: str) -> ConvictionOrder:
    permissions.require(by, permission)
    order = trail.locked(order)
    refuse_for(enforcement.theirs_blockers(order.case, by=by))
    return order
