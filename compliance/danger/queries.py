"""Signs of danger with the tasks that they open, and what was sent about them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from compliance.danger.models import DangerSign, DangerSignQuerySet
from registry.accounts.models import User
from registry.alerts import queries as alerts
from registry.alerts.models import AlertSettings
from registry.alerts.queries import AlertLine
from registry.tasks.models import Task
from registry.trail.queries.history import Words

WORDS: Words = {"dangersign": {"raise_danger": _("Alarm raised")}}
KIND = "dangersign.respond"


def open_signs(user: User) -> DangerSignQuerySet:
    """The dangers that wait for someone on duty, the oldest first."""
    return DangerSign.objects.visible_to(user).raised().order_by("raised_at", "pk")


def task_of(sign: DangerSign) -> Task | None:
    """The last task about it, open or done."""
    found: Task | None = Task.objects.filter(kind=KIND, subject_pk=sign.pk).order_by("-raised_at", "-pk").first()
    return found


@dataclass(frozen=True, slots=True)
class DangerFile:
    """All that the page of one danger shows. What was reported is shown to the person who acknowledged it, and to no one else."""

    task: Task | None
    telephone: str  # of the person who responds, where they gave one
    lines: list[AlertLine]
    shows_report: bool


def danger_file(sign: DangerSign, *, by: User) -> DangerFile:
    task = task_of(sign)
    responder = task.acknowledged_by if task else None
    telephone = AlertSettings.objects.of(responder).telephone if responder else ""
    shows_report = responder == by and sign.report_id is not None
    return DangerFile(task, telephone, alerts.lines_of(task) if task else [], shows_report)
