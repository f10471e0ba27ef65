"""Absences with a deputy, and the rules by which tasks are given to people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.assignment import rules
from registry.assignment.models import Absence, AssignmentMethod, AssignmentRule, RuleMember
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.holidays.models import Calendar
from registry.tasks import actions as tasks
from registry.tasks import rules as task_rules
from registry.tasks.models import Task, declared_waits
from registry.trail.actions import events as trail

ASSIGNS = "registry.assign_tasks"
#: Tasks that one run gives away.
AT_ONCE = 200


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


def assign_by_rule(*, at: datetime) -> int:
    """Give tasks that belong to no one to the people of the rules, in the name of who made the rule; says how many."""
    given = 0
    for rule in AssignmentRule.objects.filter(ended_at=None, made_by__is_active=True).order_by("made_at", "pk"):
        if not rule.made_by.has_perm(ASSIGNS):
            continue
        waiting = Task.objects.open().filter(kind=rule.kind, owner=None).order_by("raised_at", "pk")
        for task in waiting[:AT_ONCE]:
            given += _give(task, rule, at=at)
    return given


@transaction.atomic
def _give(task: Task, rule: AssignmentRule, *, at: datetime) -> bool:
    firm = task.organisation
    if not rules.matches(
        initials=rule.initials,
        nation=rule.nation,
        sector=rule.sector,
        name=firm.legal_name if firm else "",
        nation_of_firm=Calendar.of(firm.address) if firm else "",
        sectors=_sectors(task),
    ):
        return False
    by = rule.made_by
    if not Task.objects.visible_to(by, timezone.localdate(at)).filter(pk=task.pk).exists():
        return False
    for member in _in_order(rule, on=timezone.localdate(at)):
        if any(task_rules.assign_blockers(task, owner=member.person)):
            continue
        tasks.assign(task, owner=member.person, because=rule.reference, by=by, at=at)
        member.last_given_at = at
        member.save(update_fields=["last_given_at"])
        return True
    return False


def _in_order(rule: AssignmentRule, *, on: date) -> Sequence[RuleMember]:
    """The people of the rule who are here, the next one first."""
    away = Absence.objects.filter(starts__lte=on, until__gte=on).values("person")
    here = rule.members.exclude(person__in=away).filter(person__is_active=True).select_related("person")
    if rule.method == AssignmentMethod.LOAD:
        here = here.annotate(load=Count("person__tasks", filter=Q(person__tasks__done_at=None)))
        return list(here.order_by("load", F("last_given_at").asc(nulls_first=True), "pk"))
    return list(here.order_by(F("last_given_at").asc(nulls_first=True), "pk"))


def _sectors(task: Task) -> Sequence[str]:
    """The sectors of the thing that the task is about, where it has any."""
    model = next(one for one in apps.get_models() if one._meta.model_name == task.kind.partition(".")[0])
    thing = model._base_manager.filter(pk=task.subject_pk).first()
    facts = getattr(thing, "facts", None) or {}
    return [str(code) for code in getattr(thing, "sectors", None) or facts.get("sectors") or ()]
