"""What a person does with a task other than the work itself: take, assign, postpone or acknowledge it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps
from registry.tasks import actions, forms, queries, rules
from registry.tasks.lists import ASSIGNS, WORKS_HERE
from registry.tasks.models import Task


def _assign_form(data: Any, task: Task, on: date) -> forms.AssignTask:
    people = queries.people_for(task)
    return forms.AssignTask(data, people=people, loads=queries.loads(people))


def _open_blockers(task: Task, by: User, on: date) -> Iterable[Reason]:
    return () if task.is_open else (rules.DONE,)


def _postpone_blockers(task: Task, by: User, on: date) -> Iterable[Reason]:
    """What is against it whatever day is typed."""
    return rules.postpone_blockers(task, due_on=on, because="-", today=on)


TASK = Steps(
    Task,
    "task",
    url="staff/tasks/<int:number>",
    keys=lambda task: (task.pk,),
    lookups={"number": "pk"},
    address_of=lambda task: reverse("task", args=[task.pk]),
    rows_on=Task.objects.visible_to,
    related=("organisation", "owner"),
    permission=WORKS_HERE,
    steps=(
        Step(
            "take",
            _("Take this task"),
            label=_("Take"),
            about=lambda task: task.todo,
            fits=lambda task, on: task.is_open and task.owner_id is None,
            blockers=lambda task, by, on: rules.take_blockers(task, by=by),
            action=actions.take,
            style="",
            done=_("Task assigned"),
            verb="assign_task",
            then=lambda task, result: task.address,
        ),
        Step(
            "acknowledge",
            _("Acknowledge this task"),
            label=_("Acknowledge"),
            about=_("You say that you have seen it and are acting on it."),
            fits=lambda task, on: task.is_open and task.priority > 0 and task.acknowledged_at is None,
            blockers=lambda task, by, on: rules.acknowledge_blockers(task),
            action=actions.acknowledge,
            done=_("Task acknowledged"),
            verb="acknowledge_task",
            then=lambda task, result: reverse("staff_home"),
        ),
        Step(
            "assign",
            _("Assign this task"),
            permission=ASSIGNS,
            label=_("Assign"),
            about=lambda task: task.todo,
            form=_assign_form,
            fits=lambda task, on: task.is_open,
            blockers=_open_blockers,
            action=actions.assign,
            done=_("Task assigned"),
            verb="assign_task",
        ),
        Step(
            "postpone",
            _("Postpone this task"),
            permission=ASSIGNS,
            label=_("Postpone"),
            about=lambda task: task.todo,
            form=forms.PostponeTask,
            fits=lambda task, on: task.is_open,
            blockers=_postpone_blockers,
            action=actions.postpone,
            done=_("Task postponed"),
        ),
    ),
)
