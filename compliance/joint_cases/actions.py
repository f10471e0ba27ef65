"""A case worked on by both: opened, its steps set and finished, its lead changed, closed. The trail keeps no word of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from compliance.guarded_sharing.states import SharingWay
from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.joint_cases import rules
from compliance.joint_cases.models import JointCase, JointCaseQuerySet, JointStep
from compliance.joint_cases.states import RECEIVES, RECORDS, JointCaseStatus, JointSide
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def open_joint_case(
    passed: Dissemination | HandOver,
    *,
    lead: str,
    our_step: str,
    our_day: date | None,
    their_step: str,
    their_day: date | None,
    by: User,
    at: datetime,
) -> JointCase:
    """Work on what was passed on together: which of us leads, and what each does next by which day.

    Raises `Refused` (not_passed_on, joint_already, no_lead, no_text, no_day).
    """
    permissions.require(by, RECORDS)
    passed = trail.locked(passed, among=type(passed)._default_manager.visible_to(by))
    today = timezone.localdate(at)
    is_joint = passed.joint_cases.filter(status=JointCaseStatus.OPEN).exists()
    ours, theirs = ("lead", "our_step", "our_day"), ("lead", "their_step", "their_day")
    refuse_for(
        [
            *rules.open_blockers(passed, is_joint=is_joint),
            *rules.lead_blockers(lead),
            *rules.step_blockers(side=JointSide.US, text=our_step, due_on=our_day, today=today, names=ours),
            *rules.step_blockers(side=JointSide.PARTNER, text=their_step, due_on=their_day, today=today, names=theirs),
        ]
    )
    assert our_day is not None and their_day is not None and passed.agency is not None
    texts = [our_step, their_step]
    guard.share(passed.origin, passed.agency, way=SharingWay.JOINT_CASE, texts=texts, by=by, at=at)
    origin = "dissemination" if isinstance(passed, Dissemination) else "hand_over"
    case = JointCase.objects.create(
        reference=new_reference("J"), agency=passed.agency, lead=lead, opened_by=by, opened_at=at, **{origin: passed}
    )
    for side, text, due_on in ((JointSide.US, our_step, our_day), (JointSide.PARTNER, their_step, their_day)):
        _set(case, side=side, text=text, due_on=due_on, by=by, at=at)
    trail.record(case, "open_joint_case", by=by, at=at, after=case.status, agency=case.agency, lead=lead)
    return case


@transaction.atomic
def add_step(case: JointCase, *, side: str, text: str, due_on: date | None, by: User, at: datetime) -> JointStep:
    """Set the next step of one of the two; another authority sets its own. Raises `Refused` (wrong_state, no_side, no_text, no_day)."""
    case = trail.locked(case, among=_cases(by))
    refuse_for(
        [
            *rules.add_blockers(case),
            *rules.step_blockers(side=side, text=text, due_on=due_on, today=timezone.localdate(at)),
        ]
    )
    assert due_on is not None
    if not _own_side(by):
        _tell(case, text, by=by, at=at)
    return _set(case, side=_own_side(by) or side, text=text, due_on=due_on, by=by, at=at)


@transaction.atomic
def finish_step(step: JointStep, *, outcome: str, by: User, at: datetime) -> JointStep:
    """Say what was done or found: of one's own step, or for an authority that answers by post. Raises `Refused` (wrong_state, no_outcome)."""
    is_partner = by.has_perm(RECEIVES)
    if not is_partner:
        permissions.require(by, RECORDS)
    rows = JointStep.objects.for_partner(by) if is_partner else JointStep.objects.visible_to(by)
    step = trail.locked(step, among=rows)
    refuse_for(rules.finish_blockers(step, outcome=outcome))
    if step.is_ours:
        _tell(step.joint_case, outcome, by=by, at=at)
    step.outcome = outcome.strip()
    step.save(update_fields=["outcome"])
    return trail.move(step, "finish_step", by=by, at=at, done_by=by, done_at=at)


@transaction.atomic
def change_lead(case: JointCase, *, lead: str, by: User, at: datetime) -> JointCase:
    """Say that the other of the two leads from now on. Raises `Refused` (wrong_state, no_lead)."""
    permissions.require(by, RECORDS)
    case = trail.locked(case, among=JointCase.objects.visible_to(by))
    refuse_for([*rules.add_blockers(case), *rules.lead_blockers(lead)])
    return trail.move(case, "change_lead", by=by, at=at, lead=lead)


@transaction.atomic
def close_joint_case(case: JointCase, *, result: str, by: User, at: datetime) -> JointCase:
    """End it with what it led to, once no step is open. Raises `Refused` (wrong_state, open_steps, no_result)."""
    permissions.require(by, RECORDS)
    case = trail.locked(case, among=JointCase.objects.visible_to(by))
    refuse_for(rules.close_blockers(case, result=result))
    _tell(case, result, by=by, at=at)
    case.result = result.strip()
    case.save(update_fields=["result"])
    return trail.move(case, "close_joint_case", by=by, at=at, closed_by=by, closed_at=at)


def _cases(by: User) -> JointCaseQuerySet:
    if by.has_perm(RECEIVES):
        return JointCase.objects.for_partner(by)
    permissions.require(by, RECORDS)
    return JointCase.objects.visible_to(by)


def _own_side(by: User) -> str:
    """The side that a person of another authority always takes; empty for us, who may set either's step."""
    return JointSide.PARTNER if by.has_perm(RECEIVES) else ""


def _tell(case: JointCase, text: str, *, by: User, at: datetime) -> None:
    """What we write, and the other authority reads: a guarded one only what a second person has approved."""
    passed = case.hand_over or case.dissemination
    assert passed is not None
    guard.share(passed.origin, case.agency, way=SharingWay.MESSAGE, texts=[text], by=by, at=at)


def _set(case: JointCase, *, side: str, text: str, due_on: date, by: User, at: datetime) -> JointStep:
    step = JointStep.objects.create(
        reference=new_reference("Z"), joint_case=case, side=side, text=text.strip(), due_on=due_on, set_by=by, set_at=at
    )
    trail.record(step, "set_step", by=by, at=at, after=step.status, joint_case=case, side=side, due_on=due_on)
    return step
