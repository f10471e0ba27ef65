"""FileReading the files of a case one after another, beside what the application says."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from licensing.applications.models import Application
from licensing.applications.queries.applications import form_of
from licensing.applications.queries.documents import evidence_of
from licensing.cases.queries.answered import AnsweredPage, answered_pages
from licensing.correspondence.queries import entries_on
from licensing.requests.queries import requests_of
from registry.accounts.models import User
from registry.documents.models import Document


@dataclass(frozen=True, slots=True)
class FileToRead:
    """One file of a case that can be opened, and what it was sent or added as."""

    document: Document
    sent_as: str

    def address(self, application: Application) -> str:
        return reverse("read_document", args=[application.reference, self.document.reference])


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file with its place among all files of the case, and the answers beside it."""

    file: FileToRead
    number: int
    count: int
    before: str
    after: str
    pages: tuple[AnsweredPage, ...]

    @property
    def is_picture(self) -> bool:
        return self.file.document.media_type.startswith("image/")


def files_to_read(application: Application, *, by: User, on: date) -> list[FileToRead]:
    """The files that can be opened: what was sent in the order of the pack, then what officers added."""
    answered = form_of(application, today=on)
    groups = evidence_of(application, answered, [one.filed_as for one in requests_of(application)])
    sent = [FileToRead(one, group.title) for group in groups for one in group.documents]
    added = [FileToRead(one, row.entry.title) for row in entries_on(application, by=by) for one in row.documents]
    return [one for one in (*sent, *added) if one.document.is_served]


def file_to_read(application: Application, reference: str, *, by: User) -> Document | None:
    """The file of this reference, if it is one of the case and can be opened."""
    added = [one for row in entries_on(application, by=by) for one in row.documents]
    sent = Document.objects.about(application.reference).served()
    return next((one for one in (*sent, *added) if one.reference == reference and one.is_served), None)


def reading_of(application: Application, reference: str, *, by: User, on: date) -> FileReading | None:
    """The page for this file; nothing where it is no file of the case."""
    files = files_to_read(application, by=by, on=on)
    place = next((at for at, one in enumerate(files) if one.document.reference == reference), None)
    if place is None:
        return None
    return FileReading(
        file=files[place],
        number=place + 1,
        count=len(files),
        before=files[place - 1].address(application) if place else "",
        after=files[place + 1].address(application) if place + 1 < len(files) else "",
        pages=answered_pages(application, on=on),
    )
