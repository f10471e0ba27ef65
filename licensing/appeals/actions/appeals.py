"""Appeals: what their subject tells, what the secretariat and the tribunal do, and what the authority does because of it.

The tribunal decides (Gangmasters (Appeals) Regulations 2006). One person writes down what it decided, another carries it out.
How it ended is `endings`, and what follows from that `outcomes`.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.appeals import letters
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.rules import appeals as rules
from licensing.appeals.rules.appeals import GivenHearing
from licensing.appeals.states import AppealStatus
from licensing.applications.queries import applications
from licensing.checks.queries import checks
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.kinds import DecisionKind
from licensing.time_limits.rules import appeals as clocks
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.actions import licences
from registry.licences.states import LicenceStatus
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail

HANDLES = "licensing.handle_appeals"


@transaction.atomic
def tell(decision: Decision, *, sent_on: date | None, by: User, at: datetime) -> Appeal:
    """Say, as its subject, that an appeal has been sent. Nothing waits for it until the notice has arrived with the secretariat."""
    permissions.require(by, "licensing.apply")
    decision = trail.locked(Decision.objects.about(Organisation.objects.acted_for_by(by)).get(pk=decision.pk))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, decision.organisation, Act.REPLY, on=today))
    refuse_for(rules.tell_blockers(decision, sent_on=sent_on, today=today))
    appeal = Appeal.objects.create(
        reference=new_reference("P"), decision=decision, sent_on=sent_on, told_by=by, told_at=at
    )
    trail.record(appeal, "tell_of_appeal", by=by, at=at, after=appeal.status, decision=decision)
    return appeal


@transaction.atomic
def receive(
    decision: Decision,
    *,
    received_on: date,
    grounds: str,
    number: str = "",
    extended: bool = False,
    by: User,
    at: datetime,
) -> Appeal:
    """Write down that an appeal against the decision has arrived; what was not to hold at once waits until it is decided.

    A licence that was revoked goes on from this moment, whether or not the day of the revocation had come, and the register
    says so. `extended`: it was late, and the tribunal has given more time.
    """
    permissions.require(by, HANDLES)
    trail.locked(decision.subject)
    decision = trail.locked(decision)
    refuse_for(permissions.conflict_blockers(by, *decision.organisations))
    today, scheme = timezone.localdate(at), applications.scheme_of(decision.subject)
    blockers = rules.receive_blockers(
        decision, received_on=received_on, grounds=grounds, extended=extended, today=today
    )
    refuse_for([*blockers, *checks.repeats(decision.organisation, {"grounds": grounds})])
    told = decision.appeals.filter(status=AppealStatus.TOLD).first()
    appeal = told or Appeal.objects.create(reference=new_reference("P"), decision=decision)
    written: dict[str, Any] = {
        "received_on": received_on,
        "number": number,
        "extended": extended,
        "stays": rules.stays(decision, scheme),
        "received_by": by,
        "received_at": at,
        "decide_by": appeal_queries.due(clocks.APPEAL_DECIDED, appeal, received_on) if decision.immediate else None,
    }
    appeal.grounds = grounds
    appeal.save(update_fields=["grounds"])
    trail.move(appeal, "receive", by=by, at=at, **written)
    _stay(appeal, on=today, by=by, at=at)
    letters.appeal_received(appeal, at=at)
    return appeal


@transaction.atomic
def disregard(appeal: Appeal, *, because: str, by: User, at: datetime) -> Appeal:
    """Close what was told of an appeal because none has arrived with the secretariat."""
    appeal = _handled(appeal, by)
    refuse_for(rules.disregard_blockers(appeal, because=because))
    return trail.move(appeal, "disregard", by=by, at=at, because=because)


@transaction.atomic
def acknowledge(appeal: Appeal, *, copied_on: date, number: str = "", by: User, at: datetime) -> Appeal:
    """Write down that the secretariat has acknowledged the appeal and sent its copy: from that day we have time to reply."""
    appeal = _handled(appeal, by)
    refuse_for(rules.acknowledge_blockers(appeal, copied_on=copied_on, today=timezone.localdate(at)))
    written: dict[str, Any] = {
        "copied_on": copied_on,
        "number": number or appeal.number,
        "reply_by": appeal_queries.due(clocks.APPEAL_REPLY, appeal, copied_on),
    }
    return trail.move(appeal, "acknowledge", by=by, at=at, **written)


@transaction.atomic
def reply(appeal: Appeal, *, replied_on: date, reply_text: str, by: User, at: datetime) -> Appeal:
    """Write down what the authority has replied to the appeal; the tribunal then fixes a day. Refused once the time is over."""
    appeal = _handled(appeal, by)
    today = timezone.localdate(at)
    blockers = rules.reply_blockers(appeal, replied_on=replied_on, text=reply_text, today=today)
    refuse_for([*blockers, *checks.repeats(appeal.organisation, {"reply_text": reply_text})])
    appeal.reply_text = reply_text
    appeal.save(update_fields=["reply_text"])
    fix_by = appeal_queries.due(clocks.HEARING_FIXED, appeal, replied_on)
    return trail.move(appeal, "reply", by=by, at=at, replied_on=replied_on, fix_by=fix_by)


@transaction.atomic
def bar(appeal: Appeal, *, by: User, at: datetime) -> Appeal:
    """Note that the time to reply was missed: the authority takes no part in the appeal unless the tribunal directs it."""
    appeal = _handled(appeal, by)
    today = timezone.localdate(at)
    refuse_for(rules.bar_blockers(appeal, today=today))
    return trail.move(appeal, "bar", by=by, at=at, barred_on=today)


@transaction.atomic
def readmit(appeal: Appeal, *, leave_on: date, reply_by: date, by: User, at: datetime) -> Appeal:
    """Write down that the tribunal lets the authority take part after it was barred, and by when it must reply."""
    appeal = _handled(appeal, by)
    today = timezone.localdate(at)
    refuse_for(rules.readmit_blockers(appeal, leave_on=leave_on, reply_by=reply_by, today=today))
    return trail.move(appeal, "readmit", by=by, at=at, leave_on=leave_on, reply_by=reply_by, barred_on=None)


@transaction.atomic
def tick_off(
    appeal: Appeal,
    *,
    statements_on: date | None = None,
    representations_on: date | None = None,
    by: User,
    at: datetime,
) -> Appeal:
    """Write down on which day we have sent what a hearing asks of us: what is sent is not due any more."""
    appeal = _handled(appeal, by)
    today = timezone.localdate(at)
    refuse_for(
        rules.tick_off_blockers(appeal, statements_on=statements_on, representations_on=representations_on, today=today)
    )
    appeal.statements_on, appeal.representations_on = statements_on, representations_on
    appeal.save(update_fields=["statements_on", "representations_on"])
    trail.record(
        appeal,
        "tick_off",
        by=by,
        at=at,
        after=appeal.status,
        statements_on=statements_on,
        representations_on=representations_on,
    )
    return appeal


@transaction.atomic
def fix_hearing(
    appeal: Appeal,
    *,
    on_paper: bool = False,
    hearing_on: date | None = None,
    hearing_place: str = "",
    by: User,
    at: datetime,
) -> Appeal:
    """Write down when and where the appeal is heard, or that both sides agree to a decision on paper. Can be moved."""
    appeal = _handled(appeal, by)
    given = GivenHearing(on_paper, None if on_paper else hearing_on, "" if on_paper else hearing_place)
    refuse_for(rules.hearing_blockers(appeal, given=given, today=timezone.localdate(at)))
    heard = given.hearing_on
    written: dict[str, Any] = {
        "on_paper": on_paper,
        "hearing_on": heard,
        "hearing_place": given.hearing_place,
        "statements_by": appeal_queries.due(clocks.HEARING_STATEMENTS, appeal, heard) if heard else None,
        "representations_by": appeal_queries.due(clocks.HEARING_REPRESENTATIONS, appeal, heard) if heard else None,
    }
    return trail.move(appeal, "fix_hearing", by=by, at=at, **written)


def _handled(appeal: Appeal, by: User) -> Appeal:
    """The appeal, locked, if this person may handle it and has no conflict of interest."""
    permissions.require(by, HANDLES)
    appeal = trail.locked(appeal)
    refuse_for(permissions.conflict_blockers(by, *appeal.decision.organisations))
    return appeal


def _stay(appeal: Appeal, *, on: date, by: User, at: datetime) -> None:
    licence = appeal.decision.licence
    if not appeal.stays or licence is None:
        return
    if appeal.decision.kind == DecisionKind.REVOKE and licence.status == LicenceStatus.REVOKED:
        licences.stay(licence, since=on, because=appeal_queries.named(appeal), by=by, at=at)
    if appeal.decision.kind == DecisionKind.SUSPEND and licence.suspended_from == appeal.decision.takes_effect:
        licences.stay_suspension(licence, because=appeal_queries.named(appeal), by=by, at=at)
