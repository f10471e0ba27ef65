"""How long cases took, month by month, against what the authority means to keep to."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from compliance.statistics.queries.figures import Bar, Figure
from licensing.applications.models import Application
from licensing.applications.queries.offices import office_holidays
from licensing.figures.queries.tables import Month, as_written, begins, months
from licensing.progress.queries.durations import DECIDED
from registry import schemes
from registry.schemes.targets import Aim
from registry.trail.models.events import Event
from registry.workdays import counter


class MonthDuration(NamedTuple):
    """In which month a case came so far, the working days that it took, and how many it was to take."""

    month: Month
    days: int
    target: int | None

    @property
    def in_time(self) -> bool:
        return self.target is not None and self.days <= self.target


def count_decided(scheme: str, on: date) -> Counter[MonthDuration]:
    """How long the decisions of the last twelve months took, by the month in which they were taken."""
    closed = Application.objects.handed_in().filter(scheme=scheme, status__in=DECIDED, closed_at__gte=begins(on))
    return _measured(closed.annotate(came_at=F("closed_at")), "decide")


def count_begun(scheme: str, on: date) -> Counter[MonthDuration]:
    """How long cases waited until somebody took them in hand, by the month in which that was."""
    event = Event.objects.filter(kind="application", reference=OuterRef("reference"), verb="begin_assessment")
    taken = (
        Application.objects.handed_in()
        .filter(Q(closed_at=None) | Q(closed_at__gte=begins(on)), scheme=scheme)
        .annotate(came_at=Subquery(event.order_by("number").values("at")[:1]))
        .filter(came_at__gte=begins(on))
    )
    return _measured(taken, "begin")


def _measured(rows: "QuerySet[Any]", aim: Aim) -> Counter[MonthDuration]:
    """How many cases took the same. The database counts them by their days, which are far fewer than the cases."""
    number, target_of = counter(office_holidays()), _targets(aim)
    by_days = rows.order_by().values(
        "scheme", "version", handed_in_on=TruncDate("submitted_at"), came_on=TruncDate("came_at")
    )
    took: Counter[MonthDuration] = Counter()
    for one in by_days.annotate(cases=Count("pk")):
        came, days = one["came_on"], number(one["came_on"]) - number(one["handed_in_on"])
        took[MonthDuration((came.year, came.month), days, target_of(one["scheme"], one["version"]))] += one["cases"]
    return took


def _targets(aim: Aim) -> Callable[[str, date], int | None]:
    return cache(lambda scheme, version: schemes.get(scheme, version).target(aim))


def decided(took: Counter[MonthDuration], on: date) -> Figure:
    return _figure(
        "times",
        _("Times against targets: the decision"),
        _("Applications granted or refused, in working days from submission to the decision."),
        _("Decided"),
        took,
        on,
    )


def begun(took: Counter[MonthDuration], on: date) -> Figure:
    return _figure(
        "begun",
        _("Times against targets: start of assessment"),
        _("Applications that a case officer began to assess, in working days from submission."),
        _("Assessment begun"),
        took,
        on,
    )


def _figure(code: str, title: str, about: str, counted: str, took: Counter[MonthDuration], on: date) -> Figure:
    by_month: dict[Month, list[tuple[MonthDuration, int]]] = defaultdict(list)
    for one in took.items():
        by_month[one[0].month].append(one)
    shown = [(as_written(month), *_spread(by_month[month])) for month in months(on)]
    return Figure(
        code,
        title,
        about,
        (
            _("Month"),
            counted,
            _("Half within, working days"),
            _("Eight in ten within, working days"),
            _("Within the target"),
            _("Share"),
        ),
        (*shown, (_("All"), *_spread(took.items()))),
        tuple(Bar(str(row[0]), int(str(row[2]))) for row in shown if row[2] != ""),
        _("working days, half within"),
        max((one.target for one in took if one.target is not None), default=None),
    )


def _spread(took: Iterable[tuple[MonthDuration, int]]) -> tuple[object, ...]:
    """How many there were, the days within which a half and eight in ten were, how many were in time and their share."""
    ordered = sorted(took, key=lambda one: one[0].days)
    if not ordered:
        return (0, "", "", "", "")
    reached = list(accumulate(cases for _one, cases in ordered))
    number = reached[-1]
    half, most = (ordered[bisect_left(reached, -(-number * share // 10))][0].days for share in (5, 8))
    in_time = sum(cases for one, cases in ordered if one.in_time)
    return (number, half, most, in_time, f"{100 * in_time // number}%")
