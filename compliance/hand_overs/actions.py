"""A report or intelligence in the hands of who can act: handed over, acted on, answered. The trail keeps codes and no word of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from compliance.guarded_sharing.states import SharingWay
from compliance.hand_overs import rules
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import COMMISSIONS, HANDLES, PROPOSES, HandOverResult, HandOverStatus
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries import findings
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Fact
from registry.trail.actions import events as trail


@transaction.atomic
def open_for(*, to: str, text: str, by: User, at: datetime, **about: Any) -> HandOver:
    """Hand a report or intelligence over to who can act on it, with a text cleared for them. Called by the decision on it.

    `about`: `report` or `intelligence`, `organisation`, `licence_number`, `scheme`, and for another authority `agency` and `basis`.
    """
    made = HandOver(reference=new_reference("H"), to=to, text=text.strip(), handed_by=by, handed_at=at, **about)
    permissions.require(by, made.handled_with)
    made.save(force_insert=True)
    origin = {"intelligence": made.intelligence} if made.is_from_intelligence else {"report": made.report}
    trail.record(made, "open_for", by=by, at=at, after=made.status, to=to, agency=made.agency, **origin)
    return made


@transaction.atomic
def take_back(hand_over: HandOver, *, by: User, at: datetime) -> HandOver:
    """End what no one has acted on yet, because something else was decided about it. Raises `Refused` (wrong_state)."""
    permissions.require(by, hand_over.handled_with)
    hand_over = trail.locked(hand_over)
    return trail.move(hand_over, "take_back", by=by, at=at)


@transaction.atomic
def commission(hand_over: HandOver, *, brief: str, inspector: User, due_on: Any, by: User, at: datetime) -> Inspection:
    """Send an inspector: the cleared text begins the brief, and so is on the inspector's device.

    Raises `Refused` (wrong_state, not_for_visit, conflicted, and the reasons of `inspections.commission`).
    """
    permissions.require(by, COMMISSIONS)
    hand_over = trail.locked(hand_over, among=HandOver.objects.visible_to(by))
    refuse_for(rules.commission_blockers(hand_over))
    assert hand_over.organisation is not None
    inspection = inspections.commission(
        hand_over.organisation,
        kind=InspectionKind.COMPLIANCE,
        scheme=schemes.in_force(hand_over.scheme, timezone.localdate(at)),
        facts=Fact.objects.latest_of(hand_over.organisation),
        brief=f"{hand_over.text}\n\n{brief}".strip(),
        licence_number=hand_over.licence_number,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )
    trail.move(hand_over, "commission", by=by, at=at, inspection=inspection)
    return inspection


@transaction.atomic
def decline(hand_over: HandOver, *, because: str, by: User, at: datetime) -> HandOver:
    """Say why no visit is made, or why nothing is done about the licence. Raises `Refused` (wrong_state, no_reason …)."""
    hand_over = _acted_on(hand_over, by)
    refuse_for(rules.decline_blockers(hand_over, because=because))
    _write(hand_over, because)
    return _answer(hand_over, "decline", result=HandOverResult.NO_ACTION, by=by, at=at)


@transaction.atomic
def answer_with_proposal(hand_over: HandOver, *, decision: str, by: User, at: datetime) -> HandOver:
    """Answer for licensing: a decision was proposed, of this reference. Raises `Refused` (wrong_state)."""
    hand_over = _acted_on(hand_over, by)
    refuse_for(rules.propose_blockers(hand_over))
    return _answer(hand_over, "answer_with_proposal", result=HandOverResult.PROPOSED, decision=decision, by=by, at=at)


@transaction.atomic
def pass_on(hand_over: HandOver, *, by: User, at: datetime) -> HandOver:
    """Let the other authority read the cleared text. Raises `Refused` (wrong_state, not_for_authority, no_agency, not_approved …)."""
    permissions.require(by, HANDLES)
    hand_over = trail.locked(hand_over, among=HandOver.objects.visible_to(by))
    refuse_for(rules.pass_on_blockers(hand_over))
    assert hand_over.agency is not None
    texts, checked = [hand_over.text], [hand_over.basis]
    guard.share(hand_over, hand_over.agency, way=SharingWay.REPORT, texts=texts, checked=checked, by=by, at=at)
    return trail.move(hand_over, "pass_on", by=by, at=at, passed_on_at=at)


@transaction.atomic
def record_reply(hand_over: HandOver, *, because: str, by: User, at: datetime) -> HandOver:
    """Keep what the other authority answers: by its own people, or written down by who handles reports."""
    partner = by.has_perm("compliance.receive_intelligence")
    if not partner:
        permissions.require(by, HANDLES)
    rows = HandOver.objects.for_partner(by) if partner else HandOver.objects.visible_to(by)
    hand_over = trail.locked(hand_over, among=rows)
    refuse_for(rules.reply_blockers(hand_over, because=because))
    _write(hand_over, because)
    return _answer(hand_over, "record_reply", result=HandOverResult.REPLY, by=by, at=at)


@transaction.atomic
def note(hand_over: HandOver, *, verdict: str = "", by: User, at: datetime) -> HandOver:
    """Close it: those who handed it over have read the result, and of intelligence say what it means for it.

    Raises `Refused` (wrong_state, no_verdict).
    """
    permissions.require(by, hand_over.handled_with)
    hand_over = trail.locked(hand_over, among=HandOver.objects.visible_to(by))
    refuse_for(rules.note_blockers(hand_over, verdict=verdict))
    noted = trail.move(hand_over, "note", by=by, at=at, noted_by=by, noted_at=at, verdict=verdict)
    if noted.intelligence is not None:
        trail.record(noted.intelligence, "judge_by_result", by=by, at=at, hand_over=noted, verdict=verdict)
    return noted


# --- what a visit does by the hook of `inspections.actions` (`after_inspection` of the configuration) ---


@transaction.atomic
def answer_from_visit(inspection: Inspection, *, by: User, at: datetime) -> None:
    """Answer by the codes of what a confirmed visit found, whatever it was commissioned for."""
    unmet = list(findings.unmet([inspection]))
    result = HandOverResult.NOT_MET if unmet else HandOverResult.MET
    for hand_over in _of_visit(inspection):
        _answer(hand_over, "answer_from_visit", result=result, standards=unmet, by=by, at=at)


@transaction.atomic
def call_back(inspection: Inspection, *, by: User, at: datetime) -> None:
    """A visit that is called off answers nothing: someone commissions another, or says why not."""
    for hand_over in _of_visit(inspection):
        trail.move(hand_over, "call_back", by=by, at=at, inspection=None)


def _of_visit(inspection: Inspection) -> list[HandOver]:
    under_way = HandOver.objects.filter(inspection=inspection, status=HandOverStatus.UNDER_WAY)
    return [trail.locked(one) for one in under_way.order_by("pk")]


def _acted_on(hand_over: HandOver, by: User) -> HandOver:
    """The hand-over, locked, if this person is one of those who act on its kind."""
    permissions.require(by, COMMISSIONS if hand_over.is_for_visit else PROPOSES)
    return trail.locked(hand_over, among=HandOver.objects.visible_to(by))


def _write(hand_over: HandOver, text: str) -> None:
    hand_over.answer_text = text.strip()
    hand_over.save(update_fields=["answer_text"])


def _answer(hand_over: HandOver, move: str, *, by: User, at: datetime, **facts: Any) -> HandOver:
    return trail.move(hand_over, move, by=by, at=at, answered_by=by, answered_at=at, **facts)
