"""Absences with a deputy, and the rules by which tasks are given to people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.assignment import rules
from registry.assignment.models import Absence, AssignmentRule, RuleMember
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.tasks.models import declared_waits
from registry.trail.actions import events as trail

ASSIGNS = "registry.assign_tasks"


@transaction.atomic
def record_absence(person: User, *, deputy: User, starts: date, until: date, by: User, at: datetime) -> Absence:
    """Write down that a person is away and who does their tasks meanwhile: for oneself, or by someone who assigns tasks."""
    if by != person:
        permissions.require(by, ASSIGNS)
    there = Absence.objects.filter(person=person, starts__lte=until, until__gte=starts)
    today = timezone.localdate(at)
    refuse_for(
        rules.absence_blockers(person, deputy=deputy, starts=starts, until=until, overlaps=there.exists(), today=today)
    )
    absence = Absence.objects.create(person=person, deputy=deputy, starts=starts, until=until)
    trail.record(person, "record_absence", by=by, at=at, deputy=deputy, starts=starts, until=until)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by: User, at: datetime) -> None:
    """Take back an absence that is over early or was wrong."""
    if by != absence.person:
        permissions.require(by, ASSIGNS)
    trail.record(absence.person, "end_absence", by=by, at=at, starts=absence.starts, until=absence.until)
    absence.delete()


@transaction.atomic
def make_rule(
    *,
    kind: str,
    people: Sequence[User],
    method: str,
    nation: str = "",
    sector: str = "",
    initials: str = "",
    by: User,
    at: datetime,
) -> AssignmentRule:
    """From now on new tasks of this kind that match go to one of these people, in turn or by load."""
    permissions.require(by, ASSIGNS)
    refuse_for(rules.rule_blockers(people, permission=declared_waits()[kind].permission))
    rule = AssignmentRule.objects.create(
        reference=new_reference("ZR"),
        kind=kind,
        nation=nation,
        sector=sector,
        initials="".join(sorted(set(initials.upper()) - {" ", ","})),
        method=method,
        made_by=by,
        made_at=at,
    )
    RuleMember.objects.bulk_create(RuleMember(rule=rule, person=person) for person in people)
    given: Mapping[str, Any] = {"task": kind, "method": method, "people": sorted(one.reference for one in people)}
    trail.record(rule, "make_rule", by=by, at=at, **given)
    return rule


@transaction.atomic
def end_rule(rule: AssignmentRule, *, by: User, at: datetime) -> AssignmentRule:
    """The rule gives no more tasks away; those that it gave stay where they are."""
    permissions.require(by, ASSIGNS)
    rule = trail.locked(rule)
    if rule.ended_at is None:
        rule.ended_at, rule.ended_by = at, by
        rule.save(update_fields=["ended_at", "ended_by"])
        trail.record(rule, "end_rule", by=by, at=at)
    return rule
