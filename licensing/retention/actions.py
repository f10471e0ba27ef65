"""What was answered is held no longer than the scheme says."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from licensing.applications.models import Application
from licensing.duties.models import DutyReminder, DutyText
from licensing.holding.models import Change
from licensing.insurances.models import InsuranceProof
from licensing.requests.models import RequestItem
from licensing.retention import rules
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.retention import actions as erasures
from registry.retention import queries as retention
from registry.retention.models import ERASED, Erasure
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
