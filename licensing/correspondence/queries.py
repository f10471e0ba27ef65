"""What is on a file besides what its subject sent by this site: documents, emails, calls; and all correspondence in one list."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.correspondence.models import SUBJECTS, FileEntry, whose
from licensing.correspondence.states import EntryDirection, EntryKind
from licensing.letters.queries import letters_of
from registry.accounts.models import User
from registry.documents.models import Document, DocumentQuerySet
from registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class EntryWithFiles:
    """One entry of a file, with its documents."""

    entry: FileEntry
    documents: tuple[Document, ...]


def organisations_of(subject: models.Model) -> tuple[Organisation, ...]:
    """Whose file it is first, then the others that it is about: a conflict of interest with any of them counts."""
    about: Any = getattr(subject, "decision", subject)
    first = whose(subject)
    others = (one for one in getattr(about, "organisations", ()) if one.pk != first.pk)
    return (first, *others)


def subject_of(reference: str, *, by: User) -> models.Model | None:
    """The application, licence, decision or appeal of this reference, if this person may see it."""
    wanted = reference.strip().upper()
    for field in SUBJECTS:
        rows: Any = _model_of(field)._default_manager
        seen = rows.open_to(by) if field == "licence" else rows.visible_to(by)
        if (found := seen.filter(**{"number" if field == "licence" else "reference": wanted}).first()) is not None:
            return cast(models.Model, found)
    return None


def first_subject_of(references: Iterable[str], *, by: User) -> models.Model | None:
    """The first of these that is the reference of a file. At most twenty are looked up: a subject line can hold thousands."""
    found = (subject_of(one, by=by) for one in itertools.islice(references, 20))
    return next((one for one in found if one is not None), None)


#: The page of what an entry is about.
_PAGES = {"application": "application", "licence": "staff_licence", "decision": "decision", "appeal": "appeal"}


def address_of(entry: FileEntry) -> str:
    """Of the page of what it is about; empty for an email without a file."""
    subject: Any = entry.subject
    return reverse(_PAGES[subject._meta.model_name], args=[subject.reference]) if subject else ""


def _model_of(field: str) -> type[models.Model]:
    return cast(type[models.Model], FileEntry._meta.get_field(field).related_model)


def is_known_address(entry: FileEntry, on: date) -> bool:
    """Whether the address of an email is that of the business, or of a person who acts for it that day."""
    if entry.organisation is None or not entry.address:
        return False
    acting = entry.organisation.memberships.acting(on).filter(user__is_active=True, user__email__iexact=entry.address)
    return entry.organisation.email.lower() == entry.address.lower() or acting.exists()


def documents_of(entry: FileEntry) -> DocumentQuerySet:
    return Document.objects.about(entry.reference).there().select_related("uploaded_by")


def entries_on(subject: models.Model, *, by: User) -> tuple[EntryWithFiles, ...]:
    """What is on the file of this and this person may see, newest first, each with its documents. Two queries."""
    entries = list(FileEntry.objects.visible_to(by).of(subject).select_related("added_by"))
    documents: dict[str, list[Document]] = {}
    for one in Document.objects.about(*(entry.reference for entry in entries)).there():
        documents.setdefault(one.about, []).append(one)
    return tuple(EntryWithFiles(entry, tuple(documents.get(entry.reference, ()))) for entry in entries)


def served_on(subject: models.Model) -> Iterator[tuple[FileEntry, Document]]:
    """What is on the file of this and can be opened, with what it is: what a ground of a decision can rest on."""
    entries = {one.reference: one for one in FileEntry.objects.of(subject).relied_on()}
    for document in Document.objects.about(*entries).served():
        yield entries[document.about], document


def is_evidence(entry: FileEntry) -> bool:
    """Whether a ground of a decision names a document of this entry."""
    return Document.objects.about(entry.reference).filter(exhibits__isnull=False).exists()


def has_lost_its_files(entry: FileEntry, on: date) -> bool:
    """Whether every file of an entry was rejected by the scanner, so that it shows nothing any more."""
    found = list(Document.objects.about(entry.reference).there())
    return bool(found) and all(one.is_rejected for one in found)


def has_tribunal_document(appeal: models.Model) -> bool:
    """Whether the decision of the tribunal on this appeal is on the file, and was not rejected by the scanner."""
    entries = FileEntry.objects.of(appeal).relied_on().filter(kind=EntryKind.TRIBUNAL).values("reference")
    return any(one.is_counting for one in Document.objects.filter(about__in=entries).there())


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """One letter, message, email, call or conversation, as the list of all correspondence shows it."""

    at: date
    kind: str | Promise
    direction: str | Promise
    with_whom: str
    title: str
    href: str
    _sorted: datetime

    @property
    def sorted_by(self) -> tuple[date, datetime]:
        return self.at, self._sorted


def correspondence_of(application: Application, *, by: User) -> list[LoggedContact]:
    """All that went out and came in about an application: letters, messages, and what officers or the mailbox added; newest first."""
    found = [*_letters(application), *_messages(application), *_entries(application, by)]
    return sorted(found, key=lambda one: one.sorted_by, reverse=True)


def _letters(application: Application) -> Iterator[LoggedContact]:
    for one in letters_of(application):
        href, day = reverse("staff_letter", args=[one.number]), timezone.localdate(one.at)
        yield LoggedContact(
            day, _("Letter"), EntryDirection.SENT.label, str(application.organisation), one.subject, href, one.at
        )


def _messages(application: Application) -> Iterator[LoggedContact]:
    href = reverse("application", args=[application.reference]) + "#messages"
    for one in application.messages.select_related("author"):
        direction = EntryDirection.SENT if one.from_authority else EntryDirection.RECEIVED
        day = timezone.localdate(one.at)
        yield LoggedContact(day, _("Message"), direction.label, str(one.author), _shortened(one.text), href, one.at)


def _entries(application: Application, by: User) -> Iterator[LoggedContact]:
    for one in FileEntry.objects.visible_to(by).of(application):
        kind, direction = EntryKind(one.kind).label, EntryDirection(one.direction).label
        href = reverse("file_entry", args=[one.reference])
        yield LoggedContact(one.happened_on, kind, direction, one.with_whom, one.title, href, one.added_at)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else f"{words[:120].rstrip()}…"
