"""Whether a decision can still be appealed against, or the tribunal decides on an appeal: for their tasks."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from licensing.appeals.models import Appeal
from licensing.appeals.states import AppealStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus


def may_still_appeal(decision: Decision, on: date) -> bool:
    """An appeal can arrive in time, and we know of none."""
    if decision.appeal_by is None:
        return False
    return not decision.appeals.exclude(status=AppealStatus.DISREGARDED).exists()


def is_being_decided(appeal: Appeal, on: date) -> bool:
    """The tribunal decides on paper, or has heard both sides."""
    return appeal.on_paper or (appeal.hearing_on is not None and appeal.hearing_on < on)


def is_to_be_decided_again(appeal: Appeal, on: date) -> bool:
    """Whether nothing was proposed or decided about the same thing since the tribunal sent it back."""
    decision = appeal.decision
    about: dict[str, Any] = (
        {"application": decision.application_id}
        if decision.application_id
        else {
            "licence": decision.licence_id,
            "condition": decision.condition_id,
            "transfer": decision.transfer_id,
        }
    )
    later = Decision.objects.filter(**about, proposed_at__gte=appeal.closed_at).exclude(
        status__in=[DecisionStatus.DROPPED, DecisionStatus.NOT_AGREED]
    )
    return not later.exists()


def remitted_with(decision: Decision) -> QuerySet[Appeal]:
    """The appeals that were sent back of which the wait depends on this decision."""
    sent_back = Appeal.objects.filter(status=AppealStatus.SENT_BACK)
    if decision.application_id:
        return sent_back.filter(decision__application=decision.application_id)
    return sent_back.filter(decision__licence=decision.licence_id)
