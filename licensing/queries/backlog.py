"""What is in hand today: how old it is, what it waits for, and who has it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from licensing.filters.applications import NOBODY
from licensing.models import Application, CaseMark
from licensing.queries.tables import Bar, Figure, day_of, list_of
from licensing.queries.work import office_holidays
from licensing.states import IN_HAND, ApplicationStatus
from registry.models import User
from registry.models.lists import STILL_OPEN
from registry.workdays import counter

#: The ages of a backlog, in working days: from, and up to; the last has no end.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 10), (11, 20), (21, 40), (41, 60), (61, None))
#: What the list of applications calls them.
AGES = tuple(str(least - 1) if most is None else f"{least}-{most}" for least, most in BANDS)


APPLICATIONS = "applications"


@dataclass(frozen=True, slots=True)
class Case:
    """One application in hand, and its age in working days of the office."""

    officer: int | None
    status: str
    age: int


def cases(scheme: str, on: date) -> Iterator[Case]:
    number, day = counter(office_holidays()), day_of()
    today = number(on)
    rows = Application.objects.handed_in().filter(STILL_OPEN, status__in=IN_HAND)
    rows = rows.filter(scheme=scheme) if scheme else rows
    found: Any = rows.order_by().values_list("case_officer_id", "status", "submitted_at")
    for officer, status, handed_in in found:
        yield Case(officer, status, today - number(day(handed_in)))


def backlog(opened: Iterable[Case], scheme: str) -> Figure:
    """What is in hand, by how old it is and what it waits for."""
    counted = Counter((_band(case.age), case.status) for case in opened)
    rows: list[tuple[Any, ...]] = [(_of_age(place), *_across(counted, [place])) for place in range(len(BANDS))]
    return Figure(
        "backlog",
        _("Backlog by age and state"),
        _("Applications in hand today, by working days since they were handed in."),
        (_("Working days"), *(status.label for status in IN_HAND), _("All")),
        (*rows, (_("All"), *_across(counted, range(len(BANDS))))),
        tuple(Bar(row[0], row[-1]) for row in rows),
        _("applications"),
        lists=(*(_lists(scheme, ("age", AGES[place])) for place in range(len(BANDS))), _lists(scheme)),
    )


def workload(opened: Iterable[Case], scheme: str, on: date) -> Figure:
    """Who has what in hand; what nobody has comes last."""
    held: dict[int | None, list[Case]] = defaultdict(list)
    for case in opened:
        held[case.officer].append(case)
    late = _overdue(scheme, on)
    officers = User.objects.filter(pk__in=[one for one in held if one]).order_by("name", "email")
    rows: list[tuple[Any, ...]] = [
        (str(one), one.team, *_hands(held[one.pk]), late[one.pk], _oldest(held[one.pk])) for one in officers
    ]
    if nobodys := held.get(None):
        rows.append((_("Nobody yet"), "", *_hands(nobodys), late[None], _oldest(nobodys)))
    holders = [*(one.reference for one in officers), *([NOBODY] if nobodys else [])]
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


def _band(age: int) -> int:
    return next(place for place, (_least, most) in enumerate(BANDS) if most is None or age <= most)


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


def _hands(held: list[Case]) -> tuple[int, ...]:
    counted = Counter(case.status for case in held)
    return (*(counted[ApplicationStatus(status)] for status in IN_HAND), len(held))


def _oldest(held: list[Case]) -> int:
    return max(case.age for case in held)


def _overdue(scheme: str, on: date) -> Counter[int | None]:
    """How many of each officer's cases wait for a reply that is overdue."""
    marks = CaseMark.objects.filter(STILL_OPEN, mark=CaseMark.UNANSWERED, due_on__lt=on).order_by()
    marks = marks.filter(application__scheme=scheme) if scheme else marks
    rows = marks.values("application__case_officer").annotate(number=Count("pk"))
    return Counter({row["application__case_officer"]: row["number"] for row in rows})
