"""Tasks for programs: the list, one task, and what is done with it besides the work itself."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import create_model

from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.lists import add_work_list, row_of, row_out
from registry.errors import Reason, Refused
from registry.tasks import actions, queries
from registry.tasks.lists import ASSIGNS, TASKS, WORKS_HERE
from registry.tasks.models import Task
from registry.tasks.steps import TASK

router = StaffRouter(tags=["tasks"])
ONE = "/tasks/{number}"
TaskRowOut = row_of(TASKS, "TaskRowOut")
TaskOut: Any = create_model(
    "TaskOut",
    __base__=TaskRowOut,
    done_at=(datetime | None, Field(description="When it was done; null while it is open")),
    moves=(list[MoveOut], ...),
)

add_work_list(
    router,
    "tasks",
    TASKS,
    row=TaskRowOut,
    about="Open tasks: what someone must do next, about what and by which day. You see those that the page shows you.",
)


class AssignTaskIn(Schema):
    owner: str = Field(max_length=20, description="The reference of the person")
    because: str = Field("", max_length=2000)


class PostponeTaskIn(Schema):
    due_on: date
    because: str = Field(max_length=2000)


@router.reads(ONE, "task", TaskOut)
def task(request: ByKey, number: int) -> Any:
    """One task, open or done, and what you may do with it."""
    return _out(_seen(request, number), by=request.user)


@router.does(f"{ONE}/take", "take_task", Scope.ASSIGN, TaskOut)
def take(request: ByKey, number: int) -> Any:
    """Take a task that belongs to no one yet."""
    return _out(actions.take(_seen(request, number), by=request.user, at=timezone.now()), by=request.user)


@router.does(f"{ONE}/acknowledge", "acknowledge_task", Scope.ASSIGN, TaskOut)
def acknowledge(request: ByKey, number: int) -> Any:
    """Say that you have seen an urgent task and are acting on it."""
    return _out(actions.acknowledge(_seen(request, number), by=request.user, at=timezone.now()), by=request.user)


@router.does(f"{ONE}/assign", "assign_task", Scope.ASSIGN, TaskOut)
def assign(request: ByKey, number: int, body: AssignTaskIn) -> Any:
    """Give a task to a person. Where the case itself is given to someone, the case is given."""
    permissions.require(request.user, ASSIGNS)
    found = _seen(request, number)
    owner = queries.people_for(found).filter(reference=body.owner).first()
    if owner is None:
        raise Refused([Reason("unknown_person", _("There is no one with this reference who may do it."), "owner")])
    done = actions.assign(found, owner=owner, because=body.because, by=request.user, at=timezone.now())
    return _out(done, by=request.user)


@router.does(f"{ONE}/postpone", "postpone_task", Scope.ASSIGN, TaskOut)
def postpone(request: ByKey, number: int, body: PostponeTaskIn) -> Any:
    """Set a later day for a task whose day neither the law nor the case sets."""
    permissions.require(request.user, ASSIGNS)
    done = actions.postpone(_seen(request, number), **body.dict(), by=request.user, at=timezone.now())
    return _out(done, by=request.user)


def _seen(request: ByKey, number: int) -> Task:
    permissions.require(request.user, WORKS_HERE)
    found = queries.task_seen_by(request.user, number, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _out(found: Task, *, by: User) -> dict[str, Any]:
    today = timezone.localdate()
    moves = [] if by.agency_id else TASK.buttons(found, by=by, on=today)
    return {**row_out(TASKS, found, by=by, on=today), "done_at": found.done_at, "moves": moves_out(moves)}
