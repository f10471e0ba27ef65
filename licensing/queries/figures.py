"""What a manager sees of the work: how much waits and how long, times against targets, decisions, conditions, who has what.

Every figure is counted from the cases themselves, in the moment of asking; the event log says the same (product.md, F20).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from licensing.models import Application, CaseMark, Decision
from licensing.queries.forecasts import DECIDED
from licensing.queries.work import office_holidays
from licensing.states import IN_HAND, ApplicationStatus, DecisionKind, DecisionStatus
from registry import schemes
from registry.models import Condition, User
from registry.models.lists import STILL_OPEN
from registry.schemes import said
from registry.states import ConditionStatus
from registry.workdays import counter

#: The ages of a backlog, in working days: from, and up to; the last has no end.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 10), (11, 20), (21, 40), (41, 60), (61, None))
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `value` is what its length says."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of figures, and the bars that are drawn of it. `target` is a line across the bars."""

    code: str
    title: str
    about: str
    headings: tuple[str | Promise, ...]
    rows: tuple[tuple[object, ...], ...]
    bars: tuple[Bar, ...]
    measured: str
    target: int | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    """One case that is in hand."""

    officer: int | None
    status: str
    age: int


def figures(on: date) -> list[Figure]:
    """All that the page shows, in its order."""
    opened = list(_opened(on))
    return [backlog(opened), times(on), decisions(on), conditions(on), workload(opened, on)]


def figure(code: str, on: date) -> Figure | None:
    return next((one for one in figures(on) if one.code == code), None)


def _opened(on: date) -> Iterator[_Open]:
    number = counter(office_holidays())
    today = number(on)
    rows = Application.objects.handed_in().filter(STILL_OPEN, status__in=IN_HAND)
    for officer, status, handed_in in rows.order_by().values_list("case_officer_id", "status", "submitted_at"):
        yield _Open(officer, status, today - number(timezone.localdate(handed_in)))


def backlog(opened: Iterable[_Open]) -> Figure:
    """What is in hand, by how old it is and what it waits for."""
    counted = Counter((_band(case.age), case.status) for case in opened)
    rows = []
    for place in range(len(BANDS)):
        numbers = [counted[place, status] for status in IN_HAND]
        rows.append((_of_age(place), *numbers, sum(numbers)))
    totals = [sum(counted[place, status] for place in range(len(BANDS))) for status in IN_HAND]
    return Figure(
        "backlog",
        _("Backlog by age and state"),
        _("Applications in hand today, by working days since they were handed in."),
        (_("Working days"), *(status.label for status in IN_HAND), _("All")),
        (*rows, (_("All"), *totals, sum(totals))),
        tuple(Bar(str(row[0]), int(str(row[-1]))) for row in rows),
        _("applications"),
    )


def _band(age: int) -> int:
    return next(place for place, (_least, most) in enumerate(BANDS) if most is None or age <= most)


def _of_age(place: int) -> str:
    least, most = BANDS[place]
    if most is None:
        return _("Over %(days)s") % {"days": least - 1}
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def times(on: date) -> Figure:
    """How long the decisions of the last twelve months took, by the month in which they were taken."""
    number, target_of = counter(office_holidays()), _targets()
    took: dict[tuple[int, int], list[int]] = defaultdict(list)
    in_time: Counter[tuple[int, int]] = Counter()
    targets: set[int] = set()
    rows = Application.objects.filter(status__in=DECIDED, closed_at__gte=_midnight(_first_month(on)))
    for scheme, version, handed_in, closed in rows.order_by().values_list(
        "scheme", "version", "submitted_at", "closed_at"
    ):
        day = timezone.localdate(closed)
        month, days = (day.year, day.month), number(day) - number(timezone.localdate(handed_in))
        took[month].append(days)
        if version is not None and (target := target_of(scheme, version)) is not None:
            targets.add(target)
            in_time[month] += days <= target
    shown = [(_month(month), *_spread(took[month], in_time[month])) for month in _months(on)]
    everything = [days for month in took.values() for days in month]
    return Figure(
        "times",
        _("Times against targets"),
        _("Applications granted or refused, in working days from handing in to the decision."),
        (_("Month"), _("Decided"), _("Half within"), _("Eight in ten within"), _("Within the target"), _("Share")),
        (*shown, (_("All"), *_spread(everything, sum(in_time.values())))),
        tuple(Bar(str(row[0]), int(str(row[2] or 0))) for row in shown),
        _("working days, half of the decisions within"),
        max(targets, default=None),
    )


def _targets() -> Callable[[str, date], int | None]:
    return cache(lambda scheme, version: schemes.get(scheme, version).target("decide"))


