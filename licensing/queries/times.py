"""How long cases took, month by month, against what the authority means to keep to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.models import Application
from licensing.queries.forecasts import DECIDED
from licensing.queries.tables import Bar, Figure, Month, as_written, begins, month_of, months
from licensing.queries.work import office_holidays
from registry import schemes
from registry.models import Event
from registry.schemes.targets import Aim
from registry.workdays import counter


@dataclass(frozen=True, slots=True)
class Took:
    """One case that came so far in this month, the working days that it took, and how many it was to take."""

    month: Month
    days: int
    target: int | None

    @property
    def in_time(self) -> bool:
        return self.target is not None and self.days <= self.target


def decided(scheme: str, on: date) -> Figure:
    """How long the decisions of the last twelve months took, by the month in which they were taken."""
    closed = _of(scheme).filter(status__in=DECIDED, closed_at__gte=begins(on)).annotate(came_at=F("closed_at"))
    return _figure(
        "times",
        _("Times against targets: the decision"),
        _("Applications granted or refused, in working days from handing in to the decision."),
        _("Decided"),
        list(_measured(closed, "decide")),
        on,
    )


def begun(scheme: str, on: date) -> Figure:
    """How long cases waited until somebody took them in hand, by the month in which that was."""
    event = Event.objects.filter(kind="application", reference=OuterRef("reference"), verb="begin_assessment")
    taken = (
        _of(scheme)
        .filter(Q(closed_at=None) | Q(closed_at__gte=begins(on)))
        .annotate(came_at=Subquery(event.order_by("number").values("at")[:1]))
        .filter(came_at__gte=begins(on))
    )
    return _figure(
        "begun",
        _("Times against targets: taken in hand"),
        _("Applications that a case officer took in hand, in working days from handing in."),
        _("Taken in hand"),
        list(_measured(taken, "begin")),
        on,
    )


def _of(scheme: str) -> "QuerySet[Application]":
    rows = Application.objects.handed_in()
    return rows.filter(scheme=scheme) if scheme else rows


def _measured(rows: "QuerySet[Any]", aim: Aim) -> Iterator[Took]:
    number, target_of = counter(office_holidays()), _targets(aim)
    found = rows.order_by().values_list("scheme", "version", "submitted_at", "came_at")
    for scheme, version, handed_in, came in found.iterator(chunk_size=2000):
        day = _day(came)
        yield Took(month_of(day), number(day) - number(_day(handed_in)), target_of(scheme, version))


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _targets(aim: Aim) -> Callable[[str, date], int | None]:
    return cache(lambda scheme, version: schemes.get(scheme, version).target(aim))


def _figure(code: str, title: str, about: str, counted: str, took: list[Took], on: date) -> Figure:
    shown = [(as_written(month), *_spread([one for one in took if one.month == month])) for month in months(on)]
    return Figure(
        code,
        title,
        about,
        (_("Month"), counted, _("Half within"), _("Eight in ten within"), _("Within the target"), _("Share")),
        (*shown, (_("All"), *_spread(took))),
        tuple(Bar(str(row[0]), int(str(row[2] or 0))) for row in shown),
        _("working days, half within"),
        max((one.target for one in took if one.target is not None), default=None),
    )


def _spread(took: Iterable[Took]) -> tuple[object, ...]:
    """How many there were, the days within which a half and eight in ten were, how many were in time and their share."""
    ordered = sorted(took, key=lambda one: one.days)
    if not ordered:
        return (0, "", "", "", "")
    half, most = (ordered[-(-len(ordered) * share // 10) - 1].days for share in (5, 8))
    in_time = sum(one.in_time for one in ordered)
    return (len(ordered), half, most, in_time, f"{100 * in_time // len(ordered)}%")
