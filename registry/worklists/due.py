"""The due column of a list of things that wait for someone: the day of the next open task about each."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from registry.tasks.filters import DueFilter, staff_tasks_about
from registry.worklists.columns import Column


def due_column(filters: type[DueFilter[Any]]) -> Column:
    """The column for a list of the things that these filters narrow."""
    model = filters._meta.model

    def with_due(rows: "QuerySet[Any]", at: datetime) -> "QuerySet[Any]":
        about = staff_tasks_about(model).filter(subject_pk=OuterRef("pk")).order_by("due_on")
        is_late = Exists(about.overdue(at))
        found: QuerySet[Any] = rows.annotate(task_due_on=Subquery(about.values("due_on")[:1]), task_is_late=is_late)
        return found

    return Column("task_due_on", _("Next task due"), "day", heading=_("Due"), needs=with_due, late=_is_late)


def _is_late(row: Any, on: date) -> bool:
    return bool(row.task_is_late)
