"""Mails about tasks: of danger, of an urgent task, and of a morning. They hold references and no content."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.alerts.queries import address_in_full
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.tasks.models import Task
from registry.waits import TaskPriority

#: As many tasks as one morning mail lists; it says how many more there are.
MOST_LISTED = 50


def alert_mail(task: Task, *, to: User, at: datetime) -> Letter:
    """That a danger or an urgent task waits: what to do, its reference and the address of its page."""
    is_danger = task.priority == TaskPriority.DANGER
    with translation.override(to.language):
        facts = {**_said(task, to), "is_danger": is_danger}
    subject = _("Danger: respond now") if is_danger else _("An urgent task waits for you")
    return sending.queue(
        "registry/letters/alert.html", to=to, subject=subject, facts=facts, about=task.reference, at=at
    )


def morning_mail(tasks: Iterable[Task], *, overdue: int, count: int, to: User, on: date, at: datetime) -> Letter:
    """What is due today and what is overdue, for one person."""
    with translation.override(to.language):
        listed = [{**_said(task, to), "due": task.due_on} for task in tasks]
    facts = {"tasks": listed, "count": count, "overdue": overdue, "more": count - len(listed)}
    subject = _("Your tasks that are due today")
    return sending.queue(
        "registry/letters/morning.html", to=to, subject=subject, facts=facts, about=to.reference, at=at
    )


def _said(task: Task, to: User) -> dict[str, Any]:
    return {"todo": task.todo, "reference": task.reference, "address": address_in_full(task, to)}
