"""What was answered is held no longer than the scheme says; what else rests on it is erased only if two people agree."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.duties.models import DutyReminder, DutyText
from licensing.holding.models import Change
from licensing.insurances.models import InsuranceProof
from licensing.requests.models import RequestItem
from licensing.retention import rules
from licensing.retention.models import ErasureBatch, ErasureFailure
from licensing.retention.queries import approvals
from licensing.retention.states import ERASES
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.retention import actions as erasures
from registry.retention import queries as retention
from registry.retention.models import ERASED, Erasure
from registry.retention.queries import DueErasure
from registry.trail.actions import events as trail


@transaction.atomic
def erase_answers(application: Application, *, rule: str, by: None, at: datetime) -> Application:
    """Erase what was answered, signed and uploaded with an application, and what was told of the licence it led to.

    That it was made, and how it was decided, stays; the links that people were sent lead nowhere any more.

    `rule` is the line of the scheme's table. Raises `Refused` (in_hand, held).
    """
    application = trail.locked(application)
    is_kept = retention.is_kept(Organisation.objects.filter(pk=application.organisation_id))
    refuse_for(rules.erase_blockers(application, is_kept=is_kept))
    answers = application.answers.order_by("pk")
    asked = RequestItem.objects.filter(request__application=application).exclude(answer="").order_by("pk")
    wishes = application.requests.exclude(wanted_because="").order_by("pk")
    parts = application.parts.order_by("pk")
    # What the holder has told since was told of the licence that the answers led to.
    told = Change.objects.saying_something().filter(licence=application.licence_id).order_by("pk")
    said: dict[str, list[Any]] = {
        "answers": list(answers.values("page", "item", "data")),
        "requests": list(asked.values("request__reference", "number", "answer")),
        "wishes": list(wishes.values("reference", "wanted_because")),
        "parts": list(parts.values("reference", "name", "address", "signed_name", "signed_digest")),
        "changes": list(told.values("reference", "data", "called")),
    }
    proofs = InsuranceProof.objects.exclude(because="").filter(licence=application.licence_id).order_by("pk")
    said["insurances"] = list(proofs.values("reference", "because"))
    insured = InsuranceProof.objects.filter(licence=application.licence_id).values_list("reference", flat=True)
    files = Document.objects.filter(about__in=[application.reference, *insured]).on_disk().order_by("pk")
    said["documents"] = list(files.values_list("digest", flat=True))
    things = sum(len(of_a_kind) for of_a_kind in said.values())
    erasures.note(application, rule=rule, content={**said, "facts": application.facts}, things=things, by=by, at=at)
    for document in files:
        documents.remove(document, by=by, at=at)
    asked.update(answer="")
    wishes.update(wanted_because="")
    answers.delete()
    parts.delete()
    told.update(data={}, called="")
    proofs.update(because=ERASED)
    application.facts, application.signed_name = {}, ""
    application.save(update_fields=["facts", "signed_name"])
    return application


@transaction.atomic
def erase_reminders(day: date, *, by: None, at: datetime) -> Erasure:
    """Erase who was reminded of the duties of this day, by email and by text."""
    rows = [
        (DutyText.objects.filter(due_on=day), ("user__reference", "more")),
        (DutyReminder.objects.filter(due_on=day), ("user__reference", "stage", "at")),
    ]
    content = [list(found.order_by("pk").values_list("pk", *columns)) for found, columns in rows]
    things = sum(map(len, content))
    erasure = erasures.note_day(
        day, kind="dutyreminder", rule="reminders", content=content, things=things, by=by, at=at
    )
    for found, _columns in rows:
        found.delete()
    return erasure


# --- what two people let erase ---


@transaction.atomic
def list_batch(things: Sequence[DueErasure], *, by: None, at: datetime) -> ErasureBatch:
    """List what is due by rules that ask for two people, for as long as the pack says. A hold placed meanwhile keeps what it is on."""
    today = timezone.localdate(at)
    ready_on = today + timedelta(days=approvals.days_listed(things, today))
    batch = ErasureBatch.objects.create(
        reference=new_reference("ZE"),
        things=[list(approvals.key_of(one)) for one in things],
        listed_at=at,
        ready_on=ready_on,
        propose_by=ready_on + timedelta(days=rules.DAYS_TO_PROPOSE),
    )
    trail.record(batch, "list_batch", by=by, at=at, after=batch.status, things=len(things), ready_on=ready_on)
    return batch


@transaction.atomic
def propose_erasure(batch: ErasureBatch, *, by: User, at: datetime) -> ErasureBatch:
    """Propose that what was listed is erased for good. Raises `Refused` (wrong_state, still_listed)."""
    permissions.require(by, ERASES)
    batch = trail.locked(batch, among=ErasureBatch.objects.visible_to(by))
    refuse_for(rules.propose_erasure_blockers(batch, today=timezone.localdate(at)))
    return trail.move(batch, "propose_erasure", by=by, at=at, proposed_by=by, proposed_at=at)


@transaction.atomic
def approve_erasure(batch: ErasureBatch, *, by: User, at: datetime) -> ErasureBatch:
    """Agree as a second person; the worker erases at night what no hold keeps. Raises `Refused` (wrong_state, same_person)."""
    permissions.require(by, ERASES)
    batch = trail.locked(batch, among=ErasureBatch.objects.visible_to(by))
    refuse_for(rules.decide_erasure_blockers(batch, "approve_erasure", by=by))
    return trail.move(batch, "approve_erasure", by=by, at=at, decided_by=by, decided_at=at)


@transaction.atomic
def refuse_erasure(batch: ErasureBatch, *, because: str, by: User, at: datetime) -> ErasureBatch:
    """Do not agree: what is still due is listed again the next night. Raises `Refused` (wrong_state, same_person)."""
    permissions.require(by, ERASES)
    batch = trail.locked(batch, among=ErasureBatch.objects.visible_to(by))
    refuse_for(rules.decide_erasure_blockers(batch, "refuse_erasure", by=by))
    return trail.move(batch, "refuse_erasure", by=by, at=at, because=because, decided_by=by, decided_at=at)


@transaction.atomic
def finish_erasure(batch: ErasureBatch, *, by: None, at: datetime) -> ErasureBatch:
    """Nothing of the batch is due any more: it was erased, or is kept."""
    batch = trail.locked(batch)
    return trail.move(batch, "finish_erasure", by=by, at=at, ended_at=at, erased=approvals.erased_of(batch))


# --- what could not be erased ---


@transaction.atomic
def note_failure(due: DueErasure, *, why: str, fault: str, by: None, at: datetime) -> ErasureFailure:
    """Write down that something could not be erased, so that people see it and all else goes before it."""
    known = ErasureFailure.objects.failing().filter(rule=due.rule, kind=due.kind, thing=due.reference).first()
    if known is not None:
        return fail_again(known, why=why, fault=fault, by=by, at=at)
    failure = ErasureFailure.objects.create(
        reference=new_reference("ZF"),
        rule=due.rule,
        kind=due.kind,
        thing=due.reference,
        first_at=at,
        tried_at=at,
        why=why,
        fault=fault,
    )
    trail.record(failure, "note_failure", by=by, at=at, after=failure.status, rule=due.rule, due=due.reference)
    return failure


@transaction.atomic
def fail_again(failure: ErasureFailure, *, why: str, fault: str, by: None, at: datetime) -> ErasureFailure:
    """It failed on a later night, too."""
    failure = trail.locked(failure)
    tries = failure.tries + 1
    return trail.move(failure, "fail_again", by=by, at=at, tries=tries, tried_at=at, why=why, fault=fault)


@transaction.atomic
def settle_failure(failure: ErasureFailure, *, by: None, at: datetime) -> ErasureFailure:
    """It was erased after all, or is not due any more: a hold keeps it."""
    failure = trail.locked(failure)
    return trail.move(failure, "settle_failure", by=by, at=at, settled_at=at)
