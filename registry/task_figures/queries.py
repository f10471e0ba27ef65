"""How many tasks were raised, done and late, and how long they took, those that are open counted: by kind, team or month."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.task_figures.rules import survival_median
from registry.tasks.models import Task, TaskQuerySet, declared_waits, overdue

#: Tasks raised within this time are counted.
WITHIN = timedelta(days=365)
GROUPS = ("kind", "team", "month")


@dataclass(slots=True)
class TaskFigure:
    """One row: what it is about, the counts, and the median number of days from raising to doing."""

    title: str
    raised: int = 0
    done: int = 0
    done_late: int = 0
    open_late: int = 0
    ended: Counter[int] = field(default_factory=Counter)
    still_open: Counter[int] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        return self.raised - self.done

    @property
    def late(self) -> int:
        return self.done_late + self.open_late

    @property
    def median(self) -> int | None:
        return survival_median(self.ended, self.still_open)

    def as_row(self) -> list[Any]:
        """For CSV, in the order of the page."""
        return [self.title, self.raised, self.done, self.open, self.late, "" if self.median is None else self.median]


def staff_tasks() -> TaskQuerySet:
    """Tasks of the authority's own people: what it can answer for."""
    own = [kind for kind, wait in declared_waits().items() if wait.permission and not wait.agency]
    return Task.objects.filter(kind__in=own)


def task_figures(by: str, *, at: datetime) -> list[TaskFigure]:
    """The rows, one for each kind, team or month, of the tasks that were raised within a year."""
    today = timezone.localdate(at)
    grouped = _grouped(by, at=at)
    figures: dict[Any, TaskFigure] = defaultdict(lambda: TaskFigure(""))
    for row in grouped:
        figure = figures[row["group"]]
        figure.title = figure.title or _title(by, row["group"])
        _add(figure, row, today=today)
    order = sorted(figures, key=str) if by == "month" else sorted(figures, key=lambda one: figures[one].title)
    return [figures[one] for one in order]


def _grouped(by: str, *, at: datetime) -> Iterator[Any]:
    column = {"kind": F("kind"), "team": F("owner__team"), "month": TruncMonth("raised_at")}[by]
    rows = (
        staff_tasks()
        .filter(raised_at__gte=at - WITHIN)
        .annotate(group=column, raised_on=TruncDate("raised_at"), done_on=TruncDate("done_at"))
    )
    done_late = Q(done_at__gt=F("due_at")) | Q(due_at=None, done_on__gt=F("due_on"))
    late = Count("pk", filter=done_late | Q(done_at=None) & overdue(at))
    yield from rows.values("group", "raised_on", "done_on").annotate(n=Count("pk"), late=late).order_by().iterator()


def _add(figure: TaskFigure, row: Any, *, today: date) -> None:
    figure.raised += row["n"]
    if row["done_on"] is None:
        figure.open_late += row["late"]
        figure.still_open[(today - row["raised_on"]).days] += row["n"]
    else:
        figure.done += row["n"]
        figure.done_late += row["late"]
        figure.ended[(row["done_on"] - row["raised_on"]).days] += row["n"]


def _title(by: str, group: Any) -> str:
    if by == "kind":
        return str(declared_waits()[group].todo)
    if by == "month":
        return date_format(timezone.localtime(group), "F Y")
    return str(group or _("No team, or no one yet"))
