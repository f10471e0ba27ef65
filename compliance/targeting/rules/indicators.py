"""What each signal of a pack counts: plain values in, a number and what it rests on out.

Nothing here says who a person is. `Known` has no field for it, and `FACTS_READ` names every fact of the form that is read;
a test holds both against the list of what must never be looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from registry.overdue import has_passed
from registry.schemes.targeting import Measure

#: The only facts about an organisation that are read. None of them is about a person, or about where anybody is from.
FACTS_READ = (
    "accommodation",
    "agents_taking_fees",
    "loans",
    "subcontracting",
    "supplied_before",
    "told_late",
    "worker_numbers_now",
)


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """One fact as it was written down: what, from where, and on which day."""

    value: Any
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class FailedStandard:
    """A standard that was not met, with the points that it had on the version that was tested."""

    code: str
    points: int
    critical: bool


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A confirmed inspection."""

    reference: str
    on: date
    failed: tuple[FailedStandard, ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open condition."""

    standard: str
    due_on: date


@dataclass(frozen=True, slots=True)
class GradedPiece:
    """One piece of intelligence as a person has graded it, and what the pack says that its grade is worth. Not a word of it."""

    reference: str
    on: date
    grade: str
    worth: int


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """All that is looked at of one licence, as it was known on a day."""

    number: str
    granted_on: date
    visits: tuple[PastVisit, ...]
    conditions: tuple[Overdue, ...]
    facts: Mapping[str, tuple[RecordedFact, ...]]
    graded: tuple[GradedPiece, ...] = ()

    def latest(self, key: str) -> RecordedFact | None:
        said = self.facts.get(key, ())
        return said[-1] if said else None


class SignalEvidence(TypedDict):
    """One thing that a value rests on. What it `adds` to the value is said, so that anybody can add it up."""

    what: str  # inspection, notice, condition, visit, grant, number_before, number_now, answer, intelligence
    called: str  # a reference or a source
    on: str  # a day
    detail: str
    adds: int


Counted = tuple[int, list[SignalEvidence]]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def full_months(since: date, until: date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months - (until.day < since.day), 0)


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _evidence(what: str, called: str, on: date, detail: str = "", adds: int = 0) -> SignalEvidence:
    return {"what": what, "called": called, "on": on.isoformat(), "detail": detail, "adds": adds}


def _recent(known: LicenceFacts, day: date, months: int | None) -> list[PastVisit]:
    since = months_before(day, months or 0)
    return [visit for visit in known.visits if since < visit.on <= day]


def _failed(
    known: LicenceFacts, day: date, months: int | None, *, critical: bool
) -> list[tuple[PastVisit, FailedStandard]]:
    """Each standard once, as it was found last: that a second visit finds it again is no second failing.

    A critical standard counts as critical, and not among the others as well.
    """
    last: dict[str, tuple[PastVisit, FailedStandard]] = {}
    for visit in sorted(_recent(known, day, months), key=lambda visit: (visit.on, visit.reference)):
        last |= {one.code: (visit, one) for one in visit.failed if one.critical is critical}
    return list(last.values())


def _standards_failed(known: LicenceFacts, day: date, months: int | None) -> Counted:
    rests_on = [
        _evidence("inspection", visit.reference, visit.on, one.code, one.points)
        for visit, one in _failed(known, day, months, critical=False)
    ]
    return sum(one["adds"] for one in rests_on), rests_on


def _critical_failed(known: LicenceFacts, day: date, months: int | None) -> Counted:
    rests_on = [
        _evidence("inspection", visit.reference, visit.on, one.code, 1)
        for visit, one in _failed(known, day, months, critical=True)
    ]
    return len(rests_on), rests_on


def _notices_late(known: LicenceFacts, day: date, months: int | None) -> Counted:
    since = months_before(day, months or 0)
    late = [one for one in known.facts.get("told_late", ()) if since < one.on <= day]
    return len(late), [_evidence("notice", one.source, one.on, str(one.value["working_days"]), 1) for one in late]


def _conditions_overdue(known: LicenceFacts, day: date, _months: int | None) -> Counted:
    late = [one for one in known.conditions if has_passed(one.due_on, day)]
    return len(late), [_evidence("condition", known.number, one.due_on, one.standard, 1) for one in late]


def _months_unvisited(known: LicenceFacts, day: date, _months: int | None) -> Counted:
    visits = [visit for visit in known.visits if visit.on <= day]
    if visits:
        last = max(visits, key=lambda visit: visit.on)
        months = full_months(last.on, day)
        return months, [_evidence("visit", last.reference, last.on, adds=months)]
    months = full_months(known.granted_on, day)
    return months, [_evidence("grant", known.number, known.granted_on, adds=months)]


def _growth(known: LicenceFacts, day: date, months: int | None) -> Counted:
    """Between the last two times that a number was stated, if the later of them is recent enough."""
    stated = [one for one in known.facts.get("worker_numbers_now", ()) if _number(one) is not None]
    if len(stated) < 2 or stated[-1].on <= months_before(day, months or 0):
        return 0, []
    before, now = stated[-2:]
    was, has = _number(before) or 0, _number(now) or 0
    grown = max((has - was) * 100 // was, 0) if was else 0
    rests_on = [
        _evidence("number_before", before.source, before.on, str(was)),
        _evidence("number_now", now.source, now.on, str(has), grown),
    ]
    return grown, rests_on if grown else []


def _number(stated: RecordedFact) -> int | None:
    return int(stated.value) if str(stated.value).isdecimal() else None


def _said_yes(key: str, *, yes: bool = True) -> Callable[[LicenceFacts, date, int | None], Counted]:
    """1 when the latest answer to a yes-or-no question is this one."""
    words = (True, "yes") if yes else (False, "no")

    def counted(known: LicenceFacts, _day: date, _months: int | None) -> Counted:
        stated = known.latest(key)
        if stated is None or stated.value not in words:
            return 0, []
        return 1, [_evidence("answer", stated.source, stated.on, adds=1)]

    return counted


def _agent_fees(known: LicenceFacts, _day: date, _months: int | None) -> Counted:
    """The number of agents, as the latest application said."""
    stated = known.latest("agents_taking_fees")
    how_many = _number(stated) or 0 if stated else 0
    return how_many, [_evidence("answer", stated.source, stated.on, adds=how_many)] if stated and how_many else []


def _intelligence(known: LicenceFacts, day: date, months: int | None) -> Counted:
    """The best one piece, of several alike the latest: how many there are counts for nothing (docs/rules.md, *Fixed meanings*)."""
    since = months_before(day, months or 0)
    recent = [one for one in known.graded if since < one.on <= day and one.worth]
    if not recent:
        return 0, []
    best = max(recent, key=lambda one: (one.worth, one.on, one.reference))
    return best.worth, [_evidence("intelligence", best.reference, best.on, best.grade, best.worth)]


COUNTS: Mapping[Measure, Callable[[LicenceFacts, date, int | None], Counted]] = {
    "standards_failed": _standards_failed,
    "critical_failed": _critical_failed,
    "notices_late": _notices_late,
    "conditions_overdue": _conditions_overdue,
    "months_unvisited": _months_unvisited,
    "growth": _growth,
    "sub_suppliers": _said_yes("subcontracting"),
    "accommodation": _said_yes("accommodation"),
    "new_to_supply": _said_yes("supplied_before", yes=False),
    "loans": _said_yes("loans"),
    "agent_fees": _agent_fees,
    "intelligence": _intelligence,
}
