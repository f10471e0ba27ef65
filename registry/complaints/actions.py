"""Receive, answer and look again at complaints about our service, and erase them when their time is over."""

from datetime import datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.complaints import letters, rules
from registry.complaints.models import Complaint
from registry.complaints.states import ANSWERS, RECORDS, REVIEWS_ANSWERS, ComplaintChannel
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.retention.actions import note
from registry.retention.models import ERASED
from registry.tasks.queries import open_task_of
from registry.trail.actions import events as trail


@transaction.atomic
def receive_complaint(
    *,
    once: str,
    kind: str,
    about: str,
    text: str,
    name: str = "",
    email: str = "",
    language: str,
    channel: str = ComplaintChannel.FORM,
    by: User | None,
    at: datetime,
) -> Complaint:
    """Keep a complaint from the public form, or one that a member of staff records. Sent twice, it is kept once.

    Raises `Refused` (no_text).
    """
    if by is not None:
        permissions.require(by, RECORDS)
    refuse_for(rules.receive_blockers(text))
    complaint, is_new = Complaint.objects.get_or_create(
        once=once,
        defaults={
            "reference": new_reference("CM"),
            "kind": kind,
            "about": about,
            "channel": channel,
            "language": language,
            "text": text.strip(),
            "name": name.strip(),
            "email": email,
            "received_at": at,
            "recorded_by": by,
        },
    )
    if is_new:
        trail.record(
            complaint, "receive_complaint", by=by, at=at, after=complaint.status, kind_of_complaint=kind, part=about
        )
        task = open_task_of(complaint)
        letters.tell(complaint, "complaint_received", day=task.due_on if task else None, at=at)
    return complaint


@transaction.atomic
def answer_complaint(complaint: Complaint, *, outcome: str, answer: str, by: User, at: datetime) -> Complaint:
    """Answer it, and say whether it is upheld. Raises `Refused` (wrong_state, no_answer)."""
    permissions.require(by, ANSWERS)
    complaint = trail.locked(complaint)
    refuse_for(rules.answer_blockers(complaint, "answer_complaint", answer, by=by))
    complaint.answer = answer.strip()
    facts: dict[str, Any] = {"outcome": outcome, "answered_by": by, "answered_at": at}
    complaint = _moved(complaint, "answer_complaint", "answer", **facts, by=by, at=at)
    letters.tell(complaint, "complaint_answered", at=at)
    return complaint


@transaction.atomic
def ask_for_review(complaint: Complaint, *, because: str, by: User | None, at: datetime) -> Complaint:
    """Ask that someone else looks at it: by the person who complained, or by staff for them. Raises `Refused`."""
    if by is not None:
        permissions.require(by, ANSWERS)
    complaint = trail.locked(complaint)
    refuse_for(rules.review_blockers(complaint, because))
    complaint.review_because = because.strip()
    return _moved(complaint, "ask_for_review", "review_because", review_asked_at=at, by=by, at=at)


@transaction.atomic
def answer_review(complaint: Complaint, *, outcome: str, answer: str, by: User, at: datetime) -> Complaint:
    """Answer it as a second person. Raises `Refused` (wrong_state, same_person, no_answer)."""
    permissions.require(by, REVIEWS_ANSWERS)
    complaint = trail.locked(complaint)
    refuse_for(rules.answer_blockers(complaint, "answer_review", answer, by=by))
    complaint.review_answer = answer.strip()
    facts: dict[str, Any] = {"review_outcome": outcome, "reviewed_by": by, "reviewed_at": at}
    complaint = _moved(complaint, "answer_review", "review_answer", **facts, by=by, at=at)
    letters.tell(complaint, "complaint_answered", at=at)
    return complaint


@transaction.atomic
def erase_complaint(complaint: Complaint, *, rule: str, by: None, at: datetime) -> Complaint:
    """Erase who complained, what was said and what was answered. What is counted stays."""
    complaint = trail.locked(complaint)
    held = {field: getattr(complaint, field) for field in Complaint.PRIVATE if getattr(complaint, field)}
    note(complaint, rule=rule, content=held, things=len(held), by=by, at=at)
    for field in held:
        setattr(complaint, field, "" if field in {"name", "email"} else ERASED)
    complaint.save(update_fields=list(held))
    sending.forget("registry/letters/complaint_", about=[complaint.reference])
    return complaint


def _moved(complaint: Complaint, name: str, field: str, *, by: User | None, at: datetime, **facts: Any) -> Complaint:
    """With what was written in `field`, which is no fact of the event: the trail is kept for good, and words about people are not."""
    complaint.save(update_fields=[field])
    return trail.move(complaint, name, by=by, at=at, **facts)
