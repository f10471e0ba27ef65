"""Deciding what another has proposed, and what follows from it: for the licence, the register and whoever it is about."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from licensing.applications.actions import grants
from licensing.applications.models import Application
from licensing.checks.queries import checks
from licensing.decisions import letters
from licensing.decisions.actions import public_reasons
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions, readiness
from licensing.decisions.rules import deciding as rules
from licensing.decisions.rules import effects
from licensing.decisions.rules.grounds import GivenConclusion
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import DATED
from licensing.holding.actions import transfers
from licensing.holding.models import Transfer
from licensing.requests.actions import asking
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.actions import conditions, licences
from registry.licences.models import Condition, Licence
from registry.register.actions import listings
from registry.trail.actions import events as trail


@transaction.atomic
def decide(
    decision: Decision,
    *,
    because: str,
    conclusions: Sequence[GivenConclusion] = (),
    from_day: date | None = None,
    despite: str = "",
    reasons: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Take the decision that another has proposed; licence, register and letter follow in the same transaction.

    `because` are the reasons of whoever decides, `conclusions` what they conclude of each ground. `from_day` is the first
    day with the licence (grant) or without it (suspend, revoke): as proposed unless given. `despite` says why it is decided although
    something is open: a message that no one has read, a report that was not sent, a task. `reasons` are the sentences that everyone
    reads, by standard, where they are not those of the pack.
    """
    permissions.require(by, "licensing.decide")
    # The subject first, as whoever proposes or withdraws does: nobody waits for one who waits for them.
    trail.locked(decision.subject)
    decision = trail.locked(decision)
    from_day = from_day or decision.starts or decision.takes_effect
    given = readiness.deciding(decision, from_day=from_day, today=timezone.localdate(at))
    concluded = rules.DecisionText(because, conclusions, despite)
    blockers = rules.decide_blockers(decision, by=by, given=given, concluded=concluded)
    refuse_for([*blockers, *checks.repeats(decision.organisation, concluded.written)])
    for one in conclusions:
        decision.grounds.filter(number=one.number).update(upheld=one.upheld, concluded_because=one.because)
    appeal_by = effects.appeal_by(decision, scheme=given.scheme, today=given.today, holidays=given.holidays)
    taken: dict[str, Any] = {
        "decided_by": by,
        "decided_at": at,
        "decided_because": because,
        "despite": despite if given.open_matters else "",
        "appeal_by": appeal_by,
    }
    if decision.kind == DecisionKind.GRANT:
        taken["starts"] = from_day
    elif decision.kind in DATED:
        taken["takes_effect"] = from_day
    trail.move(decision, "decide", by=by, at=at, because=because, **taken)
    refused = {one.number for one in conclusions if not one.upheld}
    public_reasons.keep_reasons(decision, written=reasons or {}, but=refused, appeal_by=appeal_by, by=by, at=at)
    CARRY_OUT[DecisionKind(decision.kind)](decision, by=by, at=at)
    letters.decided(decision, at=at)
    return decision


@transaction.atomic
def take_effect(decision: Decision, *, by: None, at: datetime) -> Decision:
    """Let a modification hold whose day has come: the licence and the register say so from now on.

    Decided before, and told in its letter. Does nothing a second time.
    """
    decision = trail.locked(decision)
    if decisions.modifications_due(timezone.localdate(at)).filter(pk=decision.pk).exists():
        MODIFY[DecisionKind(decision.kind)](decision, by=by, at=at)
    return decision


def _application(decision: Decision) -> Application:
    assert decision.application is not None, "a constraint keeps that grants and refusals are about an application"
    return decision.application


def _grant(decision: Decision, *, by: User, at: datetime) -> None:
    application, today = _application(decision), timezone.localdate(at)
    starts = today if application.alters_id else decision.starts or today
    licence = grants.issue(application, starts=starts, by=by, at=at)
    _impose(decision, licence, on=starts, by=by, at=at)


def _impose(decision: Decision, licence: Licence, *, on: date, by: User | None, at: datetime) -> None:
    for given in decision.conditions.order_by("pk"):
        given.became = conditions.impose(
            licence,
            standard=given.standard,
            requirement=given.requirement,
            due_on=given.due_on,
            on=on,
            by=by,
            at=at,
        )
        given.save(update_fields=["became"])


def _refuse(decision: Decision, *, by: User, at: datetime) -> None:
    application = _application(decision)
    trail.move(application, "refuse", by=by, at=at, because=decision.decided_because, closed_at=at)
    application.checks.all().let_go()
    for request in application.requests.open():
        asking.close(request, by=by, at=at)
    if application.alters_id is not None:
        return  # the licence goes on as it is
    today = timezone.localdate(at)
    who, scheme = application.organisation, application.scheme
    if schemes.in_force(scheme, today).public.show_refused:
        listings.show_refusal(who, scheme=scheme, refused_from=today, by=by, at=at)
    else:
        listings.hide_applicant(who, scheme=scheme, by=by, at=at)


