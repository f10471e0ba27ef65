"""How an appeal ended: the tribunal decided, or it was withdrawn. One person writes it down, another carries it out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.appeals import letters
from licensing.appeals.actions.appeals import _handled
from licensing.appeals.models import Appeal, PutCondition
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.rules import endings as rules
from licensing.appeals.states import AppealOutcome
from licensing.applications.queries import applications
from licensing.checks.queries import checks
from licensing.correspondence import actions as correspondence
from licensing.correspondence.states import EntryKind
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason, refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def take_back(appeal: Appeal, *, ended_on: date, by: User, at: datetime) -> Appeal:
    """Write down that the appellant has withdrawn: `ended_on` is the day of the secretariat's notice of it.

    The decision then takes effect on the day that it named, or on the 6th working day after that notice if that is later.
    """
    appeal = _handled(appeal, by)
    today = timezone.localdate(at)
    refuse_for(rules.end_blockers(appeal, move="take_back", ended_on=ended_on, today=today))
    effect_on = appeal_queries.after_withdrawal(appeal, ended_on)
    ended: dict[str, Any] = {"outcome": AppealOutcome.WITHDRAWN, "ended_on": ended_on, "effect_on": effect_on}
    return trail.move(appeal, "take_back", by=by, at=at, ended_by=by, ended_at=at, **ended)


@transaction.atomic
def determine(
    appeal: Appeal,
    *,
    outcome: str,
    ended_on: date,
    effect_on: date,
    outcome_because: str,
    put_conditions: Sequence[PutCondition] = (),
    put_until: date | None = None,
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Appeal:
    """Write down what the tribunal has decided, on which day, from which day it holds, and its reasons in short.

    `outcome` is one of `DETERMINED`; `put_…` are what the tribunal put in the place of the decision: a list of
    conditions where it varied that or allowed the appeal with conditions, and the last day of a suspension.
    `uploads` are its document. Nothing follows before another person has carried it out, who reads the document.
    """
    appeal = _handled(appeal, by)
    put = rules.PutInPlace(tuple(put_conditions), put_until)
    given = _Outcome(AppealOutcome(outcome), ended_on, effect_on, outcome_because, put)
    refuse_for(_outcome_blockers(appeal, given, move="determine", at=at))
    appeal = trail.move(appeal, "determine", by=by, at=at, **_written(appeal, given, by=by, at=at))
    _add_document(appeal, uploads, by=by, at=at, ended_on=ended_on)
    return appeal


@transaction.atomic
def correct_outcome(
    appeal: Appeal,
    *,
    outcome: str,
    ended_on: date,
    effect_on: date,
    outcome_because: str,
    put_conditions: Sequence[PutCondition] = (),
    put_until: date | None = None,
    uploads: Sequence[Upload] = (),
    because: str,
    by: User,
    at: datetime,
) -> Appeal:
    """Correct what was written down of the outcome, before it is carried out; who corrects it cannot carry it out."""
    appeal = _handled(appeal, by)
    put = rules.PutInPlace(tuple(put_conditions), put_until)
    given = _Outcome(AppealOutcome(outcome), ended_on, effect_on, outcome_because, put)
    refuse_for(rules.correct_outcome_blockers(appeal, because=because))
    refuse_for(_outcome_blockers(appeal, given, move="correct_outcome", at=at))
    written = _written(appeal, given, by=by, at=at)
    appeal = trail.move(appeal, "correct_outcome", by=by, at=at, because=because, **written)
    _add_document(appeal, uploads, by=by, at=at, ended_on=ended_on)
    return appeal


@transaction.atomic
def leave_undecided(appeal: Appeal, *, because: str, by: User, at: datetime) -> Appeal:
    """Say why what the tribunal sent back is not decided again, as another person than the one who wrote the outcome down."""
    permissions.require(by, "licensing.decide")
    appeal = trail.locked(appeal)
    refuse_for(permissions.conflict_blockers(by, *appeal.decision.organisations))
    refuse_for(rules.leave_undecided_blockers(appeal, by=by, because=because))
    appeal.undecided_because = because
    appeal.save(update_fields=["undecided_because"])
    appeal = trail.move(appeal, "leave_undecided", by=by, at=at, because=because)
    letters.not_decided_again(appeal, at=at)
    return appeal


@dataclass(frozen=True, slots=True)
class _Outcome:
    outcome: AppealOutcome
    ended_on: date
    effect_on: date
    because: str
    put: rules.PutInPlace


def _outcome_blockers(appeal: Appeal, given: _Outcome, *, move: str, at: datetime) -> list[Reason]:
    scheme, today = applications.scheme_of(appeal.decision.subject), timezone.localdate(at)
    days = {"ended_on": given.ended_on, "effect_on": given.effect_on}
    put = {f"put-{number}-requirement": one.requirement for number, one in enumerate(given.put.conditions)}
    words = {"outcome_because": given.because, **put}
    return [
        *rules.end_blockers(appeal, move=move, today=today, **days),
        *rules.put_blockers(appeal, outcome=given.outcome, put=given.put, effect_on=given.effect_on, scheme=scheme),
        *checks.repeats(appeal.organisation, words),
    ]


def _written(appeal: Appeal, given: _Outcome, *, by: User, at: datetime) -> dict[str, Any]:
    """What a move writes of the outcome; the reasons of the tribunal are written here, as they stay off the trail."""
    appeal.outcome_because = given.because
    appeal.save(update_fields=["outcome_because"])
    ended = {"outcome": given.outcome, "ended_on": given.ended_on, "effect_on": given.effect_on}
    return {**ended, **_put(given.put), "ended_by": by, "ended_at": at}


def _put(put: rules.PutInPlace) -> dict[str, Any]:
    """The columns of the appeal: of the first condition, of those after it, and of a suspension."""
    first = put.conditions[0] if put.conditions else None
    return {
        "put_standard": first.standard if first else "",
        "put_requirement": first.requirement if first else "",
        "put_due_on": first.due_on if first else None,
        "put_more": [{**asdict(one), "due_on": one.due_on.isoformat()} for one in put.conditions[1:]] or None,
        "put_until": put.until,
    }


def _add_document(appeal: Appeal, uploads: Sequence[Upload], *, ended_on: date, by: User, at: datetime) -> None:
    """The document of the tribunal, on the file of the appeal: its subject has it from the tribunal."""
    if uploads:
        correspondence.add_to_file(
            appeal,
            kind=EntryKind.TRIBUNAL,
            title=str(EntryKind.TRIBUNAL.label),
            happened_on=ended_on,
            may_be_shown=True,
            uploads=uploads,
            by=by,
            at=at,
        )
