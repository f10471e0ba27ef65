"""Why a task cannot be taken, assigned, postponed or acknowledged now."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason
from registry.tasks.models import Task

#: A task is not postponed for longer than this.
LONGEST = timedelta(days=366)


def take_blockers(task: Task, *, by: User) -> Iterator[Reason]:
    if not task.is_open:
        yield DONE
    elif task.owner is not None and task.owner != by:
        yield Reason("taken", format_lazy(_("{person} has this task."), person=str(task.owner)))
    yield from _person_blockers(task, by)


def assign_blockers(task: Task, *, owner: User, names_task: bool = False) -> Iterator[Reason]:
    """Why the task cannot be given to this person. `names_task`: each reason names the task, as several are asked about."""
    if not task.is_open:
        yield DONE
    for reason in _person_blockers(task, owner):
        if names_task:
            text = format_lazy(_("{task}, {todo}: {why}"), task=task.reference, todo=task.todo, why=reason.text)
            yield Reason(reason.code, text, "owner")
        else:
            yield Reason(reason.code, reason.text, "owner")


def postpone_blockers(task: Task, *, due_on: date, because: str, today: date) -> Iterator[Reason]:
    if not task.is_open:
        yield DONE
    if task.wait.has_day:
        yield Reason("day_of_thing", _("The law or the case sets this day. Change it there."), "due_on")
    if not today <= due_on <= today + LONGEST:
        yield Reason("day_out_of_range", _("Enter a day from today to a year ahead."), "due_on")
    if not because.strip():
        yield Reason("no_reasons", _("Enter why the task can wait."), "because")


def acknowledge_blockers(task: Task) -> Iterator[Reason]:
    if not task.is_open:
        yield DONE
    elif task.acknowledged_at is not None:
        yield Reason("acknowledged", _("Someone has acknowledged this already."))


def _person_blockers(task: Task, person: User) -> Iterator[Reason]:
    """Whoever does it must be there, hold the permission, be none of those who may not, and have no conflict of interest."""
    if not person.is_active or not person.has_perms(task.wait.needs):
        yield Reason("may_not", format_lazy(_("{person} cannot do this task with their roles."), person=str(person)))
    elif person.pk in (task.not_by_id, task.nor_by_id):
        yield Reason("second_person", format_lazy(_("Someone other than {person} must do this."), person=str(person)))
    elif task.organisation is not None:
        yield from permissions.conflict_blockers(person, task.organisation)


DONE = Reason("done", _("This task is done already."))
