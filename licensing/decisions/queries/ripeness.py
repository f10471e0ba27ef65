"""Whether a proposal can be decided, or its subject may still reply: for its tasks (`licensing.decisions.states`)."""

from datetime import date

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.reviews import ReviewKind
from licensing.decisions.states.rows import UNHEARD


def is_ripe(decision: Decision, on: date) -> bool:
    """Nothing is waited for before it is decided: no reply can still come, or no one needs to be heard; nor is it returned."""
    if decision.reviews.open().filter(kind=ReviewKind.RETURN).exists():
        return False
    if decision.status == DecisionStatus.PROPOSED:
        return decision.kind in UNHEARD
    time_is_over = decision.reply_by is not None and decision.reply_by < on
    return decision.immediate or time_is_over or _all_is_said(decision)


def may_still_reply(decision: Decision, on: date) -> bool:
    """The time to reply runs, and the subject has not said that this is all."""
    return not _all_is_said(decision)


def _all_is_said(decision: Decision) -> bool:
    if decision.notified_at is None:
        return False
    return decision.representations.filter(is_whole=True, notice__sent_at=decision.notified_at).exists()
