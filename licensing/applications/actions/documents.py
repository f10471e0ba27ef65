"""Evidence that goes with an application: handed in for a requirement of the pack, or taken back while it is a draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications import letters
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries import documents as documents_queries
from licensing.applications.rules import documents as rules
from licensing.applications.states import NOT_OVER
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import refuse_for
from registry.letters.models import Letter
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus
from registry.memberships.states import Act
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def hand_in(
    application: Application, *, requirement: str, uploads: Sequence[Upload], by: User, at: datetime
) -> list[Document]:
    """Keep files as evidence for one requirement of the pack; all of them or none.

    Raises `Refused` (not_asked, handed_in, too_many_here, and the reasons of `registry.documents.actions.receive`).
    """
    application = _own(application, by=by, at=at)
    filled = applications.form_of(application, today=timezone.localdate(at))
    shown = next(
        (one for one in documents_queries.documents_shown(application, filled) if one.code == requirement), None
    )
    refuse_for(rules.hand_in_blockers(application, shown, adding=len(uploads)))
    return [
        documents.receive(
            application.organisation,
            upload=upload,
            about=application.reference,
            requirement=requirement,
            by=by,
            at=at,
        )
        for upload in uploads
    ]


@transaction.atomic
def remove(application: Application, *, document: Document, by: User, at: datetime) -> Document:
    """Remove a file from a draft; what was handed in stays."""
    application = _own(application, by=by, at=at)
    refuse_for(rules.remove_blockers(application))
    return documents.remove(documents_queries.documents_of(application).get(pk=document.pk), by=by, at=at)


@transaction.atomic
def tell_of_rejection(document: Document, *, by: None, at: datetime) -> Letter | None:
    """Write to the organisation whose file was rejected after it had been sent to us; the page of a draft says so itself."""
    application = Application.objects.handed_in().filter(reference=document.about).first()
    if application is not None:
        is_open = application.status in NOT_OVER
        return letters.file_rejected(document, application=application, at=at) if is_open else None
    condition = Condition.objects.select_related("licence__organisation").filter(reference=document.about).first()
    if condition is None or condition.status != ConditionStatus.OPEN:
        return None
    return letters.file_rejected(document, condition=condition, at=at)


def _own(application: Application, *, by: User, at: datetime) -> Application:
    permissions.require(by, "licensing.apply")
    application = trail.locked(application, among=Application.objects.acted_for_by(by).select_related("organisation"))
    refuse_for(permissions.act_blockers(by, application.organisation, Act.FILL_IN, on=timezone.localdate(at)))
    return application
