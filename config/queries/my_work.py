"""My work: the tasks of a person by due day, those they may take, and counts that are exactly the lists they open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.reports.queries.triage import PriorityBacklog, clocks
from config.queries import menu
from registry import filtersets
from registry.accounts.models import User
from registry.assignment.models import Absence
from registry.tasks import queries
from registry.tasks.lists import IS_OVERDUE, WHOSE_FREE, WHOSE_MINE
from registry.tasks.models import overdue
from registry.waits import TaskPriority

#: As many rows are on the page; the lists have the rest.
OWN, FREE, ALERTS = 20, 10, 10


@dataclass(frozen=True, slots=True)
class TaskCount:
    """How many rows a list has."""

    title: str | Promise
    number: int
    query: str
    page: str = "tasks"

    @property
    def said(self) -> str:
        return filtersets.count_in_words(self.number)

    @property
    def href(self) -> str:
        return f"{reverse(self.page)}?{self.query}" if self.query else reverse(self.page)


def my_work(user: User, at: datetime) -> dict[str, Any]:
    """All that the page shows of a person's tasks. A fixed number of queries."""
    if user.agency_id:
        return _of_agency(user, at)
    on = timezone.localdate(at)
    people = Absence.objects.served_by(user, on)
    own = list(queries.own_tasks(user, on, people=people)[: OWN + 1])
    free = list(queries.unassigned_tasks(user, on, people=people)[: FREE + 1])
    dangers = list(queries.open_dangers(user, on, people=people))
    alerts = [task for task in (*own, *free) if task.priority == TaskPriority.URGENT and task.acknowledged_at is None]
    pressing = queries.task_rows([*dangers, *alerts[:ALERTS]], by=user, at=at)
    return {
        "dangers": pressing[: len(dangers)],
        "threats": _threats(user, at),
        "alerts": pressing[len(dangers) :],
        "own": queries.task_rows(own[:OWN], by=user, at=at),
        "own_is_cut": len(own) > OWN,
        "own_href": TaskCount("", 0, WHOSE_MINE).href,
        "free": queries.task_rows(free[:FREE], by=user, at=at),
        "free_is_cut": len(free) > FREE,
        "free_href": TaskCount("", 0, WHOSE_FREE).href,
        "counts": _counts(user, people, at),
        "beside": _beside(user, at),
        "recent": queries.recent_work(user, at, people=people),
    }


def _of_agency(user: User, at: datetime) -> dict[str, Any]:
    """What is asked of another authority: its people see no task of ours."""
    asked = list(queries.tasks_of_agency(user)[: OWN + 1])
    return {
        "own": queries.task_rows(asked[:OWN], by=user, at=at),
        "own_is_cut": len(asked) > OWN,
        "own_href": reverse("tasks"),
        "counts": [TaskCount(_("All"), filtersets.count_up(queries.tasks_of_agency(user)), "")],
        "beside": _beside(user, at),
    }


def _threats(user: User, at: datetime) -> list[PriorityBacklog]:
    """Open reports that someone is in danger, in numbers: for who answers for the work and may not read them."""
    if not user.has_perm("compliance.count_reports"):
        return []
    return [one for one in clocks(at=at) if one.is_danger]


def _beside(user: User, at: datetime) -> list[TaskCount]:
    return [TaskCount(entry.title, number, "", entry.url_name) for entry, number in menu.waiting_beside_tasks(user, at)]


def _counts(user: User, people: Sequence[int], at: datetime) -> list[TaskCount]:
    """Counted by the rules by which the lists are narrowed, and as far as those are counted."""
    on = timezone.localdate(at)
    own = queries.own_tasks(user, on, people=people).aggregate(all=Count("pk"), late=Count("pk", filter=overdue(at)))
    free = filtersets.count_up(queries.unassigned_tasks(user, on, people=people))
    seen = filtersets.count_up(queries.tasks_seen_by(user, on, people=people))
    return [
        TaskCount(_("Mine"), own["all"], WHOSE_MINE),
        TaskCount(_("Mine and overdue"), own["late"], f"{WHOSE_MINE}&{IS_OVERDUE}"),
        TaskCount(_("Free to take"), free, WHOSE_FREE),
        TaskCount(_("All that I can see"), seen, ""),
    ]
