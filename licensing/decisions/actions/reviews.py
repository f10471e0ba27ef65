"""What a person who is to decide does instead: returns a proposal, asks for advice, does not agree, or decides otherwise."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.decisions import letters
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.queries import readiness
from licensing.decisions.rules import reviews as rules
from licensing.decisions.states.reviews import ReviewKind
from licensing.findings import actions as findings
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.tasks.queries import has_task_of
from registry.trail.actions import events as trail

DECIDES, SEES = "licensing.decide", "licensing.view_decisions"


@transaction.atomic
def return_to_proposer(decision: Decision, *, comments: str, due_on: date, by: User, at: datetime) -> DecisionReview:
    """Return the proposal to who made it, or has the case by now. It cannot be decided until they answer, or it is called off.

    Raises `Refused` (returned_already, no_comments, day_too_early, day_too_late, same_person …).
    """
    return _ask(decision, ReviewKind.RETURN, to=_who_has_it(decision), comments=comments, due_on=due_on, by=by, at=at)


@transaction.atomic
def ask_advice(decision: Decision, *, to: User, comments: str, due_on: date, by: User, at: datetime) -> DecisionReview:
    """Ask another person for advice, such as a lawyer. The days of the law run on; deciding before the answer takes a reason."""
    return _ask(decision, ReviewKind.ADVICE, to=to, comments=comments, due_on=due_on, by=by, at=at)


def _ask(
    decision: Decision, kind: ReviewKind, *, to: User, comments: str, due_on: date, by: User, at: datetime
) -> DecisionReview:
    decision, given = _held(decision, by=by, at=at)
    refuse_for(rules.ask_blockers(decision, kind=kind, by=by, given=given, to=to, comments=comments, due_on=due_on))
    review = DecisionReview.objects.create(
        reference=f"{decision.reference}.{decision.reviews.count() + 1}",
        decision=decision,
        kind=kind,
        comments=comments,
        to=to,
        due_on=due_on,
        asked_by=by,
        asked_at=at,
    )
    verb = "return_to_proposer" if kind == ReviewKind.RETURN else "ask_advice"
    # Comments may repeat what few may read: they stay off the trail.
    trail.record(review, verb, by=by, at=at, after=review.status, to=to, due_on=due_on, also_about=(decision,))
    return review


@transaction.atomic
def answer_review(review: DecisionReview, *, answer: str, by: User, at: datetime) -> DecisionReview:
    """Answer the comments, or give the advice. The person who asked then decides. Raises `Refused` (no_answer, own_question …)."""
    permissions.require(by, SEES)
    review = trail.locked(review, among=DecisionReview.objects.visible_to(by))
    has_task = has_task_of(review, by)
    refuse_for(rules.answer_blockers(review, answer=answer, has_task=has_task, by=by))
    return trail.move(review, "answer_review", by=by, at=at, answer=answer, ended_by=by, ended_at=at)


@transaction.atomic
def call_off_review(review: DecisionReview, *, by: User, at: datetime) -> DecisionReview:
    """The person who decides needs no answer any more."""
    permissions.require(by, DECIDES)
    review = trail.locked(review, among=DecisionReview.objects.visible_to(by))
    refuse_for(rules.call_off_blockers(review, by=by))
    return trail.move(review, "call_off_review", by=by, at=at, ended_by=by, ended_at=at)


@transaction.atomic
def disagree(decision: Decision, *, because: str, by: User, at: datetime) -> Decision:
    """Decide that nothing comes of what was proposed. If its subject was notified, it is told; the case is open again."""
    decision, given = _held(decision, by=by, at=at)
    refuse_for(rules.disagree_blockers(decision, because=because, by=by, given=given))
    for review in decision.reviews.open().order_by("pk"):
        call_off_review(review, by=by, at=at)
    taken = {"not_agreed_because": because, "not_agreed_by": by, "not_agreed_at": at}
    trail.move(decision, "disagree", by=by, at=at, because=because, **taken)
    findings.consider_again(decision, by=by, at=at)
    if decision.notified_at is not None:
        letters.dropped(decision, at=at)
    return decision


@transaction.atomic
def decide_otherwise(decision: Decision, *, because: str, by: User, at: datetime, **proposal: Any) -> Decision:
    """Put a decision that takes less away in the place of what was proposed: a grant for a refusal, a suspension for a revocation.

    Another decision maker takes it, so that two people decide as ever. `proposal` is as `proposals.propose` takes it.
    """
    decision, given = _held(decision, by=by, at=at)
    refuse_for(rules.otherwise_blockers(decision, by=by, given=given))
    disagree(decision, because=because, by=by, at=at)
    proposal |= {"kind": decision.row.instead, "instead_of": decision}
    return proposals.put_forward(decision.subject, because=because, **proposal, by=by, at=at)


def _who_has_it(decision: Decision) -> User:
    """Who proposed it; where they have left, or have been given no part in it since, the officer of the case."""
    officer = decision.application.case_officer if decision.application else None
    return decision.proposed_by if decision.proposed_by.is_active or officer is None else officer


def _held(decision: Decision, *, by: User, at: datetime) -> Any:
    permissions.require(by, DECIDES)
    trail.locked(decision.subject)
    decision = trail.locked(decision)
    return decision, readiness.deciding(decision, from_day=None, today=timezone.localdate(at))
