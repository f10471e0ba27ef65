"""Whose turn it is in a case, in SQL, for the lists. `licensing/queries/progress.py` says it of one case, in the words of its
page; a test holds the two to the same answer."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Concat

from compliance.models import Inspection
from compliance.states import InspectionStatus
from licensing.models.applications import CaseMark
from licensing.models.decisions import Decision
from licensing.states import ApplicationStatus, Turn
from registry.models.lists import STILL_OPEN

SUBMITTED, ASSESSING = Q(status=ApplicationStatus.SUBMITTED), Q(status=ApplicationStatus.ASSESSING)
AWAITING = Q(status=ApplicationStatus.AWAITING_APPLICANT)


def waits_for(turn: str, day: date) -> Q:
    """The cases in which it is this turn on that day. Others and an inspector may both be waited for at once."""
    unpaid, unanswered = _bears(CaseMark.UNPAID), _bears(CaseMark.UNANSWERED)
    visited, reported = _inspected(InspectionStatus.COMMISSIONED), _inspected(InspectionStatus.REPORTED)
    heard = Q(Exists(Decision.objects.being_heard(day).filter(application=OuterRef("pk"))))
    weighed = ASSESSING & ~heard
    turns = {
        Turn.APPLICANT: AWAITING | SUBMITTED & unpaid | ASSESSING & heard,
        Turn.AUTHORITY: SUBMITTED & ~unpaid | weighed & ~visited & (reported | ~unanswered),
        Turn.OTHERS: weighed & unanswered,
        Turn.INSPECTOR: weighed & visited,
    }
    return STILL_OPEN & turns[Turn(turn)]


def turns(day: date) -> Concat:
    """The turns of a case one after the other, as `Application.turns` reads them."""
    return Concat(*(Case(When(waits_for(turn, day), then=Value(f"{turn} ")), default=Value("")) for turn in Turn))


def _bears(mark: str) -> Q:
    return Q(Exists(CaseMark.objects.filter(application=OuterRef("pk"), mark=mark)))


def _inspected(status: str) -> Q:
    return Q(Exists(Inspection.objects.filter(case=OuterRef("reference"), status=status)))
