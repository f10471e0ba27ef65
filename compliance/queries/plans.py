"""Visits that are planned: the calendar of a week or a month, an officer's own for a calendar program, and the briefing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from compliance.filters import PlanFilter
from compliance.models import FollowUp, Inspection, PlanQuerySet, VisitPlan
from compliance.queries.findings import inspections_for, scheme_of, unmet
from compliance.rules.plans import Planned
from registry.models import Condition, Premises, User
from registry.schemes import said

WEEK = timedelta(days=7)
ABOUT = ("inspection__organisation", "inspection__inspector", "place")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    visits: tuple[VisitPlan, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The visits of a week or of a month, day by day, and the addresses of those before and after."""

    filter: PlanFilter
    first: date
    last: date
    is_month: bool
    days: tuple[Day, ...]
    previous: str
    next: str
    other: str

    @property
    def count(self) -> int:
        return sum(len(one.visits) for one in self.days)


def calendar(params: Mapping[str, Any], *, by: User, on: date) -> Calendar:
    """What this person may see of what is planned in one week, or one month: `from` is any day in it."""
    is_month = params.get("show") == "month"
    first, last = _span(_day(params.get("from", ""), on), is_month=is_month)
    found = PlanFilter(params, plans=_visible(by).between(first, last), regions=_regions(by), officers=_officers(by))
    planned: dict[date, list[VisitPlan]] = {}
    for one in found.found().order_by("day", "starts", "pk"):
        planned.setdefault(one.day, []).append(one)
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [Day(day, tuple(planned.get(day, ())), day == on) for day in wanted if day in planned or not is_month]
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    kept = {name: params.get(name, "") for name in ("officer", "region") if params.get(name)}
    show = {"show": "month"} if is_month else {}
    return Calendar(
        filter=found,
        first=first,
        last=last,
        is_month=is_month,
        days=tuple(days),
        previous=_address(before, kept, show),
        next=_address(after, kept, show),
        other=_address(first, kept, {} if is_month else {"show": "month"}),
    )


def _visible(by: User) -> PlanQuerySet:
    shown = VisitPlan.objects.visible_to(by).standing().select_related(*ABOUT)
    return shown.prefetch_related("joint__officer", "interpreters")


def _address(day: date, kept: Mapping[str, str], show: Mapping[str, str]) -> str:
    return f"?{urlencode({'from': day.isoformat(), **show, **kept})}"


def _day(typed: str, on: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return on


def _span(day: date, *, is_month: bool) -> tuple[date, date]:
    if not is_month:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + WEEK - timedelta(days=1)
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _regions(by: User) -> list[str]:
    named = VisitPlan.objects.visible_to(by).exclude(region="").order_by("region")
    return list(named.values_list("region", flat=True).distinct())


def _officers(by: User) -> "QuerySet[User]":
    """Whose visits can be looked at apart: nobody's but one's own for whoever sees only these."""
    if not by.has_perm("compliance.view_inspections"):
        return User.objects.none()
    planned = VisitPlan.objects.values("inspection__inspector")
    return User.objects.filter(Q(pk__in=planned) | Q(joint_visits__isnull=False)).distinct().order_by("name", "pk")


def clashes(inspection: Inspection, planned: Planned) -> PlanQuerySet:
    """Other visits at that time of anybody who would go on this one."""
    goers = [inspection.inspector_id, *(officer.pk for officer in planned.officers)]
    same_time = VisitPlan.objects.standing().filter(day=planned.day, starts__lt=planned.ends, ends__gt=planned.starts)
    theirs = same_time.filter(Q(inspection__inspector__in=goers) | Q(joint__officer__in=goers))
    return theirs.exclude(inspection=inspection).select_related("inspection").distinct()


def plan_of(inspection: Inspection) -> VisitPlan | None:
    plans = VisitPlan.objects.filter(inspection=inspection).select_related("place", "planned_by")
    return plans.prefetch_related("joint__officer", "interpreters", "agencies").first()


def places_of(inspection: Inspection) -> "QuerySet[Premises]":
    """The places that are in the file of the business, to choose from."""
    return Premises.objects.filter(organisation=inspection.organisation).order_by("name", "pk")


# --- for a calendar program ---


def own_ics(user: User, *, host: str, at: datetime) -> str:
    """The officer's own visits from a month ago on, as iCalendar (RFC 5545). No business is named: telephones show it to anybody."""
    since = timezone.localdate(at) - timedelta(days=31)
    own = VisitPlan.objects.visible_to(user).of(user).standing().filter(day__gte=since)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Labour Licensing Registry//Visits//EN"]
    for one in own.select_related(*ABOUT).order_by("day", "starts", "pk"):
        lines += _event(one, host=host, at=at)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(one: VisitPlan, *, host: str, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.inspection.reference}@{host}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(_moment(one.day, one.starts))}",
        f"DTEND:{_instant(_moment(one.day, one.ends))}",
        f"SUMMARY:{_text(one.inspection.reference)}",
        f"LOCATION:{_text(one.where)}",
        "END:VEVENT",
    ]


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """At most 75 bytes a line, the rest on lines that begin with a space (section 3.1)."""
    part, size = "", 0
    for character in line:
        if size + len(character.encode()) > 74:
            yield part
            part, size = " ", 1
        part, size = part + character, size + len(character.encode())
    yield part


# --- the briefing ---


@dataclass(frozen=True, slots=True)
class FormerVisit:
    inspection: Inspection
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What whoever goes must know. Nothing of what was told about the business, and nobody who told it, is here."""

    inspection: Inspection
    plan: VisitPlan | None
    standards: tuple[tuple[str, str, bool], ...]
    former: tuple[FormerVisit, ...]
    conditions: tuple[Condition, ...]
    follow_ups: tuple[FollowUp, ...]


def briefing_of(inspection: Inspection) -> Briefing:
    scheme, language = scheme_of(inspection), get_language()
    standards = [scheme.standard(code) for code in inspection.standards]
    former = inspections_for(inspection.organisation).confirmed().exclude(pk=inspection.pk)[:10]
    conditions = Condition.objects.filter(licence__organisation=inspection.organisation).order_by("due_on", "pk")
    return Briefing(
        inspection=inspection,
        plan=plan_of(inspection),
        standards=tuple((one.code, said(one.title, language), one.critical) for one in standards),
        former=tuple(FormerVisit(one, unmet([one])) for one in former),
        conditions=tuple(conditions),
        follow_ups=tuple(FollowUp.objects.open().filter(inspection__organisation=inspection.organisation)),
    )
