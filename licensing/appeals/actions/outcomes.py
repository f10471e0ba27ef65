"""What follows from how an appeal ended: for the decision, the licence, the register and whoever appealed.

One person has written down what the tribunal decided; another carries it out.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.appeals import letters
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.rules import endings as rules
from licensing.appeals.states import PUTS, AppealOutcome
from licensing.applications.actions import grants
from licensing.correspondence.queries import has_tribunal_document
from licensing.decisions.actions import public_reasons
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.actions import transfers
from licensing.holding.rules import transfers as transfer_rules
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.actions import conditions, licences
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.trail.actions import events as trail


@transaction.atomic
def carry_out(appeal: Appeal, *, by: User, at: datetime) -> Appeal:
    """Do what follows from how the appeal ended, as another person than the one who wrote it down; licence and register follow.

    Dismissed or withdrawn: what waited holds from the day of the outcome. Allowed: a revocation or suspension is set aside, a
    condition taken off, and the licence that was refused is given. Varied, or allowed with conditions: the same, and then what the
    tribunal put in its place. Its conditions are ordinary conditions of the licence.
    """
    appeal = _to_carry_out(appeal, sends_back=False, by=by, at=at)
    steps = UPHOLD if appeal.outcome in (AppealOutcome.DISMISSED, AppealOutcome.WITHDRAWN) else ALLOW
    if step := steps.get(DecisionKind(appeal.decision.kind)):
        step(appeal, by=by, at=at)
    if appeal.outcome in PUTS:
        _put_in_place(appeal, by=by, at=at)
    trail.move(appeal, "carry_out", by=by, at=at, closed_by=by, closed_at=at)
    letters.appeal_ended(appeal, at=at)
    return appeal


@transaction.atomic
def send_back(appeal: Appeal, *, by: User, at: datetime) -> Appeal:
    """Undo what was decided, as the tribunal has sent it back: it is to be decided again, by a new proposal.

    An application that was refused is assessed again; a licence is as it was before the decision.
    """
    appeal = _to_carry_out(appeal, sends_back=True, by=by, at=at)
    if step := (ALLOW | REOPEN).get(DecisionKind(appeal.decision.kind)):
        step(appeal, by=by, at=at)
    trail.move(appeal, "send_back", by=by, at=at, closed_by=by, closed_at=at)
    letters.appeal_ended(appeal, at=at)
    return appeal


def _to_carry_out(appeal: Appeal, *, sends_back: bool, by: User, at: datetime) -> Appeal:
    """The appeal, locked after its subject, if this person may carry out how it ended."""
    permissions.require(by, "licensing.decide")
    trail.locked(appeal.decision.subject)
    appeal = trail.locked(appeal)
    blockers = rules.carry_out_blockers(
        appeal,
        by=by,
        conflicted=appeal_queries.conflicted(appeal),
        unsettled=appeal_queries.to_settle(appeal),
        has_document=has_tribunal_document(appeal),
        sends_back=sends_back,
        today=timezone.localdate(at),
    )
    refuse_for(blockers)
    return appeal


def _licence(appeal: Appeal) -> Licence:
    assert appeal.decision.licence is not None, "a constraint keeps that these are about a licence"
    appeal.decision.licence.refresh_from_db()
    return appeal.decision.licence


def _revoke(appeal: Appeal, *, by: User, at: datetime) -> None:
    """A licence that was given up, ended or ran out meanwhile is not taken away any more."""
    licence, day = _licence(appeal), appeal.effect_on
    if licence.appealed_from is not None and day and day <= licence.valid_until:
        licences.revoke(licence, takes_effect=day, because=appeal_queries.named(appeal), by=by, at=at)


def _suspend(appeal: Appeal, *, by: User, at: datetime) -> None:
    """For as long as was decided, from the day of the outcome on."""
    licence, decision, day = _licence(appeal), appeal.decision, appeal.effect_on
    if not (appeal.stays and day and decision.takes_effect and decision.until):
        return
    if licence.status == LicenceStatus.ACTIVE and day <= licence.valid_until:
        until = day + (decision.until - decision.takes_effect)
        licences.suspend(licence, starts=day, until=until, because=appeal_queries.named(appeal), by=by, at=at)


def _reinstate(appeal: Appeal, *, by: User, at: datetime) -> None:
    licence = _licence(appeal)
    if licence.status == LicenceStatus.REVOKED or licence.appealed_from is not None:
        licences.reinstate(licence, because=appeal_queries.named(appeal), by=by, at=at)


def _lift(appeal: Appeal, *, by: User, at: datetime) -> None:
    licence, today = _licence(appeal), timezone.localdate(at)
    if licence.suspended_until is not None and licence.suspended_until >= today:
        licences.lift(licence, lifted_from=today, because=appeal_queries.named(appeal), by=by, at=at)


def _take_off(appeal: Appeal, *, by: User, at: datetime) -> None:
    """The conditions that came of the decision and still stand."""
    today = timezone.localdate(at)
    for one in appeal.decision.conditions.filter(became__status=ConditionStatus.OPEN).order_by("pk"):
        assert one.became is not None
        conditions.discharge(one.became, on=today, because=appeal_queries.named(appeal), by=by, at=at)


def _vary_back(appeal: Appeal, *, by: User, at: datetime) -> None:
    """The condition as it was before, unless something else has been decided of it since.

    Nobody is late because of an appeal that was allowed: a day that has passed meanwhile stays as it is now.
    """
    given = appeal.decision.conditions.get()
    one, today = given.became, timezone.localdate(at)
    if one is None or given.was_due_on is None or one.status != ConditionStatus.OPEN:
        return
    if one.requirement == given.requirement:
        due_on = given.was_due_on if one.due_on == given.due_on and given.was_due_on > today else one.due_on
        words = given.was_requirement
        conditions.vary(one, requirement=words, due_on=due_on, because=appeal_queries.named(appeal), by=by, at=at)


def _grant(appeal: Appeal, *, by: User, at: datetime) -> None:
    application, today = appeal.decision.application, timezone.localdate(at)
    assert application is not None and appeal.effect_on
    grants.issue(application, starts=max(appeal.effect_on, today), on_appeal=True, by=by, at=at)


def _pass_on(appeal: Appeal, *, by: User, at: datetime) -> None:
    """The tribunal has put its consent in the place of the refusal; what cannot pass any more does not.

    A suspension is served first: the licence passes on with the day after.
    """
    transfer, today = appeal.decision.transfer, timezone.localdate(at)
    assert transfer is not None and appeal.effect_on, "a constraint keeps that these are about a transfer"
    transfer.licence.refresh_from_db()
    earliest = max(appeal.effect_on, transfer.from_day, today)
    from_day = transfer_rules.first_day(transfer.licence, earliest=earliest)
    found = appeal_queries.to_settle(appeal)
    if not list(transfer_rules.possible_blockers(transfer, from_day=from_day, unsettled=found)):
        transfers.consent(transfer, from_day=from_day, because=appeal_queries.named(appeal), by=by, at=at)


def _reopen(appeal: Appeal, *, by: User, at: datetime) -> None:
    application = appeal.decision.application
    assert application is not None, "a constraint keeps that a refusal is about an application"
    grants.reopen(application, because=appeal_queries.named(appeal), by=by, at=at)


def _reopen_transfer(appeal: Appeal, *, by: User, at: datetime) -> None:
    assert appeal.decision.transfer is not None, "a constraint keeps that these are about a transfer"
    transfers.reopen_transfer(appeal.decision.transfer, because=appeal_queries.named(appeal), by=by, at=at)


def _put_in_place(appeal: Appeal, *, by: User, at: datetime) -> None:
    """What the tribunal put in the place of the decision, after that was set aside: from the day of the outcome, or today."""
    decision, today = appeal.decision, timezone.localdate(at)
    assert appeal.effect_on, "an appeal that has ended has its day"
    decision.subject.refresh_from_db()
    licence = decision.application.licence if decision.application else decision.licence
    if licence is None or licence.status != LicenceStatus.ACTIVE:
        return
    day = max(appeal.effect_on, today)
    standards = [one.standard for one in appeal.put_conditions]
    public_reasons.keep_of_tribunal(licence, standards=standards, appeal=appeal.reference, on=day, by=by, at=at)
    for one in appeal.put_conditions:
        terms = {"standard": one.standard, "requirement": one.requirement}
        conditions.impose(licence, **terms, due_on=max(one.due_on, today), on=day, by=by, at=at)
    if appeal.put_until and day <= appeal.put_until:
        because = appeal_queries.named(appeal)
        licences.suspend(licence, starts=day, until=appeal.put_until, because=because, by=by, at=at)


# A modification that waited holds when its day has come (`decisions.take_effect`); what holds already goes on holding.
UPHOLD = {DecisionKind.REVOKE: _revoke, DecisionKind.SUSPEND: _suspend}


#: A refusal that was sent back is no refusal any more, and nothing is granted.
REOPEN = {DecisionKind.REFUSE: _reopen, DecisionKind.REFUSE_TRANSFER: _reopen_transfer}


ALLOW = {
    DecisionKind.REFUSE: _grant,
    DecisionKind.REVOKE: _reinstate,
    DecisionKind.SUSPEND: _lift,
    DecisionKind.GRANT: _take_off,
    DecisionKind.IMPOSE: _take_off,
    DecisionKind.VARY: _vary_back,
    DecisionKind.REFUSE_TRANSFER: _pass_on,
}
