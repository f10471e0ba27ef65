"""When a decision can be expected: read from how long the cases of the last year really took, and never promised."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries.applications import holidays_of
from licensing.applications.states import ApplicationStatus
from licensing.progress.models import Milestone, Pace
from licensing.requests.models import InformationRequest
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.trail.models.events import Event
from registry.workdays import add_working_days, working_days_between

YEAR = timedelta(days=365)
#: Fewer cases say nothing of the next one.
ENOUGH_CASES = 10
DECIDED = (ApplicationStatus.GRANTED, ApplicationStatus.REFUSED)
KINDS = ("application", "renewal")


@dataclass(frozen=True, slots=True)
class Spread:
    """Within how many working days half of some cases were decided, and between which the middle eight in ten."""

    cases: int
    early: int
    half: int
    late: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the cases of the last year say of one that is open: of those that took at least as long as it has taken so far.

    Without a `spread` there were too few of them; `of` is how many cases came to the same milestone at all, so that
    `is_slow` can say that this case outlasts nearly all of them. `since` is None while the days have not begun to count.
    """

    milestone: Milestone
    of: int
    spread: Spread | None
    since: date | None
    early: date | None = None
    half: date | None = None
    late: date | None = None

    @property
    def is_slow(self) -> bool:
        return self.spread is None and self.of >= ENOUGH_CASES


@dataclass(frozen=True, slots=True)
class DecisionTimes:
    """What is published of one scheme: how long its new applications and its renewals took in the last year."""

    kind: str
    cases: int
    spread: Spread | None


def spread_of(days: Mapping[int, int], *, at_least: int = 0) -> Spread | None:
    """The spread of the cases that took at least so many days: `days` says how many took each number. None if too few."""
    left = sorted((took, cases) for took, cases in days.items() if took >= at_least)
    total = sum(cases for _took, cases in left)
    if total < ENOUGH_CASES:
        return None
    return Spread(total, *(_share(left, total, tenths) for tenths in (1, 5, 9)))


def forecast(application: Application, *, today: date) -> Forecast:
    """What can be expected of this case today, from the furthest milestone it has passed of which enough is known."""
    paces = {
        pace.milestone: {int(took): cases for took, cases in pace.days.items()}
        for pace in Pace.objects.filter(scheme=application.scheme, kind=application.fee_kind)
    }
    passed = _passed(application)
    milestone, since = next((one for one in passed if sum(paces.get(one[0], {}).values()) >= ENOUGH_CASES), passed[-1])
    days = paces.get(milestone, {})
    if since is None:
        return Forecast(milestone, sum(days.values()), spread_of(days), None)
    return _from_a_day(application, milestone, days, since=since, today=today)


def decision_times(scheme: str) -> list[DecisionTimes]:
    """How long the scheme's decisions of the last year took, counted from the day on which a case was handed in."""
    paces = Pace.objects.filter(scheme=scheme, milestone=Milestone.HANDED_IN)
    days = {pace.kind: {int(took): cases for took, cases in pace.days.items()} for pace in paces}
    return [DecisionTimes(kind, sum(days.get(kind, {}).values()), spread_of(days.get(kind, {}))) for kind in KINDS]


def paces(scheme: str, *, today: date) -> dict[tuple[str, Milestone], dict[int, int]]:
    """By kind and milestone, how many of the cases decided in the last year took each number of working days."""
    found: dict[tuple[str, Milestone], Counter[int]] = {
        (kind, milestone): Counter() for kind in KINDS for milestone in Milestone
    }
    for kind, milestone, took in _durations(scheme, today=today):
        found[kind, milestone][took] += 1
    return {key: dict(sorted(counted.items())) for key, counted in found.items()}


def is_worked_out(scheme: str, *, today: date) -> bool:
    return Pace.objects.filter(scheme=scheme, worked_out_on__gte=today).exists()


def _share(left: list[tuple[int, int]], total: int, tenths: int) -> int:
    """The least number of days within which so many tenths of the cases were decided."""
    reached = 0
    for took, cases in left:
        reached += cases
        if reached * 10 >= total * tenths:
            return took
    raise AssertionError("the last case reaches every share")


def _passed(application: Application) -> list[tuple[Milestone, date | None]]:
    """The milestones that the case has passed, the furthest first, each with its day.

    While the applicant is asked, the days from the answer on have not begun: that milestone has no day yet.
    """
    assert application.submitted_at is not None
    passed: list[tuple[Milestone, date | None]] = [(Milestone.HANDED_IN, timezone.localdate(application.submitted_at))]
    begun = _begun(application)
    if begun is not None:
        passed.insert(0, (Milestone.ASSESSING, begun))
    if application.status == ApplicationStatus.AWAITING_APPLICANT:
        passed.insert(0, (Milestone.ANSWERED, None))
    elif answered := application.requests.aggregate(last=Max("answered_at"))["last"]:
        passed.insert(0, (Milestone.ANSWERED, timezone.localdate(answered)))
    return passed


def _begun(application: Application) -> date | None:
    event = Event.objects.filter(kind="application", reference=application.reference, verb="begin_assessment").first()
    return timezone.localdate(event.at) if event else None


def _from_a_day(
    application: Application, milestone: Milestone, days: Mapping[int, int], *, since: date, today: date
) -> Forecast:
    holidays = holidays_of(application.organisation)
    spread = spread_of(days, at_least=working_days_between(since, today, holidays))
    total = sum(days.values())
    if spread is None:
        return Forecast(milestone, total, None, since)
    early, half, late = (add_working_days(since, n, holidays) for n in (spread.early, spread.half, spread.late))
    return Forecast(milestone, total, spread, since, early, half, late)


def _durations(scheme: str, *, today: date) -> Iterator[tuple[str, Milestone, int]]:
    """Of each case decided in the last year, the working days of its nation from each milestone to the decision."""
    begun = Event.objects.filter(kind="application", reference=OuterRef("reference"), verb="begin_assessment")
    answered = InformationRequest.objects.filter(application=OuterRef("pk")).exclude(answered_at=None)
    closed = (
        Application.objects.filter(scheme=scheme, status__in=DECIDED, closed_at__date__gt=today - YEAR)
        .annotate(
            begun_at=Subquery(begun.order_by("number").values("at")[:1]),
            last_answer_at=Subquery(answered.order_by("-answered_at").values("answered_at")[:1]),
        )
        .order_by("pk")
        .values_list("renews_id", "organisation__address", "submitted_at", "begun_at", "last_answer_at", "closed_at")
    )
    holidays: dict[str, frozenset[date]] = {}
    for renews, address, *passed, ended in closed.iterator(chunk_size=1000):
        where = Calendar.of(address)
        if where not in holidays:
            holidays[where] = registry_queries.holidays(where)
        for milestone, at in zip(Milestone, passed, strict=True):
            if at is not None:
                took = working_days_between(timezone.localdate(at), timezone.localdate(ended), holidays[where])
                yield KINDS[renews is not None], milestone, took
