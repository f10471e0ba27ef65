"""What becomes of a finding: the business is asked to put it right, shows it, and is judged.

What workers got back because of an inspection: written down by one person, confirmed by another, then counted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.exhibits.models import EvidenceItem
from compliance.follow_ups import letters, rules
from compliance.follow_ups.models import TO_DO, FollowUp, FollowUpAnswer, Remedy
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries.findings import scheme_of, unmet
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import refuse_for
from registry.letters.models import Letter
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import Upload

JUDGES = "compliance.judge_follow_ups"


@transaction.atomic
def ask(inspection: Inspection, *, standard: str, action: str, due_on: date, by: User, at: datetime) -> FollowUp:
    """Ask the business to put right what was found, by a day; it is told by letter and finds it among what it has to do.

    Raises `Refused` (not_confirmed, not_theirs, not_unmet, no_action, due_in_the_past).
    """
    permissions.require(by, "compliance.ask_follow_up")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.ask_blockers(inspection, by=by))
    found, today = unmet([inspection]), timezone.localdate(at)
    refuse_for(rules.asked_blockers(standard=standard, unmet=found, action=action, due_on=due_on, on=today))
    follow_up = FollowUp.objects.create(
        reference=new_reference("F"),
        inspection=inspection,
        standard=standard,
        action=action.strip(),
        due_on=due_on,
        asked_by=by,
        asked_at=at,
    )
    trail.record(follow_up, "ask", by=by, at=at, after=follow_up.status, inspection=inspection, due_on=due_on)
    letters.follow_up(follow_up, "asked", at=at)
    return follow_up


@transaction.atomic
def answer(follow_up: FollowUp, *, text: str, uploads: Iterable[Upload] = (), by: User, at: datetime) -> FollowUpAnswer:
    """The business says and shows what it has put right; from now on it waits for us.

    Raises `Refused` (wrong_state, nothing_said, not_covered, quota …).
    """
    permissions.require(by, "licensing.apply")
    follow_up = trail.locked(follow_up, among=FollowUp.objects.of(Organisation.objects.acted_for_by(by)))
    organisation = follow_up.inspection.organisation
    refuse_for(permissions.act_blockers(by, organisation, Act.REPLY, on=timezone.localdate(at)))
    refuse_for(rules.answer_blockers(follow_up, text=text))
    said = FollowUpAnswer.objects.create(follow_up=follow_up, text=text.strip(), answered_by=by, answered_at=at)
    for upload in uploads:
        documents.receive(organisation, upload=upload, about=follow_up.reference, by=by, at=at)
    trail.move(follow_up, "answer", by=by, at=at)
    return said


@transaction.atomic
def tell_of_rejection(document: Document, *, by: None, at: datetime) -> Letter | None:
    """Write to the business whose file was rejected after it had been sent with an answer."""
    follow_up = FollowUp.objects.select_related("inspection__organisation").filter(reference=document.about).first()
    if follow_up is None or follow_up.status not in TO_DO:
        return None
    return letters.file_rejected(follow_up, document, at=at)


@transaction.atomic
def send_back(follow_up: FollowUp, *, because: str, by: User, at: datetime) -> FollowUp:
    """Say what is still missing from what the business has sent; it is its turn again, by the same day."""
    permissions.require(by, JUDGES)
    follow_up = trail.locked(follow_up)
    refuse_for(permissions.conflict_blockers(by, follow_up.inspection.organisation))
    refuse_for(rules.judge_blockers(follow_up, "send_back", because=because, by=by))
    trail.move(follow_up, "send_back", by=by, at=at, because=because, sent_back_because=because)
    letters.follow_up(follow_up, "sent_back", because=because, at=at)
    return follow_up


@transaction.atomic
def accept(follow_up: FollowUp, *, because: str, by: User, at: datetime) -> FollowUp:
    """Find that it has been put right: on what the business sent, or on what a visit found."""
    permissions.require(by, JUDGES)
    follow_up = trail.locked(follow_up)
    refuse_for(permissions.conflict_blockers(by, follow_up.inspection.organisation))
    refuse_for(rules.judge_blockers(follow_up, "accept", because=because, by=by))
    judged = {"judged_by": by, "judged_at": at, "judged_because": because}
    trail.move(follow_up, "accept", by=by, at=at, because=because, **judged)
    letters.follow_up(follow_up, "met", because=because, at=at)
    return follow_up


@transaction.atomic
def fail(follow_up: FollowUp, *, because: str, by: User, at: datetime) -> FollowUp:
    """Find that it has not been put right. What follows from it is for those who decide about the licence."""
    permissions.require(by, JUDGES)
    follow_up = trail.locked(follow_up)
    refuse_for(permissions.conflict_blockers(by, follow_up.inspection.organisation))
    refuse_for(rules.judge_blockers(follow_up, "fail", because=because, by=by))
    judged = {"judged_by": by, "judged_at": at, "judged_because": because}
    trail.move(follow_up, "fail", by=by, at=at, because=because, **judged)
    letters.follow_up(follow_up, "not_met", because=because, at=at)
    return follow_up


@transaction.atomic
def extend(follow_up: FollowUp, *, due_on: date, because: str, by: User, at: datetime) -> FollowUp:
    """Give the business until a later day, and say why."""
    permissions.require(by, JUDGES)
    follow_up = trail.locked(follow_up)
    refuse_for(permissions.conflict_blockers(by, follow_up.inspection.organisation))
    refuse_for(rules.extend_blockers(follow_up, due_on=due_on, because=because, by=by))
    before = follow_up.due_on
    follow_up.due_on = due_on
    follow_up.save(update_fields=["due_on"])
    trail.record(follow_up, "extend", by=by, at=at, because=because, was_due_on=before, due_on=due_on)
    letters.follow_up(follow_up, "extended", because=because, at=at)
    return follow_up


@transaction.atomic
def send_visit(follow_up: FollowUp, *, inspector: User, due_on: date, by: User, at: datetime) -> Inspection:
    """Send an inspector to see whether it has been put right: a verification visit of that one standard.

    Raises `Refused` (visited_already, wrong_state, and what `inspections.commission` refuses).
    """
    permissions.require(by, "compliance.commission_inspection")
    follow_up = trail.locked(follow_up)
    refuse_for(permissions.conflict_blockers(by, follow_up.inspection.organisation))
    refuse_for(rules.visit_blockers(follow_up))
    first = follow_up.inspection
    visit = inspections.commission(
        first.organisation,
        kind=InspectionKind.VERIFICATION,
        scheme=scheme_of(first),
        facts=first.facts,
        brief=follow_up.action,
        only=[follow_up.standard],
        case=follow_up.reference,
        licence_number=first.licence_number,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )
    follow_up.verification = visit
    follow_up.save(update_fields=["verification"])
    trail.record(follow_up, "send_visit", by=by, at=at, inspection=visit)
    return visit


@transaction.atomic
def remind(follow_up: FollowUp, *, by: None, at: datetime) -> FollowUp:
    """Remind the business before the day, and tell it once when it has missed it. By the clock: nobody does it."""
    follow_up = trail.locked(follow_up)
    is_late = follow_up.is_overdue(timezone.localdate(at))
    field = "chased_for" if is_late else "reminded_for"
    setattr(follow_up, field, follow_up.due_on)
    follow_up.save(update_fields=[field])
    trail.record(follow_up, "remind", by=by, at=at, due_on=follow_up.due_on, is_late=is_late)
    letters.follow_up(follow_up, "missed" if is_late else "reminder", at=at)
    return follow_up


@transaction.atomic
def record(
    inspection: Inspection,
    *,
    kind: str,
    workers: int,
    pence: int,
    shown_by: str,
    exhibit: EvidenceItem | None = None,
    follow_up: FollowUp | None = None,
    by: User,
    at: datetime,
) -> Remedy:
    """Write down what how many workers got, and how that is known. Raises `Refused` (not_theirs, no_workers, not_shown …)."""
    permissions.require(by, "compliance.record_remedies")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.record_blockers(inspection, by=by))
    refuse_for(rules.remedy_blockers(kind=kind, workers=workers, pence=pence, shown_by=shown_by))
    remedy = Remedy.objects.create(
        inspection=inspection,
        number=inspection.remedies.count() + 1,
        kind=kind,
        workers=workers,
        pence=pence,
        shown_by=shown_by.strip(),
        exhibit=exhibit,
        follow_up=follow_up,
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(remedy, "record", by=by, at=at, remedy=kind, workers=workers, pence=pence)
    return remedy


@transaction.atomic
def confirm(remedy: Remedy, *, by: User, at: datetime) -> Remedy:
    """Say as a second person that it was paid: from now on it is counted, and nobody changes it."""
    permissions.require(by, "compliance.confirm_remedies")
    remedy = _locked(remedy)
    refuse_for(permissions.conflict_blockers(by, remedy.inspection.organisation))
    refuse_for(rules.confirm_blockers(remedy, by=by))
    remedy.confirmed_by, remedy.confirmed_at = by, at
    remedy.save(update_fields=["confirmed_by", "confirmed_at"])
    trail.record(remedy, "confirm", by=by, at=at, workers=remedy.workers, pence=remedy.pence)
    return remedy


@transaction.atomic
def turn_down(remedy: Remedy, *, because: str, by: User, at: datetime) -> Remedy:
    """Say as a second person that it is not shown to have been paid: it is not counted, and stays with the reason."""
    permissions.require(by, "compliance.confirm_remedies")
    remedy = _locked(remedy)
    refuse_for(permissions.conflict_blockers(by, remedy.inspection.organisation))
    refuse_for(rules.turn_down_blockers(remedy, because=because, by=by))
    remedy.turned_down_because = because
    remedy.save(update_fields=["turned_down_because"])
    trail.record(remedy, "turn_down", by=by, at=at, because=because)
    return remedy


def _locked(remedy: Remedy) -> Remedy:
    return trail.locked(remedy, among=Remedy.objects.select_related("inspection__organisation"))
