"""What is done with evidence: received, released or rejected by the scanner, removed by who handed it in.

What it is about is written by reference: whose case it is, and whether that case takes documents now, is the caller's rule.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from registry import permissions
from registry import uploads as files
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import rules
from registry.documents.models import Document
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import ScanVerdict, StorageArea, Upload, UploadCheck


@transaction.atomic
def receive(
    organisation: Organisation, *, upload: Upload, about: str, requirement: str = "", by: User, at: datetime
) -> Document:
    """Keep a file for an organisation that this user acts for. Until the scanner has passed it nobody can open it.

    Raises `Refused` (disk_full, too_many_documents, quota).
    """
    permissions.require(by, "registry.hand_in_document")
    organisation = trail.locked(organisation, among=Organisation.objects.acted_for_by(by))
    own = Document.objects.filter(organisation=organisation)
    refuse_for(
        rules.receive_blockers(
            size=len(upload.content or upload.original),
            of_case=own.about(about).there().count(),
            of_organisation=own.total_size(),
            disk_is_full=files.is_nearly_full(),
        )
    )
    return _keep(organisation, upload=upload, about=about, requirement=requirement, by=by, at=at)


@transaction.atomic
def receive_from_agency(*, upload: Upload, about: str, by: User, at: datetime) -> Document:
    """Keep a file that another authority has sent with a reply: of no organisation, and read by those who may read the reply.

    Raises `Refused` (disk_full, too_many_documents).
    """
    return _of_no_organisation("registry.keep_agency_document", upload=upload, about=about, by=by, at=at)


@transaction.atomic
def receive_exhibit(*, upload: Upload, about: str, by: User, at: datetime) -> Document:
    """Keep a file that an officer has made or taken on a visit: of no organisation, and read by those who may read the visit.

    Raises `Refused` (disk_full, too_many_documents).
    """
    return _of_no_organisation("registry.keep_exhibit", upload=upload, about=about, by=by, at=at)


@transaction.atomic
def receive_for_file(*, upload: Upload, about: str, by: User, at: datetime) -> Document:
    """Keep a file that an officer adds to a case: of no organisation, and read by those who may read the case.

    Raises `Refused` (disk_full, too_many_documents).
    """
    return _of_no_organisation("registry.keep_case_document", upload=upload, about=about, by=by, at=at)


@transaction.atomic
def receive_taken_over(organisation: Organisation, *, upload: Upload, about: str, by: User, at: datetime) -> Document:
    """Keep a file that another authority has kept of a holder. The scanner looks at it as at any other.

    Raises `Refused` (disk_full, too_many_documents, quota).
    """
    permissions.require(by, "registry.import_lists")
    own = Document.objects.filter(organisation=organisation)
    refuse_for(
        rules.receive_blockers(
            size=len(upload.original),
            of_case=own.about(about).there().count(),
            of_organisation=own.total_size(),
            disk_is_full=files.is_nearly_full(),
        )
    )
    return _keep(organisation, upload=upload, about=about, requirement="", by=by, at=at)


def _of_no_organisation(permission: str, *, upload: Upload, about: str, by: User, at: datetime) -> Document:
    permissions.require(by, permission)
    size, there = len(upload.content or upload.original), Document.objects.about(about).there().count()
    full = files.is_nearly_full()
    refuse_for(rules.receive_blockers(size=size, of_case=there, of_organisation=0, disk_is_full=full))
    return _keep(None, upload=upload, about=about, requirement="", by=by, at=at)


def _keep(
    organisation: Organisation | None, *, upload: Upload, about: str, requirement: str, by: User, at: datetime
) -> Document:
    document = Document.objects.create(
        reference=new_reference("E"),
        organisation=organisation,
        about=about,
        requirement=requirement,
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content or upload.original),
        digest=upload.digest,
        original_digest=upload.original_digest,
        uploaded_by=by,
        uploaded_at=at,
    )
    if upload.content:
        files.keep(StorageArea.KEPT, document.stored_as, upload.content)
    # The name is the uploader's own words and stays off the trail; the digests say which file it was.
    trail.record(
        document,
        "receive",
        by=by,
        at=at,
        after=document.status,
        about=about,
        requirement=requirement,
        digest=upload.digest,
        original_digest=upload.original_digest,
    )
    if upload.content and upload.verdict in PASSES:
        return release(document, verdict=upload.verdict, by=None, at=at)
    files.keep(StorageArea.HELD, document.stored_as, upload.original)
    return document


PASSES = frozenset({ScanVerdict.CLEAN, ScanVerdict.NOT_SCANNED})


@transaction.atomic
def release(
    document: Document, *, verdict: ScanVerdict, judged: UploadCheck | None = None, by: None, at: datetime
) -> Document:
    """Let the document be opened: the scanner has passed it. `judged` is what is served, if that was not made before.

    What was uploaded is not kept any longer; its digest is.
    """
    document = trail.locked(document)
    refuse_for(rules.release_blockers(document, verdict=verdict))
    made: dict[str, Any] = {}
    if judged and not document.digest:
        files.keep(StorageArea.KEPT, document.stored_as, judged.content)
        made = {"digest": judged.digest, "size": len(judged.content)}
    trail.move(document, "release", by=by, at=at, scan=verdict.value, checked_at=at, **made)
    _forget(StorageArea.HELD, document)
    return document


@transaction.atomic
def reject(document: Document, *, fault: str, because: str, by: None, at: datetime) -> Document:
    """Throw the file away: something is wrong with it. That it was handed in, and what was wrong, stays known.

    The rooms of the cases that it can belong to tell the person who uploaded it (`tells_of_rejection` of each app).
    """
    document = trail.locked(document)
    trail.move(document, "reject", by=by, at=at, because=because, checked_at=at, fault=fault)
    _forget(StorageArea.HELD, document)
    _forget(StorageArea.KEPT, document)
    for config in apps.get_app_configs():
        for path in getattr(config, "tells_of_rejection", ()):
            tell: Callable[..., object] = import_string(path)
            tell(document, by=by, at=at)
    return document


@transaction.atomic
def remove(document: Document, *, by: User | None, at: datetime) -> Document:
    """Take back what was handed in; the file is deleted, and the trail keeps that it was there. `None` is the job that
    erases what has been held long enough."""
    if by is not None:
        permissions.require(by, "registry.hand_in_document")
        document = Document.objects.filter(organisation__in=Organisation.objects.acted_for_by(by)).get(pk=document.pk)
    document = trail.locked(document)
    trail.move(document, "remove", by=by, at=at)
    _forget(StorageArea.HELD, document)
    _forget(StorageArea.KEPT, document)
    return document


def _forget(shelf: StorageArea, document: Document) -> None:
    """Once it is certain: a transaction that comes to nothing leaves the file where it is.

    Robust, as it is certain: what the storage does not remove now, `verify_documents` removes by night.
    """
    transaction.on_commit(partial(files.discard, shelf, document.stored_as), robust=True)
