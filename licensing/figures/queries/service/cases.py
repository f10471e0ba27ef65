"""Cases in working days, and the file of them that is published: without names, and none that could be recognised."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate

from licensing.applications.models import Application
from licensing.applications.queries.offices import office_holidays
from licensing.progress.queries.durations import DECIDED, KINDS
from registry.editions.rules.quarters import quarter_on
from registry.filtersets import midnight
from registry.trail.models.events import Event
from registry.workdays import counter

TWO_YEARS = timedelta(days=730)
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
    number = counter(office_holidays())
    begun = Event.objects.filter(kind="application", reference=OuterRef("reference"), verb="begin_assessment")
    rows: Any = (
        Application.objects.handed_in()
        .filter(submitted_at__gte=midnight(day - within), submitted_at__lt=midnight(day + timedelta(days=1)))
        .annotate(begun_at=Subquery(begun.order_by("number").values("at")[:1]))
        .annotate(received=TruncDate("submitted_at"), begun=TruncDate("begun_at"), closed=TruncDate("closed_at"))
        .order_by()
        .values_list("scheme", "renews_id", "status", "received", "begun", "closed")
    )
    for scheme, renews, status, received, begun_on, closed in rows.iterator(chunk_size=2000):
        yield CaseTimes(
            scheme,
            KINDS[renews is not None],
            received,
            status,
            None if begun_on is None else number(begun_on) - number(received),
            None if closed is None else number(closed) - number(received),
            number(day) - number(received),
        )


def cases(day: date) -> Iterator[list[str | int | None]]:
    """The cases received in two years, one list each: never the business, a number or a day.

    A case is published with the quarter of its receipt where at least ten of its scheme, kind and outcome were received in it,
    else with the year under the same rule, else not at all.
    """
    found = list(cases_received(day, TWO_YEARS))
    by_quarter = Counter(_alike(case, quarter_on(case.received)) for case in found)
    in_quarters = {key for key, n in by_quarter.items() if n >= ALIKE}
    left = [case for case in found if _alike(case, quarter_on(case.received)) not in in_quarters]
    by_year = Counter(_alike(case, str(case.received.year)) for case in left)
    for case in found:
        quarter, year = _alike(case, quarter_on(case.received)), _alike(case, str(case.received.year))
        if quarter in in_quarters:
            yield _as_row(case, quarter)
        elif by_year[year] >= ALIKE:
            yield _as_row(case, year)


Alike = tuple[str, str, str, str]


def _alike(case: CaseTimes, received: str) -> Alike:
    return case.scheme, case.kind, received, case.outcome


def _as_row(case: CaseTimes, alike: Alike) -> list[str | int | None]:
    return [*alike, case.to_start, case.to_end, case.so_far if case.to_end is None else None]
