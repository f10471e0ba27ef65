"""Additional licence conditions. Each verb shows the change to the public in its own transaction."""

from datetime import date, datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences import rules
from registry.licences.models import Condition, Licence
from registry.register.actions import publishing as register
from registry.trail.actions import events as trail


@transaction.atomic
def impose(
    licence: Licence, *, standard: str, requirement: str, due_on: date, on: date, by: User | None, at: datetime
) -> Condition:
    """Put a condition on a licence: the standard, what to put right, and by when.

    `by` is None when the day has come from which a decision holds that somebody took before.
    """
    _require(by)
    licence = trail.locked(licence)
    condition = Condition.objects.create(
        reference=new_reference("C"),
        licence=licence,
        standard=standard,
        requirement=requirement,
        due_on=due_on,
        imposed_on=on,
    )
    trail.record(
        condition, "impose", by=by, at=at, after=condition.status, licence=licence, standard=standard, due_on=due_on
    )
    register.publish(licence.listing, at=at)
    return condition


@transaction.atomic
def extend(condition: Condition, *, due_on: date, because: str, by: User, at: datetime) -> Condition:
    """Give more time to meet a condition."""
    permissions.require(by, "registry.change_condition_of_licence")
    condition = trail.locked(condition)
    refuse_for(rules.condition_blockers(condition, "extend", due_on=due_on))
    trail.move(condition, "extend", by=by, at=at, because=because, due_on=due_on)
    register.publish(condition.licence.listing, at=at)
    return condition


@transaction.atomic
def vary(
    condition: Condition, *, requirement: str, due_on: date, because: str, by: User | None, at: datetime
) -> Condition:
    """Put other terms in the place of those of a condition: what is to be put right, and by when.

    `by` is None when the day has come from which a decision holds that somebody took before.
    """
    _require(by)
    condition = trail.locked(condition)
    refuse_for(rules.condition_blockers(condition, "vary"))
    trail.move(condition, "vary", by=by, at=at, because=because, requirement=requirement, due_on=due_on)
    register.publish(condition.licence.listing, at=at)
    return condition


@transaction.atomic
def discharge(condition: Condition, *, on: date, because: str, by: User, at: datetime) -> Condition:
    """Take a condition off the licence because it has been met."""
    return _close(condition, "discharge", on=on, because=because, by=by, at=at)


@transaction.atomic
def fail(condition: Condition, *, on: date, because: str, by: User, at: datetime) -> Condition:
    """Close a condition as not met; what follows is a decision of its own."""
    return _close(condition, "fail", on=on, because=because, by=by, at=at)


def _close(condition: Condition, name: str, *, on: date, because: str, by: User, at: datetime) -> Condition:
    permissions.require(by, "registry.change_condition_of_licence")
    condition = trail.locked(condition)
    refuse_for(rules.condition_blockers(condition, name))
    trail.move(condition, name, by=by, at=at, because=because, closed_on=on)
    register.publish(condition.licence.listing, at=at)
    return condition


def _require(by: User | None) -> None:
    """A person needs the right; the clock carries out what a person who had it has decided."""
    if by is not None:
        permissions.require(by, "registry.change_condition_of_licence")
