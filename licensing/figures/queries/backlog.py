"""What is in hand today: how old it is, what it waits for, and who has it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from compliance.statistics.queries.figures import Bar, Figure
from licensing.applications.filters import NOBODY
from licensing.applications.models import Application, CaseMark
from licensing.applications.queries.offices import office_holidays
from licensing.applications.states import IN_HAND
from licensing.cases.filters import BETWEEN
from licensing.figures.queries.tables import day_of, list_of
from registry.accounts.models import User
from registry.filtersets import midnight
from registry.overdue import columns_passed
from registry.pagination import STILL_OPEN
from registry.workdays import counter, first_day_within

#: The ages of a backlog, in working days: from, and up to; the last has no end.
BANDS: tuple[tuple[int, int | None], ...] = (*BETWEEN, (BETWEEN[-1][1] + 1, None))
#: What the list of applications calls them.
AGES = tuple(str(least - 1) if most is None else f"{least}-{most}" for least, most in BANDS)


APPLICATIONS = "applications"


@dataclass(frozen=True, slots=True)
class OfficerBacklog:
    """The applications in hand that one officer has in one status: how many are of each age, and the age of the oldest."""

    officer: int | None
    status: str
    ages: tuple[int, ...]
    oldest: int

    @property
    def number(self) -> int:
        return sum(self.ages)


def held(scheme: str, on: date) -> list[OfficerBacklog]:
    """What is in hand, by who has it and what it waits for. The database counts it, by the days on which the ages begin."""
    holidays = office_holidays()
    number, day = counter(holidays), day_of()
    rows = Application.objects.handed_in().filter(STILL_OPEN, status__in=IN_HAND)
    rows = rows.filter(scheme=scheme) if scheme else rows
    older = [
        Count("pk", filter=Q(submitted_at__lt=midnight(first_day_within(on, least - 1, holidays))))
        for least, _most in BANDS[1:]
    ]
    grouped: Any = rows.order_by().values_list("case_officer_id", "status")
    counted = grouped.annotate(
        first=Min("submitted_at"), n0=Count("pk"), **{f"n{n}": one for n, one in enumerate(older, 1)}
    )
    return [
        OfficerBacklog(
            officer, status, tuple(a - b for a, b in pairwise([*numbers, 0])), number(on) - number(day(first))
        )
        for officer, status, first, *numbers in counted
    ]


def backlog(found: Iterable[OfficerBacklog], scheme: str) -> Figure:
    """What is in hand, by how old it is and what it waits for."""
    counted: Counter[tuple[int, str]] = Counter()
    for one in found:
        counted.update({(place, one.status): number for place, number in enumerate(one.ages)})
    rows: list[tuple[Any, ...]] = [(_of_age(place), *_across(counted, [place])) for place in range(len(BANDS))]
    return Figure(
        "backlog",
        _("Backlog by age and state"),
        _("Applications being assessed today, by working days since they were submitted."),
        (_("Working days"), *(status.label for status in IN_HAND), _("All")),
        (*rows, (_("All"), *_across(counted, range(len(BANDS))))),
        tuple(Bar(row[0], row[-1]) for row in rows),
        _("applications"),
        lists=(*(_lists(scheme, ("age", AGES[place])) for place in range(len(BANDS))), _lists(scheme)),
    )


def workload(found: Iterable[OfficerBacklog], scheme: str, on: date) -> Figure:
    """Who has what in hand; what nobody has comes last."""
    by_officer: dict[int | None, list[OfficerBacklog]] = defaultdict(list)
    for one in found:
        by_officer[one.officer].append(one)
    late = _overdue(scheme, on)
    officers = User.objects.filter(pk__in=[one for one in by_officer if one]).order_by("name", "email")
    rows: list[tuple[Any, ...]] = [
        (str(one), one.team, *_hands(by_officer[one.pk]), late[one.pk], _oldest(by_officer[one.pk])) for one in officers
    ]
    if nobodys := by_officer.get(None):
        rows.append((_("No one yet"), "", *_hands(nobodys), late[None], _oldest(nobodys)))
    holders = [*(one.reference for one in officers), *([NOBODY] if nobodys else [])]
    return Figure(
        "workload",
        _("Workload"),
        _("Applications being assessed today, by case officer."),
        (
            _("Case officer"),
            _("Team"),
            *(status.label for status in IN_HAND),
            _("All"),
            _("With an overdue check"),
            _("Oldest, in working days"),
        ),
        tuple(rows),
        tuple(Bar(str(row[0]), row[-3]) for row in rows),
        _("applications"),
        lists=tuple(_lists_of_officer(scheme, one) for one in holders),
    )


def _lists(scheme: str, *asked: tuple[str, str]) -> tuple[str, ...]:
    """The lists of a row of the backlog: of each state, and of all together."""
    each = [list_of(APPLICATIONS, scheme, ("status", status.value), *asked) for status in IN_HAND]
    together = list_of(APPLICATIONS, scheme, *(("status", status.value) for status in IN_HAND), *asked)
    return ("", *each, together)


def _lists_of_officer(scheme: str, officer: str) -> tuple[str, ...]:
    _head, *hands = _lists(scheme, ("officer", officer))
    return ("", "", *hands, list_of(APPLICATIONS, scheme, ("officer", officer), ("overdue", "on")), "")


def _of_age(place: int) -> str:
    least, most = BANDS[place]
    if most is None:
        return _("Over %(days)s") % {"days": least - 1}
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _across(counted: Counter[tuple[int, str]], places: Iterable[int]) -> list[int]:
    """How many there are of each status in these bands, and of all together."""
    places = list(places)
    numbers = [sum(counted[place, status] for place in places) for status in IN_HAND]
    return [*numbers, sum(numbers)]


def _hands(own: Iterable[OfficerBacklog]) -> tuple[int, ...]:
    counted = {one.status: one.number for one in own}
    return (*(counted.get(status, 0) for status in IN_HAND), sum(counted.values()))


def _oldest(own: Iterable[OfficerBacklog]) -> int:
    return max(one.oldest for one in own)


def _overdue(scheme: str, on: date) -> Counter[int | None]:
    """How many of each officer's cases wait for a reply that is overdue."""
    marks = CaseMark.objects.filter(STILL_OPEN, mark=CaseMark.UNANSWERED, **columns_passed("due_on", on)).order_by()
    marks = marks.filter(application__scheme=scheme) if scheme else marks
    rows = marks.values("application__case_officer").annotate(number=Count("pk"))
    return Counter({row["application__case_officer"]: row["number"] for row in rows})
