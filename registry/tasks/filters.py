"""What the list of tasks can be narrowed by, and the filter by the day of a task that other lists offer."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry import filtersets, schemes
from registry import search as index
from registry.accounts.models import User
from registry.assignment.models import Absence
from registry.codes import reference_typed
from registry.filtersets import Row
from registry.organisations import filters as organisation_filters
from registry.pagination import ListSection, in_order
from registry.schemes import said
from registry.tasks.models import Task, TaskQuerySet, declared_waits, kind_of, kinds_for, kinds_seen_by
from registry.waits import TaskPriority, waits_of

MINE, UNASSIGNED = "mine", "unassigned"
OVERDUE, TODAY, WEEK = "overdue", "today", "week"
DUE: tuple[tuple[str, str | Promise], ...] = (
    (OVERDUE, _("Overdue")),
    (TODAY, _("Today")),
    (WEEK, _("In the next 7 days")),
)
_PRIORITIES = sorted(TaskPriority, reverse=True)


def free_for(user: User) -> Q:
    """The tasks that belong to no one and that this person may take."""
    return Q(owner=None, agency=None, kind__in=kinds_for(user, of_others=True)) & ~Q(not_by=user) & ~Q(nor_by=user)


def due_within(rows: TaskQuerySet, value: str, at: datetime) -> TaskQuerySet:
    """The tasks that are overdue, that are due today, or that are due today or in the six days after it."""
    today = timezone.localdate(at)
    if value == OVERDUE:
        return rows.overdue(at)
    return rows.filter(due_on__range=(today, today if value == TODAY else today + timedelta(days=6)))


class TaskFilter(filtersets.FilterSet[Task]):
    orders = {
        "": tuple(ListSection(("due_on", "pk"), Q(priority=priority)) for priority in _PRIORITIES),
        "due": in_order("due_on", "pk"),
        "raised": in_order("raised_at", "pk"),
    }

    q = index.search_box()
    whose = django_filters.ChoiceFilter(label=_("Whose task"), method="of_person", empty_label=_("Anyone’s"))
    due = django_filters.ChoiceFilter(label=_("Due"), choices=DUE, method="is_due", empty_label=_("Any day"))
    kind = django_filters.ChoiceFilter(label=_("What to do"), empty_label=_("Any task"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), empty_label=_("Any scheme"))
    priority = django_filters.ChoiceFilter(
        label=_("Priority"), choices=[(one.value, one.label) for one in _PRIORITIES], empty_label=_("Any priority")
    )

    def __init__(self, asked: Mapping[str, Any], *, tasks: TaskQuerySet, by: User, at: datetime) -> None:
        super().__init__(data=asked, queryset=tasks)
        self.by, self.at = by, at
        self.filters["whose"].extra["choices"] = self._people()
        self.filters["kind"].extra["choices"] = self._kinds()
        self.filters["scheme"].extra["choices"] = self._schemes()

    def _people(self) -> list[tuple[str, str | Promise]]:
        choices: list[tuple[str, str | Promise]] = [(MINE, _("Mine")), (UNASSIGNED, _("Free to take"))]
        if self.by.has_perm("registry.assign_tasks"):
            owns = Exists(Task.objects.open().filter(owner=OuterRef("pk")))
            people = User.objects.filter(owns).order_by("name", "pk")
            choices += [(one.reference, str(one)) for one in people]
        return choices

    def _kinds(self) -> list[tuple[str, str]]:
        waits = declared_waits()
        seen = {*kinds_for(self.by), *kinds_seen_by(self.by), *kinds_for(self.by, of_agency=True)}
        return sorted(((kind, str(waits[kind].todo)) for kind in seen), key=lambda choice: choice[1])

    def _schemes(self) -> list[tuple[str, str]]:
        newest = [(name, schemes.get(name, schemes.versions(name)[-1])) for name in schemes.names()]
        return [(name, said(scheme.title, get_language())) for name, scheme in newest]

    def dress(self, row: Task) -> None:
        row.is_late = row.is_overdue(self.at)

    def named(self, rows: TaskQuerySet, _field: str, typed: str) -> TaskQuerySet:
        reference = Q(reference=reference_typed(typed)) | Q(reference=typed.strip())
        return rows.filter(reference | Q(organisation__in=organisation_filters.organisations_found(typed)))

    def of_person(self, rows: TaskQuerySet, _field: str, value: str) -> TaskQuerySet:
        if value == MINE:
            return rows.filter(owner__in=Absence.objects.served_by(self.by, timezone.localdate(self.at)))
        return rows.filter(free_for(self.by) if value == UNASSIGNED else Q(owner__reference=value))

    def is_due(self, rows: TaskQuerySet, _field: str, value: str) -> TaskQuerySet:
        return due_within(rows, value, self.at)


class DueFilter(filtersets.FilterSet[Row]):
    """The filters of a list of things that wait for someone: narrowed by the day of their open tasks."""

    due = django_filters.ChoiceFilter(
        label=_("Next task due"), choices=DUE, method="has_task_due", empty_label=_("Any day")
    )

    def has_task_due(self, rows: "QuerySet[Row]", _field: str, value: str) -> "QuerySet[Row]":
        tasks = due_within(staff_tasks_about(self._meta.model), value, self.at)
        return rows.filter(pk__in=tasks.values("subject_pk"))


def staff_tasks_about(model: type[Model]) -> TaskQuerySet:
    """The open tasks of the authority about things of this model."""
    kinds = [kind_of(model, wait) for wait in waits_of(model) if wait.seen_with]
    return Task.objects.open().filter(kind__in=kinds, agency=None)


def waiting_for(rows: "QuerySet[Row]", user: User, on: date) -> "QuerySet[Row]":
    """The things about which this person has something to do: a task of their own, or one that is free for them to take."""
    about = {kind_of(rows.model, wait) for wait in waits_of(rows.model)}
    kinds = [kind for kind in kinds_for(user) if kind in about]
    if not kinds:
        return rows.none()
    others = Q(owner=None) | Q(owner__in=Absence.objects.served_by(user, on)[1:])
    theirs = Q(owner=user, kind__in=kinds) | Q(others, kind__in=kinds_for(user, of_others=True))
    tasks = staff_tasks_about(rows.model).filter(theirs)
    return rows.filter(pk__in=tasks.exclude(not_by=user).exclude(nor_by=user).values("subject_pk"))
