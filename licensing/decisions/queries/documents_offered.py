"""The documents of a file that a ground of a decision can rest on: what its subject sent, and what officers added."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.applications.models import Application
from licensing.applications.queries.documents import documents_of
from licensing.correspondence.models import FileEntry
from licensing.correspondence.queries import served_on
from licensing.decisions.models.grounds import ExhibitKind
from licensing.decisions.rules.grounds import OfferedExhibit
from registry.documents.models import Document
from registry.licences.models import Condition, Licence


def documents_offered(subject: Application | Licence, conditions: list[Condition]) -> Iterator[OfferedExhibit]:
    """Each that can be opened, in the language that is active."""
    about: list[Application | Condition] = [*conditions]
    if isinstance(subject, Application):
        about.insert(0, subject)
    for one in about:
        for document in documents_of(one).served():
            yield _document(document)
    for entry, document in served_on(subject):
        yield _added(entry, document)


def _added(entry: FileEntry, document: Document) -> OfferedExhibit:
    facts = {"title": entry.title, "day": date_format(entry.happened_on), "name": document.name}
    return OfferedExhibit(
        key=f"document:{document.reference}",
        kind=ExhibitKind.DOCUMENT,
        source=gettext("%(title)s, of %(day)s (file %(name)s)") % facts,
        text=entry.title,
        may_be_shown=entry.may_be_shown,
        document=document,
    )


def _document(document: Document) -> OfferedExhibit:
    facts = {"name": document.name, "day": date_format(timezone.localdate(document.uploaded_at))}
    return OfferedExhibit(
        key=f"document:{document.reference}",
        kind=ExhibitKind.DOCUMENT,
        source=gettext("Document “%(name)s”, received on %(day)s") % facts,
        text=document.name,
        document=document,
    )
