"""Conflicts of interest: declared by the officer or a manager, and over when somebody else says so."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.conflicts import rules
from registry.conflicts.models import Conflict
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.tasks import actions as tasks
from registry.trail.actions import events as trail

#: On the trail: why is between the officer and the manager.
CONFLICT_DECLARED = "Conflict of interest declared."


@transaction.atomic
def declare(
    officer: User, *, organisation: Organisation, because: str, since: date, by: User, at: datetime
) -> Conflict:
    """From now on this officer takes no part in anything about the organisation: not by a page, a program or the database.

    Their open tasks about it go back to everyone who may do them, as urgent. An officer declares their own, a manager anybody's. Raises `Refused` (declared_already, in_the_future, no_reason, not_staff).
    """
    permissions.require(by, "registry.work_for_authority" if by == officer else "registry.manage_conflicts")
    organisation = trail.locked(organisation)
    today = timezone.localdate(at)
    refuse_for(rules.declare_conflict_blockers(officer, organisation, because=because, since=since, today=today))
    conflict = Conflict.objects.create(
        reference=new_reference("K"),
        officer=officer,
        organisation=organisation,
        because=because,
        since=since,
        declared_by=by,
        declared_at=at,
    )
    # Why is between the officer and whoever manages: the trail is read by more.
    trail.record(conflict, "declare_conflict", by=by, at=at, officer=officer, organisation=organisation, since=since)
    tasks.release(officer, organisation=organisation, because=CONFLICT_DECLARED, by=by, at=at)
    return conflict


@transaction.atomic
def end(conflict: Conflict, *, because: str, by: User, at: datetime) -> Conflict:
    """Say that the conflict is over: from now on the officer may take part again. Nobody frees themselves."""
    permissions.require(by, "registry.manage_conflicts")
    conflict = trail.locked(conflict)
    refuse_for(rules.end_conflict_blockers(conflict, because=because, by=by))
    conflict.until, conflict.ended_because, conflict.ended_by = timezone.localdate(at), because, by
    conflict.save(update_fields=["until", "ended_because", "ended_by"])
    trail.record(conflict, "end_conflict", by=by, at=at, because=because, officer=conflict.officer)
    return conflict
