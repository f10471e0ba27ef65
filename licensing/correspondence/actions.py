"""What officers add to a file; and the emails that arrive for one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.checks.queries import checks
from licensing.correspondence import letters, queries
from licensing.correspondence.models import FileEntry
from licensing.correspondence.rules import entries as rules
from licensing.correspondence.rules.mail import Attachment, ReceivedMail
from licensing.correspondence.states import ADDS, EntryDirection, EntryKind
from registry import permissions
from registry import uploads as files
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.errors import Reason, Refused, refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload, UploadKind

REFERENCE = "FE"
#: Of one email.
MOST_ATTACHMENTS = 10
TOO_MANY = _("an email brings at most ten files")
NO_FILE = _("There is no file with this reference that you may see.")


@transaction.atomic
def add_to_file(
    subject: models.Model,
    *,
    kind: str,
    title: str,
    happened_on: date,
    with_whom: str = "",
    text: str = "",
    direction: str = EntryDirection.RECEIVED,
    may_be_shown: bool = False,
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> FileEntry:
    """Put a document, a letter or a note of a call on the file of an application, a licence, a decision or an appeal.

    `may_be_shown`: a decision about its subject may name it as evidence, and its subject then reads what it is called.
    Raises `Refused` (no_title, no_file, no_words, day_too_late, and the reasons of `registry.documents.actions`).
    """
    permissions.require(by, ADDS)
    trail.locked(subject)
    whose = queries.organisations_of(subject)
    refuse_for(permissions.conflict_blockers(by, *whose))
    today = timezone.localdate(at)
    blockers = rules.add_blockers(
        kind=kind, title=title, text=text, happened_on=happened_on, files=len(uploads), today=today
    )
    refuse_for([*blockers, *checks.repeats(whose[0], {"title": title, "text": text})])
    entry = FileEntry.objects.create(
        reference=new_reference(REFERENCE),
        organisation=whose[0],
        kind=EntryKind(kind),
        direction=EntryDirection(direction),
        with_whom=with_whom,
        title=title,
        text=text,
        happened_on=happened_on,
        may_be_shown=may_be_shown,
        added_by=by,
        added_at=at,
        **_on(subject),
    )
    _keep(entry, uploads, by=by, at=at)
    # What it is called and says may name people, and stays off the trail.
    return trail.move(entry, "add_to_file", by=by, at=at)


@transaction.atomic
def receive_mail(mail: ReceivedMail, *, by: User, at: datetime) -> FileEntry | None:
    """Keep an email that arrived, on the file that it names; one that names none waits for a person to find it.

    `by` answers for the mailbox. The address of the sender is what the email says: anyone can write any. Attachments that no
    form would take are named and not kept. Returns nothing where the same email is there already.
    """
    permissions.require(by, ADDS)
    if FileEntry.objects.filter(mail_id=mail.mail_id).exists():
        return None
    subject = queries.first_subject_of(mail.references, by=by)
    uploads, not_kept = _taken(mail.attachments)
    entry = FileEntry.objects.create(
        reference=new_reference(REFERENCE),
        organisation=queries.organisations_of(subject)[0] if subject else None,
        kind=EntryKind.MAIL,
        direction=EntryDirection.RECEIVED,
        with_whom=mail.name,
        address=mail.address,
        title=mail.title,
        text=mail.text,
        happened_on=mail.sent_on,
        mail_id=mail.mail_id,
        not_kept=not_kept,
        added_by=by,
        added_at=at,
        **(_on(subject) if subject else {}),
    )
    _keep(entry, uploads, by=by, at=at)
    if subject is not None:
        return trail.move(entry, "receive_mail", by=by, at=at)
    trail.record(entry, "receive_mail", by=by, at=at, after=entry.status)
    return entry


def _taken(attachments: Sequence[Attachment]) -> tuple[list[Upload], list[str]]:
    """The attachments that may be kept; of the others, what each is called and what is wrong with it."""
    taken: list[Upload] = []
    others: list[str] = []
    for one in attachments:
        if len(taken) >= MOST_ATTACHMENTS:
            others.append(f"{files.shown_name(one.name)}: {TOO_MANY}")
            continue
        try:
            taken.append(files.received(one.name, one.content, size=len(one.content), kinds=frozenset(UploadKind)))
        except Refused as refused:
            others += [f"{files.shown_name(one.name)}: {reason.text}" for reason in refused.reasons]
    return taken, others


@transaction.atomic
def match(entry: FileEntry, *, about: str, by: User, at: datetime) -> FileEntry:
    """Put an email on the file of this reference; the officer of that case reads it.

    Raises `Refused` (no_such_file, where there is none that this person may see).
    """
    permissions.require(by, ADDS)
    entry = trail.locked(entry)
    subject = queries.subject_of(about, by=by)
    if subject is None:
        raise Refused([Reason("no_such_file", NO_FILE, "about")])
    refuse_for(permissions.conflict_blockers(by, *queries.organisations_of(subject)))
    return trail.move(entry, "match", by=by, at=at, organisation=queries.organisations_of(subject)[0], **_on(subject))


@transaction.atomic
def mark_read(entry: FileEntry, *, by: User, at: datetime) -> FileEntry:
    """Say that an email was read, and what it asks for has been done or begun."""
    entry = _handled(entry, by)
    return trail.move(entry, "mark_read", by=by, at=at, handled_by=by, handled_at=at)


@transaction.atomic
def answer_mail(entry: FileEntry, *, text: str, has_asked: bool = False, by: User, at: datetime) -> FileEntry:
    """Answer an email from its file: the answer is mailed, and is on the same file. The email is read then.

    The subject line has the reference of the file, so what comes back is put there. `has_asked`: this person has asked whose
    address it is, where it is none of the business. Raises `Refused` (no_mail, no_file_yet, no_words, unknown_address).
    """
    entry = _handled(entry, by)
    is_known = queries.is_known_address(entry, timezone.localdate(at))
    refuse_for(rules.answer_blockers(entry, text=text, is_known=is_known, has_asked=has_asked))
    trail.move(entry, "answer_mail", by=by, at=at, handled_by=by, handled_at=at)
    letter = letters.answer(entry, text=text, at=at)
    assert entry.subject is not None, "a rule keeps that it is on a file"
    add_to_file(
        entry.subject,
        kind=EntryKind.MAIL,
        title=letter.subject[:200],
        happened_on=timezone.localdate(at),
        with_whom=entry.with_whom or entry.address,
        text=text,
        direction=EntryDirection.SENT,
        by=by,
        at=at,
    )
    return entry


@transaction.atomic
def set_aside(entry: FileEntry, *, because: str, by: User, at: datetime) -> FileEntry:
    """Say that this is on the wrong file, or is no one's business. It is kept, and nothing may rest on it any more."""
    entry = _handled(entry, by)
    refuse_for(rules.set_aside_blockers(entry, is_evidence=queries.is_evidence(entry)))
    entry.set_aside_because = because
    entry.save(update_fields=["set_aside_because"])
    return trail.move(entry, "set_aside", by=by, at=at, handled_by=by, handled_at=at)


@transaction.atomic
def tell_of_rejection(document: Document, *, by: None, at: datetime) -> None:
    """Write on the entry that a file of it was rejected: its task opens where none is left."""
    entry = FileEntry.objects.filter(reference=document.about).first()
    if entry is not None:
        trail.record(entry, "file_rejected", by=by, at=at, after=entry.status, document=document.reference)


def _handled(entry: FileEntry, by: User) -> FileEntry:
    permissions.require(by, ADDS)
    entry = trail.locked(entry)
    if entry.subject is not None:
        refuse_for(permissions.conflict_blockers(by, *queries.organisations_of(entry.subject)))
    return entry


def _on(subject: models.Model) -> dict[str, Any]:
    return {str(subject._meta.model_name): subject}


def _keep(entry: FileEntry, uploads: Sequence[Upload], *, by: User, at: datetime) -> None:
    for upload in uploads:
        documents.receive_for_file(upload=upload, about=entry.reference, by=by, at=at)
