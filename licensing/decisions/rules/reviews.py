"""Why a proposal cannot be returned, put before an adviser, answered, or not agreed to. Every reason at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.rules.deciding import Deciding, person_blockers
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.reviews import ReviewKind
from registry.accounts.models import User
from registry.days import day_blockers
from registry.errors import Reason

#: An answer that would come later helps no one decide.
LONGEST = timedelta(days=90)
PAST = _("The day cannot be in the past.")
TOO_FAR = _("Choose a day no later than {day}.")
LATER = _("Choose {day} or a later day.")


def ask_blockers(
    decision: Decision,
    *,
    kind: str,
    by: User,
    given: Deciding,
    to: User | None = None,
    comments: str | None = None,
    due_on: date | None = None,
) -> Iterator[Reason]:
    """Why this person may not return the proposal, or ask for advice on it. What is not given yet is not judged."""
    yield from _open_blockers(decision)
    yield from person_blockers(decision, by, given)
    if kind == ReviewKind.RETURN and given.returned:
        yield Reason("returned_already", _("It was returned before, and the answer has not come."))
    if to is not None:
        yield from _person_asked_blockers(to, by=by)
    if comments is not None and not comments.strip():
        yield Reason("no_comments", _("Say what must change, or what you need to know."), "comments")
    yield from day_blockers(
        due_on, "due_on", earliest=given.today, too_early=PAST, latest=given.today + LONGEST, too_late=TOO_FAR
    )


def _person_asked_blockers(to: User, *, by: User) -> Iterator[Reason]:
    if to == by:
        yield Reason("asks_oneself", _("Choose another person."), "to")
    elif not to.is_active or not to.has_perm("licensing.view_decisions"):
        yield Reason("cannot_read_it", _("This person cannot read decisions. Choose another."), "to")


def answer_blockers(review: DecisionReview, *, answer: str | None = None, has_task: bool, by: User) -> Iterator[Reason]:
    """Who was asked answers, or who was given the task since; a return is also answered by any other officer who proposes."""
    yield from review.lifecycle.blockers(review.status, "answer_review")
    if by.pk == review.asked_by_id:
        yield Reason("own_question", _("You asked this, so someone else must answer it."))
    elif not (has_task or by.pk == review.to_id or (review.is_return and by.has_perm("licensing.propose_decision"))):
        text = _("{name} was asked this. Ask for the task to be given to you first.")
        yield Reason("not_asked", format_lazy(text, name=str(review.to)))
    if answer is not None and not answer.strip():
        yield Reason("no_answer", _("Enter your answer."), "answer")


def call_off_blockers(review: DecisionReview, *, by: User) -> Iterator[Reason]:
    yield from review.lifecycle.blockers(review.status, "call_off_review")
    if not by.has_perm("licensing.decide"):
        yield Reason("not_yours", _("The person who decides calls this off."))


def disagree_blockers(decision: Decision, *, because: str | None = None, by: User, given: Deciding) -> Iterator[Reason]:
    """Why this person may not say that nothing is decided of what was proposed."""
    yield from _open_blockers(decision, "disagree")
    yield from person_blockers(decision, by, given)
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter the reason."), "because")


def otherwise_blockers(decision: Decision, *, by: User, given: Deciding) -> Iterator[Reason]:
    """Why this person may not put another decision in its place."""
    yield from disagree_blockers(decision, by=by, given=given)
    if decision.row.instead is None:
        yield Reason("nothing_less", _("There is no other decision for this. Say that you do not agree, or return it."))


def more_time_blockers(
    decision: Decision, *, reply_by: date | None = None, because: str | None = None, today: date
) -> Iterator[Reason]:
    """Why its subject cannot have more time to reply to the notice."""
    yield from decision.lifecycle.blockers(decision.status, "give_more_time")
    if decision.status != DecisionStatus.NOTIFIED:
        return
    if decision.immediate:
        yield Reason("immediate", _("It has immediate effect, so there is no time to reply before it."))
    earliest = max((decision.reply_by or today) + timedelta(days=1), today)
    yield from day_blockers(
        reply_by, "reply_by", earliest=earliest, too_early=LATER, latest=today + LONGEST, too_late=TOO_FAR
    )
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter the reason."), "because")


def _open_blockers(decision: Decision, move: str = "decide") -> Iterator[Reason]:
    yield from decision.lifecycle.blockers(decision.status, move)
