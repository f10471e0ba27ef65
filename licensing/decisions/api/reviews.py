"""What a person who is to decide does instead, and more time to reply: as programs do it."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from licensing.applications.api import Optional, Text
from licensing.decisions.actions import hearings, reviews
from licensing.decisions.api.decisions import by_key as by_key
from licensing.decisions.api.decisions import visible
from licensing.decisions.api.proposals import ConditionIn, WeighedIn, proposed
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from registry.accounts.models import Scope, User
from registry.api import ByKey
from registry.api.days import Day
from registry.errors import Reason, Refused
from registry.refusals import actions as refusals


class MoreTimeIn(Schema):
    reply_by: Day
    because: str = Text


class ReturnIn(Schema):
    comments: str = Text
    due_on: Day


class AskAdviceIn(ReturnIn):
    """`to`: the reference of the person who is asked."""

    to: str


class DisagreeIn(Schema):
    because: str = Text


class OtherwiseIn(WeighedIn):
    """A grant in the place of a refusal (`starts`, `conditions`), or a suspension in the place of a revocation."""

    starts: Day | None = None
    takes_effect: Day | None = None
    until: Day | None = Field(None, description="The last day of a suspension")
    immediate: bool = False
    immediate_because: str = Optional
    conditions: list[ConditionIn] = []


class AnswerIn(Schema):
    answer: str = Text


@by_key.does(
    "/{reference}/give-more-time", "give_more_time_for_decision", Scope.PROPOSE, url_name="staff_api_give_more_time"
)
def give_more_time(request: ByKey, reference: str, body: MoreTimeIn) -> Decision:
    """Give the subject more time to reply to the notice; it is told."""
    one = visible(request.user, reference)
    return hearings.give_more_time(one, **body.dict(), by=request.user, at=timezone.now())


@by_key.does("/{reference}/return", "return_decision", Scope.DECIDE, url_name="staff_api_return")
def return_to_proposer(request: ByKey, reference: str, body: ReturnIn) -> DecisionReview:
    """Return a proposal to who made it, with comments. It cannot be decided until they answer."""
    one = visible(request.user, reference)
    return reviews.return_to_proposer(one, **body.dict(), by=request.user, at=timezone.now())


@by_key.does("/{reference}/ask-advice", "ask_advice_on_decision", Scope.DECIDE, url_name="staff_api_ask_advice")
def ask_advice(request: ByKey, reference: str, body: AskAdviceIn) -> DecisionReview:
    """Ask another person for advice on a proposal. The days of the law run on."""
    one, to = visible(request.user, reference), get_object_or_404(User, reference=body.to)
    return reviews.ask_advice(
        one, to=to, comments=body.comments, due_on=body.due_on, by=request.user, at=timezone.now()
    )


@by_key.does("/{reference}/disagree", "disagree_with_decision", Scope.DECIDE, url_name="staff_api_disagree")
def disagree(request: ByKey, reference: str, body: DisagreeIn) -> Decision:
    """Say that nothing is decided of what was proposed, and why. If its subject was notified, it is told."""
    return reviews.disagree(visible(request.user, reference), because=body.because, by=request.user, at=timezone.now())


@by_key.does("/{reference}/read-reason", "read_reason_of_decision", Scope.PROPOSE, url_name="staff_api_read_reason")
def read_reason(request: ByKey, reference: str) -> Decision:
    """Say that you have read why your proposal was not agreed."""
    decision: Decision = refusals.read_reason(visible(request.user, reference), by=request.user, at=timezone.now())
    return decision


@by_key.does("/reviews/{reference}/answer", "answer_review", Scope.PROPOSE)
def answer(request: ByKey, reference: str, body: AnswerIn) -> DecisionReview:
    """Answer the comments on a proposal, or give the advice that was asked for."""
    return reviews.answer_review(_review(request.user, reference), **body.dict(), by=request.user, at=timezone.now())


@by_key.does("/reviews/{reference}/call-off", "call_off_review", Scope.DECIDE)
def call_off(request: ByKey, reference: str) -> DecisionReview:
    """Say that no answer is needed any more."""
    return reviews.call_off_review(_review(request.user, reference), by=request.user, at=timezone.now())


def _review(by: User, reference: str) -> DecisionReview:
    return get_object_or_404(DecisionReview.objects.visible_to(by), reference=reference)


@by_key.does("/{reference}/decide-otherwise", "decide_otherwise", Scope.DECIDE)
def decide_otherwise(request: ByKey, reference: str, body: OtherwiseIn) -> Decision:
    """Put a decision that takes less away in the place of what was proposed. Another decision maker takes it."""
    one = visible(request.user, reference)
    kind = one.row.instead
    if kind is None:
        raise Refused([Reason("no_other_decision", _("Nothing that takes less away can take its place."))])
    given = proposed(body, subject=one.subject, kind=kind)
    return reviews.decide_otherwise(one, **given, by=request.user, at=timezone.now())
