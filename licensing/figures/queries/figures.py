"""What a manager sees of the work: what stands today, counted in the moment of asking, and what the last twelve months were.

The months are read from all cases of a year, so that they are counted once a day and when somebody asks for it. All of it
follows from the cases; the trail says the same.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries.figures import Figure
from compliance.statistics.queries.tabulations import tabulated
from licensing.figures.queries import backlog, outcomes
from licensing.figures.queries import durations as times
from licensing.figures.queries.durations import MonthDuration
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Months:
    """The figures of the last twelve months, and when they were counted: none while they never were."""

    counted_at: datetime | None
    figures: list[Figure]


def of_today(on: date, *, scheme: str = "") -> list[Figure]:
    """What is in hand and what is to be kept, of one scheme or of all."""
    held = backlog.held(scheme, on)
    return [backlog.backlog(held, scheme), backlog.workload(held, scheme, on), outcomes.conditions(scheme, on)]


def of_months(*, scheme: str = "") -> Months:
    """How long it took and what was decided, as last counted, of one scheme or of all."""
    made = tabulated(StatisticsSubject.WORK, scheme)
    if not made:
        return Months(None, [])
    at = min(one.counted_at for one in made)
    on = timezone.localdate(at)
    shown = [
        times.begun(_took(made, "begun"), on),
        times.decided(_took(made, "decided"), on),
        outcomes.decisions((one.tables["decisions"] for one in made), scheme, on),
    ]
    return Months(at, shown)


def figure(code: str, on: date, *, scheme: str = "") -> tuple[Figure, date] | None:
    """The one that has this name, if any has, and the day of which it is."""
    months = of_months(scheme=scheme)
    counted = {one.code: (one, timezone.localdate(months.counted_at)) for one in months.figures}
    return counted.get(code) or next(((one, on) for one in of_today(on, scheme=scheme) if one.code == code), None)


def months_to_keep(scheme: Scheme, on: date) -> dict[str, Any]:
    """The figures of the twelve months that end on this day, as a `Tabulation` has them."""
    return {
        "begun": _kept(times.count_begun(scheme.name, on)),
        "decided": _kept(times.count_decided(scheme.name, on)),
        "decisions": outcomes.count_decisions(scheme.name, on),
    }


def _kept(took: Counter[MonthDuration]) -> list[list[Any]]:
    return [[*one.month, one.days, one.target, cases] for one, cases in took.items()]


def _took(made: Iterable[Tabulation], name: str) -> Counter[MonthDuration]:
    took: Counter[MonthDuration] = Counter()
    for one in made:
        for year, month, days, target, cases in one.tables[name]:
            took[MonthDuration((year, month), days, target)] += cases
    return took