def _suspend(decision: Decision, *, by: User, at: datetime) -> None:
    assert decision.licence and decision.takes_effect and decision.until
    licences.suspend(
        decision.licence,
        starts=decision.takes_effect,
        until=decision.until,
        because=decision.decided_because,
        by=by,
        at=at,
    )


def _revoke(decision: Decision, *, by: User, at: datetime) -> None:
    assert decision.licence and decision.takes_effect
    licences.revoke(
        decision.licence, takes_effect=decision.takes_effect, because=decision.decided_because, by=by, at=at
    )


def _surrender(decision: Decision, *, by: User, at: datetime) -> None:
    assert decision.licence and decision.takes_effect
    licences.surrender(
        decision.licence, takes_effect=decision.takes_effect, because=decision.decided_because, by=by, at=at
    )


def _lift(decision: Decision, *, by: User, at: datetime) -> None:
    assert decision.licence and decision.takes_effect
    because = decision.decided_because
    licences.lift(decision.licence, lifted_from=decision.takes_effect, because=because, by=by, at=at)


def _condition(decision: Decision) -> Condition:
    assert decision.condition is not None, "a constraint keeps that these are about a condition"
    return decision.condition


def _add(decision: Decision, *, by: User | None, at: datetime) -> None:
    """A condition holds from its day on; until then the licence goes on as it was."""
    assert decision.licence and decision.takes_effect
    if decision.takes_effect <= timezone.localdate(at):
        _impose(decision, decision.licence, on=decisions.holds_from(decision), by=by, at=at)


def _vary(decision: Decision, *, by: User | None, at: datetime) -> None:
    """Other terms hold from their day on; until then those of before."""
    assert decision.takes_effect
    if decision.takes_effect > timezone.localdate(at):
        return
    condition, given = _condition(decision), decision.conditions.get()
    condition.refresh_from_db()
    was = {"was_requirement": condition.requirement, "was_due_on": condition.due_on}
    because = decision.decided_because
    conditions.vary(condition, requirement=given.requirement, due_on=given.due_on, because=because, by=by, at=at)
    decision.conditions.update(became=condition, **was)


def _extend(decision: Decision, *, by: User, at: datetime) -> None:
    condition, due_on = _condition(decision), decision.conditions.get().due_on
    conditions.extend(condition, due_on=due_on, because=decision.decided_because, by=by, at=at)


def _discharge(decision: Decision, *, by: User, at: datetime) -> None:
    today, because = timezone.localdate(at), decision.decided_because
    conditions.discharge(_condition(decision), on=today, because=because, by=by, at=at)


def _fail(decision: Decision, *, by: User, at: datetime) -> None:
    conditions.fail(_condition(decision), on=timezone.localdate(at), because=decision.decided_because, by=by, at=at)


def _transfer(decision: Decision) -> Transfer:
    assert decision.transfer is not None, "a constraint keeps that these are about a transfer"
    return decision.transfer


def _allow_transfer(decision: Decision, *, by: User, at: datetime) -> None:
    assert decision.takes_effect
    because = decision.decided_because
    transfers.consent(_transfer(decision), from_day=decision.takes_effect, because=because, by=by, at=at)


def _refuse_transfer(decision: Decision, *, by: User, at: datetime) -> None:
    transfers.withhold(_transfer(decision), because=decision.decided_because, by=by, at=at)


class CarriesOut(Protocol):
    def __call__(self, decision: Decision, /, *, by: Any, at: datetime) -> None: ...


MODIFY: dict[DecisionKind, CarriesOut] = {DecisionKind.IMPOSE: _add, DecisionKind.VARY: _vary}
CARRY_OUT: dict[DecisionKind, CarriesOut] = {
    DecisionKind.GRANT: _grant,
    DecisionKind.REFUSE: _refuse,
    DecisionKind.SUSPEND: _suspend,
    DecisionKind.REVOKE: _revoke,
    DecisionKind.SURRENDER: _surrender,
    DecisionKind.LIFT: _lift,
    **MODIFY,
    DecisionKind.EXTEND: _extend,
    DecisionKind.DISCHARGE: _discharge,
    DecisionKind.FAIL: _fail,
    DecisionKind.ALLOW_TRANSFER: _allow_transfer,
    DecisionKind.REFUSE_TRANSFER: _refuse_transfer,
}
