"""The calendar of visits: a week by officer or by region, a month by day or by region."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import employed_who, inspectors
from compliance.plans.filters import PlanFilter
from compliance.plans.models import JointOfficer, PlanQuerySet, VisitPlan
from compliance.plans.queries import rows as rows_of
from registry.accounts.models import User
from registry.conflicts.models import Conflict

WEEK = timedelta(days=7)
ABOUT = ("inspection__organisation", "inspection__inspector", "place")
#: What a square says of a visit: nothing else is read.
SAID = (
    "day",
    "starts",
    "ends",
    "region",
    "address",
    "place__name",
    "place__address",
    "announced",
    "inspection__reference",
    "inspection__organisation__legal_name",
    "inspection__inspector__name",
    "inspection__inspector__email",
)
SATURDAY = 5
#: How many visits of a day a month shows.
MOST_IN_A_SQUARE = 4
#: Whoever asks for a week outside of these means nothing by it.
YEARS = (2000, 2199)


@dataclass(frozen=True, slots=True)
class Day:
    """One square: the visits of a day, in a month of all, in a week of one line. `is_outside` is of the month beside.

    In a week by officer it says whether the officer is away or, on a day of work, free. In a month by region it is a week of one line, from `day` to `until`. `more` is how many visits a month leaves out;
    the week at `week` shows them.
    """

    day: date
    visits: tuple[VisitPlan, ...]
    is_today: bool
    is_outside: bool = False
    is_away: bool = False
    is_free: bool = False
    more: int = 0
    week: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Seven days: in a month a week; in a week those of one officer or one region, by `title`. Or the weeks of a month."""

    days: tuple[Day, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Another way to look at the calendar, and whether it is the one that is looked at."""

    title: str | Promise
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class VisitCalendar:
    """The visits of a week or of a month as a table of days, and the addresses of those before and after."""

    filter: PlanFilter
    first: date
    last: date
    is_month: bool
    rows: str
    lines: tuple[CalendarRow, ...]
    count: int
    ways: tuple[CalendarView, ...]
    previous: str
    now: str
    next: str
    address: str

    @property
    def by_region(self) -> bool:
        return self.rows == "region"

    @property
    def heading_of_rows(self) -> str:
        """What the lines are; nothing in a month by day."""
        if self.is_month and not self.by_region:
            return ""
        return {"region": gettext("Region"), "district": gettext("District")}.get(self.rows, gettext("Inspector"))

    @property
    def headings(self) -> tuple[Day, ...]:
        """The seven columns: by their dates in a week, by the names of the days in a month."""
        return self.lines[0].days if self.lines else ()


def calendar(params: Mapping[str, Any], *, by: User, on: date) -> VisitCalendar:
    """What this person may see of what is planned in one week, or one month: `from` is any day in it."""
    is_month, kind = params.get("show") == "month", params.get("rows", "")
    by_region, by_district = kind == "region", kind == "district" and not is_month
    first, last = _span(_day(params.get("from", ""), on), is_month=is_month)
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    found = plans(params, by=by, first=monday, last=sunday)
    rows = found.found().select_related(None).select_related(*ABOUT).only(*SAID).order_by("day", "starts", "pk")
    days = list(_days(monday, sunday))
    kept = {name: params.get(name, "") for name in ("officer", "region") if params.get(name)}
    if is_month and by_region:
        within = rows.filter(day__gte=first, day__lte=last)
        lines = list(_weeks_by_region(within, first, last, kept=kept, on=on))
        count = sum(len(one.visits) + one.more for line in lines for one in line.days)
    elif is_month:
        squares = [
            replace(
                one, is_today=one.day == on, is_outside=not first <= one.day <= last, week=_address(one.day, kept, {})
            )
            for one in _squares(rows, days)
        ]
        lines = [CalendarRow(tuple(squares[n : n + 7])) for n in range(0, len(squares), 7)]
        count = sum(len(one.visits) + one.more for one in squares if not one.is_outside)
    else:
        visits = list(rows)
        count = len(visits)
        by_place = {"region": rows_of.by_region, "district": rows_of.by_district}.get(kind)
        named = by_place(visits) if by_place else rows_of.by_officer(visits, found.narrowed_to, days)
        is_by_officer = not (by_region or by_district)
        lines = [
            CalendarRow(tuple(_square(day, own, on, away, is_by_officer) for day in days), title)
            for title, own, away in named
        ]
    show = {**({"show": "month"} if is_month else {}), **({"rows": kind} if by_region or by_district else {})}
    return VisitCalendar(
        filter=found,
        first=first,
        last=last,
        is_month=is_month,
        rows=show.get("rows", ""),
        lines=tuple(lines),
        count=count,
        ways=tuple(
            CalendarView(title, _address(first, kept, wanted), wanted == show)
            for title, wanted in (
                (_("Week by officer"), {}),
                (_("Week by region"), {"rows": "region"}),
                (_("Week by district"), {"rows": "district"}),
                (_("Month"), {"show": "month"}),
                (_("Month by region"), {"show": "month", "rows": "region"}),
            )
        ),
        previous=_address(first - timedelta(days=1), kept, show),
        now=_address(on, kept, show),
        next=_address(last + timedelta(days=1), kept, show),
        address=_address(first, kept, show),
    )


def plans(params: Mapping[str, Any], *, by: User, first: date, last: date) -> PlanFilter:
    """The visits of these days that this person may see, narrowed by officer and region."""
    return PlanFilter(params, plans=visible(by).between(first, last), regions=_regions(by), officers=_officers(by))


def shown_plans(params: Mapping[str, Any], *, by: User, on: date) -> PlanFilter:
    """The same visits as the calendar shows under this address, without the days of the months beside."""
    first, last = _span(_day(params.get("from", ""), on), is_month=params.get("show") == "month")
    return plans(params, by=by, first=first, last=last)


def visible(by: User) -> PlanQuerySet:
    shown = VisitPlan.objects.visible_to(by).standing().select_related(*ABOUT)
    return shown.prefetch_related("joint__officer", "interpreters")


def _squares(rows: "QuerySet[VisitPlan]", days: Iterable[date]) -> Iterator[Day]:
    """The squares of a month: of a day with many visits the first, and how many more there are."""
    keys: dict[date, list[int]] = {day: [] for day in days}
    for day, key in rows.values_list("day", "pk"):
        keys[day].append(key)
    shown = rows.in_bulk([key for own in keys.values() for key in own[:MOST_IN_A_SQUARE]])
    for day, own in keys.items():
        visits = tuple(shown[key] for key in own[:MOST_IN_A_SQUARE] if key in shown)
        yield Day(day, visits, is_today=False, more=max(0, len(own) - MOST_IN_A_SQUARE))


def _weeks_by_region(
    rows: "QuerySet[VisitPlan]", first: date, last: date, *, kept: Mapping[str, str], on: date
) -> Iterator[CalendarRow]:
    """A line for each region, a square for each week of the month: of one with many visits the first, and how many more."""
    mondays = [day for day in _days(first - timedelta(days=first.weekday()), last) if day.weekday() == 0]
    keys: dict[str, dict[date, list[int]]] = {}
    for region, day, key in rows.values_list("region", "day", "pk"):
        weeks = keys.setdefault(region, {monday: [] for monday in mondays})
        weeks[day - timedelta(days=day.weekday())].append(key)
    shown = rows.in_bulk([key for weeks in keys.values() for own in weeks.values() for key in own[:MOST_IN_A_SQUARE]])
    for region in sorted(keys, key=rows_of.last_without):
        yield CalendarRow(
            tuple(
                Day(
                    max(monday, first),
                    tuple(shown[key] for key in own[:MOST_IN_A_SQUARE] if key in shown),
                    is_today=monday <= on < monday + WEEK,
                    more=max(0, len(own) - MOST_IN_A_SQUARE),
                    week=_address(monday, {**kept, "region": region} if region else kept, {"rows": "region"}),
                    until=min(monday + WEEK - timedelta(days=1), last),
                )
                for monday, own in keys[region].items()
            ),
            region or gettext("No region said"),
        )


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _square(day: date, visits: Iterable[VisitPlan], on: date, away: frozenset[date], is_by_officer: bool) -> Day:
    own = tuple(one for one in visits if one.day == day)
    is_away = day in away
    is_free = is_by_officer and not own and not is_away and day.weekday() < SATURDAY
    return Day(day, own, day == on, is_away=is_away, is_free=is_free)


def _address(day: date, kept: Mapping[str, str], show: Mapping[str, str]) -> str:
    return f"?{urlencode({'from': day.isoformat(), **show, **kept})}"


def _day(typed: str, on: date) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return on
    return day if YEARS[0] <= day.year <= YEARS[1] else on


def _span(day: date, *, is_month: bool) -> tuple[date, date]:
    if not is_month:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + WEEK - timedelta(days=1)
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _regions(by: User) -> list[str]:
    """Those in which this person sees a visit: of whoever sees nearly all, only the regions of what they do not see are in doubt."""
    seen = VisitPlan.objects.visible_to(by)
    sees_all = by.has_perm("compliance.view_inspections")
    named = _named(VisitPlan.objects.all() if sees_all else seen)
    kept = Conflict.objects.organisations_of(by)
    doubted = _named(VisitPlan.objects.filter(inspection__organisation__in=kept)) if sees_all else []
    return [one for one in named if one not in doubted or seen.filter(region=one).exists()]


def _named(plans: PlanQuerySet) -> list[str]:
    return list(plans.exclude(region="").order_by("region").values_list("region", flat=True).distinct())


def _officers(by: User) -> "QuerySet[User]":
    """Whose visits can be looked at apart: nobody's but one's own for whoever sees only these."""
    if not by.has_perm("compliance.view_inspections"):
        return User.objects.none()
    leads = Exists(Inspection.objects.filter(inspector=OuterRef("pk"), plan__isnull=False))
    goes_along = Exists(JointOfficer.objects.filter(officer=OuterRef("pk")))
    # Who has no visit is shown too: they are free.
    may_go = Q(pk__in=list(inspectors().order_by().values_list("pk", flat=True)))
    return employed_who(leads | goes_along | may_go).order_by("name", "pk")
