"""Cases in working days, and the file of those that ended: without names, and none that could be recognised."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from licensing.applications.models import Application
from licensing.applications.queries.offices import office_holidays
from licensing.progress.queries.durations import DECIDED, KINDS
from registry.editions.rules.quarters import days_of, quarter_on
from registry.filtersets import midnight
from registry.trail.models.events import Event
from registry.workdays import counter

#: Fewer cases than these of one scheme, kind, time of receipt and outcome could be recognised.
ALIKE = 10
OPEN = "open"


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """One case in working days: until it was taken in hand and until it ended, None while it has not; `so_far` while open."""

    scheme: str
    kind: str
    received: date
    status: str
    to_start: int | None
    to_end: int | None
    so_far: int

    @property
    def outcome(self) -> str:
        return OPEN if self.to_end is None else self.status

    @property
    def is_decided(self) -> bool:
        return self.to_end is not None and self.status in DECIDED


def cases_received(day: date, within: timedelta) -> Iterator[CaseTimes]:
    """The cases that were received in the time before this day, and how far they have come."""
    received = Application.objects.handed_in().filter(
        submitted_at__gte=midnight(day - within), submitted_at__lt=midnight(day + timedelta(days=1))
    )
    return _timed(received, day)


def cases_ended(quarter: str) -> Iterator[CaseTimes]:
    """The cases that ended in this quarter."""
    days = days_of(quarter)
    assert days is not None
    within = {"closed_at__gte": midnight(days[0]), "closed_at__lt": midnight(days[1] + timedelta(days=1))}
    return _timed(Application.objects.handed_in().filter(**within), days[1])


def _timed(rows: "QuerySet[Application]", day: date) -> Iterator[CaseTimes]:
    number = counter(office_holidays())
    begun = Event.objects.filter(kind="application", reference=OuterRef("reference"), verb="begin_assessment")
    found: Any = (
        rows.annotate(begun_at=Subquery(begun.order_by("number").values("at")[:1]))
        .annotate(received=TruncDate("submitted_at"), begun=TruncDate("begun_at"), closed=TruncDate("closed_at"))
        .order_by()
        .values_list("scheme", "renews_id", "status", "received", "begun", "closed")
    )
    for scheme, renews, status, received, begun_on, closed in found.iterator(chunk_size=2000):
        yield CaseTimes(
            scheme,
            KINDS[renews is not None],
            received,
            status,
            None if begun_on is None else number(begun_on) - number(received),
            None if closed is None else number(closed) - number(received),
            number(day) - number(received),
        )


def cases(quarter: str) -> Iterator[list[str | int | None]]:
    """The cases that ended in this quarter, one list each: never the business, a number or a day.

    A case is published with the quarter of its receipt where at least ten of its scheme, kind and outcome were received in it
    and ended in this one, else with the year under the same rule, else not at all. What is published of a quarter is not counted
    again, so that two files differ by whole quarters, and in each by ten cases or more that are alike.
    """
    found = list(cases_ended(quarter))
    by_quarter = Counter(_alike(case, quarter_on(case.received)) for case in found)
    in_quarters = {key for key, n in by_quarter.items() if n >= ALIKE}
    left = [case for case in found if _alike(case, quarter_on(case.received)) not in in_quarters]
    by_year = Counter(_alike(case, str(case.received.year)) for case in left)
    for case in found:
        received, year = _alike(case, quarter_on(case.received)), _alike(case, str(case.received.year))
        if received in in_quarters:
            yield _as_row(case, quarter, received)
        elif by_year[year] >= ALIKE:
            yield _as_row(case, quarter, year)


Alike = tuple[str, str, str, str]


def _alike(case: CaseTimes, received: str) -> Alike:
    return case.scheme, case.kind, received, case.outcome


def _as_row(case: CaseTimes, ended: str, alike: Alike) -> list[str | int | None]:
    return [ended, *alike, case.to_start, case.to_end]
