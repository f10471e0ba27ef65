"""Whose turn it is in a case, for the lists: one rule, which the database reads to narrow a list, and `turns` for the rows of a
page. `licensing/queries/progress.py` says it of one case, in the words of its page; a test holds the two to the same answer."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from licensing.models.applications import Application, CaseMark
from licensing.models.decisions import Decision
from licensing.states import ApplicationStatus, Turn
from registry.pagination import STILL_OPEN

_SUBMITTED, _ASSESSING = Q(status=ApplicationStatus.SUBMITTED), Q(status=ApplicationStatus.ASSESSING)
_WEIGHED = _ASSESSING & Q(is_heard=False)

#: In which cases that are not over it is whose turn, by what `asked` adds to them. Others and an inspector may both be waited
#: for at once.
_WAITS = {
    Turn.APPLICANT: Q(status=ApplicationStatus.AWAITING_APPLICANT)
    | _SUBMITTED & Q(is_unpaid=True)
    | _ASSESSING & Q(is_heard=True),
    Turn.AUTHORITY: _SUBMITTED & Q(is_unpaid=False)
    | _WEIGHED & Q(is_visited=False) & (Q(is_reported=True) | Q(is_unanswered=False)),
    Turn.OTHERS: _WEIGHED & Q(is_unanswered=True),
    Turn.INSPECTOR: _WEIGHED & Q(is_visited=True),
}


def asked(day: date) -> dict[str, Exists]:
    """What the turns of a case follow from on that day besides its status, to be added to the rows of a list."""
    heard = Decision.objects.being_heard(day).filter(application=OuterRef("pk"))
    return {
        "is_unpaid": _bears(CaseMark.UNPAID),
        "is_unanswered": _bears(CaseMark.UNANSWERED),
        "is_visited": _inspected(InspectionStatus.COMMISSIONED),
        "is_reported": _inspected(InspectionStatus.REPORTED),
        "is_heard": Exists(heard),
    }


def waits_for(turn: str) -> Q:
    """The cases in which it is this turn, of rows to which `asked` was added."""
    return STILL_OPEN & _WAITS[Turn(turn)]


def turns(row: Application) -> list[Turn]:
    """Whose turn it is in a case to which `asked` was added; nobody's when it is over."""
    return [] if row.is_over else [turn for turn in Turn if _holds(_WAITS[turn], row)]


def _holds(rule: Q, row: Application) -> bool:
    """The same of a row that was read as the database says of it."""
    parts: list[Any] = rule.children
    held = (_holds(part, row) if isinstance(part, Q) else getattr(row, part[0]) == part[1] for part in parts)
    return (any(held) if rule.connector == Q.OR else all(held)) != rule.negated


def _bears(mark: str) -> Exists:
    return Exists(CaseMark.objects.filter(application=OuterRef("pk"), mark=mark))


def _inspected(status: str) -> Exists:
    return Exists(Inspection.objects.filter(case=OuterRef("reference"), status=status))
