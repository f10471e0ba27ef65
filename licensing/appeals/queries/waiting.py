"""Whether a decision can still be appealed against, or the tribunal decides on an appeal: for their tasks."""

from datetime import date

from licensing.appeals.models import Appeal
from licensing.appeals.states import AppealStatus
from licensing.decisions.models.decisions import Decision


def may_still_appeal(decision: Decision, on: date) -> bool:
    """An appeal can arrive in time, and we know of none."""
    if decision.appeal_by is None:
        return False
    return not decision.appeals.exclude(status=AppealStatus.DISREGARDED).exists()


def is_being_decided(appeal: Appeal, on: date) -> bool:
    """The tribunal decides on paper, or has heard both sides."""
    return appeal.on_paper or (appeal.hearing_on is not None and appeal.hearing_on < on)
