"""New tasks are given to people by the rules, each minute."""

from collections.abc import Sequence
from datetime import date, datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from registry.assignment import rules
from registry.assignment.actions import ASSIGNS
from registry.assignment.models import Absence, AssignmentMethod, AssignmentRule, RuleMember
from registry.holidays.models import Calendar
from registry.tasks import actions as tasks
from registry.tasks import rules as task_rules
from registry.tasks.models import Task

#: Tasks that one run gives away by one rule.
AT_ONCE = 200


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