def _spread(took: list[int], in_time: int) -> tuple[object, ...]:
    """How many there were, the days within which a half and eight in ten were, how many were in time and their share."""
    if not took:
        return (0, None, None, 0, None)
    ordered = sorted(took)
    half, most = (ordered[-(-len(ordered) * share // 10) - 1] for share in (5, 8))
    return (len(took), half, most, in_time, f"{100 * in_time // len(took)}%")


def _months(on: date) -> list[tuple[int, int]]:
    """The last twelve months, this one last."""
    last = on.year * 12 + on.month - 1
    return [(month // 12, month % 12 + 1) for month in range(last - MONTHS + 1, last + 1)]


def _first_month(on: date) -> date:
    year, month = _months(on)[0]
    return date(year, month, 1)


def _month(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def decisions(on: date) -> Figure:
    """What was decided in the last twelve months. How many were appealed and reversed joins these columns with the appeals."""
    taken = Q(status=DecisionStatus.DECIDED)
    found: dict[str, dict[str, Any]] = {
        row["kind"]: dict(row)
        for row in Decision.objects.filter(taken, decided_at__gte=_midnight(_first_month(on)))
        .order_by()
        .values("kind")
        .annotate(
            number=Count("pk"),
            at_once=Count("pk", filter=Q(immediate=True)),
            departing=Count("pk", filter=Q(departs_because__gt="")),
        )
    }
    columns = ("number", "at_once", "departing")
    rows: list[tuple[Any, ...]] = [
        (str(kind.label), *(found.get(kind.value, {}).get(column, 0) for column in columns)) for kind in DecisionKind
    ]
    return Figure(
        "decisions",
        _("Decisions"),
        _("Decisions taken in this month and the eleven before it."),
        (_("Kind"), _("Decided"), _("With immediate effect"), _("Otherwise than the score proposed")),
        tuple(rows),
        tuple(Bar(row[0], row[1]) for row in rows),
        _("decisions"),
    )


def conditions(on: date) -> Figure:
    """Conditions of licences by the standard that they are about; those with most open ones first."""
    overdue = Q(status=ConditionStatus.OPEN, due_on__lt=on)
    counted: Any = (
        Condition.objects.order_by()
        .values("licence__scheme", "standard")
        .annotate(
            late=Count("pk", filter=overdue),
            **{status.value: Count("pk", filter=Q(status=status)) for status in ConditionStatus},
        )
    )
    ordered = sorted(counted, key=lambda row: (-row[ConditionStatus.OPEN], row["licence__scheme"], row["standard"]))
    rows = [
        (
            _standard(row["licence__scheme"], row["standard"], on),
            *(row[status.value] for status in ConditionStatus),
            row["late"],
        )
        for row in ordered
    ]
    return Figure(
        "conditions",
        _("Conditions by standard"),
        _("Conditions of all licences, by how they stand today."),
        (_("Standard"), *(status.label for status in ConditionStatus), _("Open and overdue")),
        tuple(rows),
        tuple(Bar(str(row[0]), int(row[1])) for row in rows[:10]),
        _("open conditions"),
    )


def _standard(scheme: str, code: str, on: date) -> str:
    """By its number and title in the version in force; one that it has no more, by its number."""
    known = {one.code: one for one in schemes.in_force(scheme, on).standards}
    return f"{code} {said(known[code].title, get_language())}" if code in known else code


def workload(opened: Iterable[_Open], on: date) -> Figure:
    """Who has what in hand; what nobody has comes last."""
    held: dict[int | None, list[_Open]] = defaultdict(list)
    for case in opened:
        held[case.officer].append(case)
    late = _overdue_checks(on)
    officers = {user.pk: user for user in User.objects.filter(pk__in=[one for one in held if one]).order_by("name")}
    rows = [
        (str(officer), officer.team, *_hands(held[key]), late[key], max(case.age for case in held[key]))
        for key, officer in officers.items()
    ]
    if nobodys := held.get(None):
        rows.append((_("Nobody yet"), "", *_hands(nobodys), late[None], max(case.age for case in nobodys)))
    return Figure(
        "workload",
        _("Workload"),
        _("Applications in hand today, by case officer."),
        (
            _("Case officer"),
            _("Team"),
            *(status.label for status in IN_HAND),
            _("All"),
            _("With an overdue check"),
            _("Oldest, in working days"),
        ),
        tuple(rows),
        tuple(Bar(str(row[0]), int(str(row[5]))) for row in rows),
        _("applications"),
    )


def _hands(cases: list[_Open]) -> tuple[int, ...]:
    counted = Counter(case.status for case in cases)
    return (*(counted[ApplicationStatus(status)] for status in IN_HAND), len(cases))


def _overdue_checks(on: date) -> Counter[int | None]:
    marks = CaseMark.objects.filter(STILL_OPEN, mark=CaseMark.UNANSWERED, due_on__lt=on).order_by()
    rows = marks.values("application__case_officer").annotate(number=Count("pk"))
    return Counter({row["application__case_officer"]: row["number"] for row in rows})
