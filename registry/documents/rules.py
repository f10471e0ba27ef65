"""When one more document is kept, and when it is shown."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.documents.models import Document
from registry.documents.states import DocumentStatus
from registry.errors import Reason
from registry.uploads import WRONG, ScanVerdict


def receive_blockers(*, size: int, of_case: int, of_organisation: int, disk_is_full: bool) -> Iterator[Reason]:
    """Whether one more document of this many bytes can be kept; the others of the case are counted, those of the firm measured."""
    if disk_is_full:
        yield Reason("disk_full", _("We cannot take files at the moment. Nothing is lost: try again in an hour."))
    if of_case >= settings.DOCUMENTS_A_CASE:
        text = format_lazy(_("At most {most} files can be uploaded here."), most=settings.DOCUMENTS_A_CASE)
        yield Reason("too_many_documents", text)
    if of_organisation + size > settings.DOCUMENT_MEGABYTES * 1024 * 1024:
        text = format_lazy(
            _("The files of this organisation take up {most} MB, which is all that we can keep. Ask us to make room."),
            most=settings.DOCUMENT_MEGABYTES,
        )
        yield Reason("quota", text)


def release_blockers(document: Document, *, verdict: ScanVerdict) -> Iterator[Reason]:
    """Nothing is opened that a scanner has not passed, unless the installation says that it has none (a demonstration)."""
    yield from document.lifecycle.blockers(document.status, "release")
    demonstration = verdict == ScanVerdict.NOT_SCANNED and settings.CLAMD_ADDRESS == "none"
    if verdict != ScanVerdict.CLEAN and not demonstration:
        yield Reason("not_clean", _("The scanner has not passed this file."))


def rejected(document: Document, *, language: str) -> dict[str, str]:
    """What a letter says of a rejected file, in the language of its reader."""
    with translation.override(language):
        return {"name": document.name, "wrong": wrong_with(document)}


def wrong_with(document: Document) -> str:
    """What was wrong with a rejected file, for a person to read. Before faults were kept it was always a virus."""
    if document.status != DocumentStatus.REJECTED:
        return ""
    return str(WRONG.get(document.fault, WRONG["infected"]))
