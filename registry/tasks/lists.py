"""The list of tasks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry import web
from registry.accounts.models import User
from registry.tasks import queries
from registry.tasks.filters import MINE, OVERDUE, UNASSIGNED, TaskFilter
from registry.tasks.forms import AssignTasks
from registry.tasks.models import Task
from registry.waits import TaskPriority
from registry.worklists import EVERYWHERE, FILES, Column, WorkList

WORKS_HERE = "registry.work_for_authority"
ASSIGNS = "registry.assign_tasks"
WHOSE_MINE, WHOSE_FREE, IS_OVERDUE = f"whose={MINE}", f"whose={UNASSIGNED}", f"due={OVERDUE}"


def _views(user: User) -> web.Offered:
    views = [(_("All"), ""), (_("Mine"), WHOSE_MINE), (_("Free to take"), WHOSE_FREE), (_("Overdue"), IS_OVERDUE)]
    return views[::3] if user.agency_id else views


def _facts(request: web.SignedIn, found: object, at: datetime) -> Mapping[str, Any]:
    """For assigning the tasks that are chosen, which is done on the page of the list."""
    form = None
    if request.user.has_perm(ASSIGNS):
        people = queries.people_who_do_tasks()
        form = AssignTasks(people=people, loads=queries.loads(people))
    return {"form": form, "here": web.query_to_keep(request.GET), "chosen": frozenset(request.POST.getlist("tasks"))}


def _raised_on(task: Task, on: date) -> date:
    return timezone.localdate(task.raised_at)


TASKS = WorkList(
    "tasks",
    _("Tasks"),
    url="staff/tasks/",
    permission=WORKS_HERE,
    query=lambda asked, by, at: queries.tasks(asked, by=by, at=at),
    filters=TaskFilter,
    columns=(
        Column("id", _("Number"), "number", value="pk", show=FILES),
        Column(
            "due_on",
            _("Due"),
            "day",
            sort="due",
            late=lambda row, on: row.is_late,
            show=EVERYWHERE,
        ),
        Column("due_at", _("Due at"), "moment", may_be_empty=True, show=FILES, about="Where the clock counts hours"),
        Column("todo", _("What to do"), template="registry/tasks/todo_cell.html", show=EVERYWHERE),
        Column("kind", _("Kind"), show=FILES, about="A stable name of what is to be done"),
        Column(
            "reference",
            _("Case"),
            "reference",
            template="registry/tasks/case_cell.html",
            show=EVERYWHERE,
            about="Of what the task is about",
        ),
        Column("scheme", _("Scheme"), show=FILES, about="That the case is about, if it is about one"),
        Column(
            "organisation",
            _("Organisation"),
            "organisation",
            needs=("organisation",),
            may_be_empty=True,
            show=EVERYWHERE,
        ),
        Column(
            "owner",
            _("Owner"),
            "person",
            needs=("owner",),
            absent=_("No one yet"),
            may_be_empty=True,
            show=EVERYWHERE,
        ),
        Column("raised_on", _("Raised"), "day", value=_raised_on, sort="raised", show=("page",)),
        Column("raised_at", _("Raised"), "moment", show=FILES),
        Column(
            "priority",
            _("Priority"),
            "choice",
            value=lambda row, on: TaskPriority(row.priority),
            type=int,
            show=FILES,
            about="0 normal, 1 urgent, 2 danger",
        ),
        Column("acknowledged_at", _("Acknowledged"), "moment", may_be_empty=True, show=FILES),
        Column("page", _("Page"), value="address", show=("api",), about="Where it is done"),
    ),
    count_in_words=ngettext_lazy("%(how_many)s task", "%(how_many)s tasks", "n"),
    nothing=_("No task matches. Remove a filter, or search for another name."),
    views=_views,
    template="registry/tasks/tasks.html",
    facts=_facts,
    about=_("Everything that someone must do next, and by which day"),
)
